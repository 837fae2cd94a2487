/**
 * From the paths of the command line to the sources to read.
 *
 * A file is taken whatever its name; a folder stands for the YAML files below it, a glob for what it
 * matches. Symbolic links that are met on the way down are not followed, so that a link in a repository
 * cannot lead a linter out of it. What does not exist or matches nothing is an error: a check that reads
 * no file must not look like one that found nothing.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { glob, isDynamicPattern } from 'tinyglobby'
import { DEFAULT_LIMITS } from '../document/limits.ts'
import { quote } from '../diagnostic/words.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io.ts'

/** One more than the loader accepts: enough for it to refuse, and a bound for endless files. */
const MOST_BYTES = DEFAULT_LIMITS.bytes + 1

export interface Source {
  /** The name to show. */
  readonly path: string
  /** Absolute; absent for standard input. */
  readonly file?: string
  /** Throws {@link UsageError} when it cannot be read. */
  readonly read: () => Promise<Uint8Array>
}

export const STDIN = '-'

export function stdinSource(io: Io, name = '<stdin>'): Source {
  return { path: name, read: () => readUpTo(io.stdin, name) }
}

export function fileSource(io: Io, path: string): Source {
  const file = resolve(io.cwd, path)
  const name = displayName(io.cwd, path)
  return { path: name, file, read: () => readUpTo(createReadStream(file), name) }
}

/** Every source that the paths name, each once, sorted by name. */
export async function findSources(paths: readonly string[], io: Io): Promise<Source[]> {
  const found = new Map<string, Source>()
  for (const path of paths) {
    for (const name of await expand(path, io.cwd)) {
      const source = fileSource(io, name)
      found.set(source.file ?? name, source)
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}

async function expand(path: string, cwd: string): Promise<string[]> {
  if (path === '') throw new UsageError('a path is empty')
  const kind = await kindOf(resolve(cwd, path))
  if (kind === 'file') return [path]
  if (kind === 'folder') {
    const below = await walk('**/*.{yaml,yml}', resolve(cwd, path))
    if (below.length === 0)
      throw new UsageError(`no \`*.yaml\` or \`*.yml\` file in the folder ${quote(path)}`)
    return asTyped(path, below, cwd)
  }
  if (!isDynamicPattern(path)) throw new UsageError(`${quote(path)} does not exist`)
  const matches = await walk(path, cwd)
  if (matches.length === 0) throw new UsageError(`no file matches ${quote(path)}`)
  return asTyped(path, matches, cwd)
}

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(file)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if (isMissing(error)) return undefined
    throw new UsageError(`${quote(file)} cannot be read: ${reasonOf(error)}`)
  }
}

/** What a relative path stands for is named by relative paths. */
function asTyped(path: string, files: readonly string[], cwd: string): string[] {
  return isAbsolute(path) ? [...files] : files.map((file) => relative(cwd, file))
}

/** Absolute paths of files; links are neither followed nor returned. */
async function walk(pattern: string, cwd: string): Promise<string[]> {
  return glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    dot: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
}

async function readUpTo(stream: Readable, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MOST_BYTES) break
    }
  } catch (error) {
    throw new UsageError(`${quote(name)} cannot be read: ${reasonOf(error)}`)
  }
  return Buffer.concat(chunks)
}

/** Relative to the working folder, with `/` on every system; absolute if typed so and outside. */
function displayName(cwd: string, path: string): string {
  const fromHere = relative(cwd, resolve(cwd, path))
  const name = isAbsolute(path) && fromHere.startsWith('..') ? path : fromHere
  return (sep === '\\' ? name.replaceAll('\\', '/') : name) || '.'
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}

const REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'part of its path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENXIO', 'it is not a file'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'its name is too long'],
])

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return REASONS.get(code) ?? message
}
