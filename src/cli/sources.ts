/**
 * From the paths of the command line to the sources to read.
 *
 * A file is taken whatever its name; a folder stands for the YAML files below it, a glob for what it
 * matches. Symbolic links that are met on the way down are not followed, so that a link in a repository
 * cannot lead a linter out of it; one that is named must not lead out either, unless the caller allows it. What does not exist or matches nothing is an error: a check that reads
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
import { reasonOf } from './reason-of.ts'
import { refuseLinks } from './refuse-links.ts'

/** One more than the loader accepts: enough for it to refuse, and a bound for endless files. */
export const MOST_BYTES: number = DEFAULT_LIMITS.bytes + 1

export interface Source {
  /** The name to show. */
  readonly path: string
  /** Absolute; absent for standard input. */
  readonly file?: string
  /** Whether it was found below a folder or by a glob, rather than named itself. */
  readonly found?: true
  /** Throws {@link UsageError} when it cannot be read. */
  readonly read: () => Promise<Uint8Array>
}

export const STDIN = '-'

/** Which files a folder stands for. */
export interface FileKind {
  readonly pattern: string
  /** The same for people. */
  readonly words: string
  /** What a folder or a glob does not stand for. */
  readonly ignore?: readonly string[]
}

/** Request tables lie beside policies and are none. */
const POLICIES: FileKind = {
  pattern: '**/*.{yaml,yml}',
  words: '`*.yaml` or `*.yml`',
  ignore: ['**/*.test.{yaml,yml}'],
}

export const TABLES: FileKind = {
  pattern: '**/*.test.{yaml,yml}',
  words: '`*.test.yaml` or `*.test.yml`',
}

export function stdinSource(io: Io, name = '<stdin>', most: number = MOST_BYTES): Source {
  return { path: name, read: () => readUpTo(io.stdin, name, most) }
}

export function fileSource(io: Io, path: string, most: number = MOST_BYTES): Source {
  const file = resolve(io.cwd, path)
  const name = displayName(io.cwd, path)
  return { path: name, file, read: () => readUpTo(createReadStream(file), name, most) }
}

/** Throws {@link UsageError} for a file behind a link that leads out of the working folder. */
export async function refuseLinksTo(sources: readonly Source[], io: Io): Promise<void> {
  for (const { file } of sources) if (file !== undefined) await refuseLinks(displayName(io.cwd, file), io.cwd)
}

export interface FindOptions {
  readonly kind?: FileKind
  /** A folder or a glob may stand for no file; a file that is named must be there in any case. */
  readonly mayBeNone?: boolean
  /** Links may lead out of the working folder: see `refuse-links.ts`. */
  readonly followLinks?: boolean
}

/**
 * Every source that the paths name, each once, sorted by name.
 */
export async function findSources(
  paths: readonly string[],
  io: Io,
  { kind = POLICIES, mayBeNone = false, followLinks = false }: FindOptions = {},
): Promise<Source[]> {
  const sources = new Map<string, Source>()
  for (const path of paths) {
    const { names, none } = await expand(path, io.cwd, kind)
    if (!followLinks) await refuseLinksOf(path, names, io.cwd)
    if (names.length === 0 && !mayBeNone) throw new UsageError(none)
    for (const name of names) {
      const source = fileSource(io, name)
      const file = source.file ?? name
      if (none === NAMED) sources.set(file, source)
      else if (!sources.has(file)) sources.set(file, { ...source, found: true })
    }
  }
  return [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}

/** A glob may begin with a link to a folder. */
async function refuseLinksOf(path: string, names: readonly string[], cwd: string): Promise<void> {
  const named = (await kindOf(resolve(cwd, path))) === undefined ? names : [path]
  for (const name of named) await refuseLinks(name, cwd)
}

interface Expanded {
  readonly names: readonly string[]
  /** What to say when there is no file; {@link NAMED} where the path is one. */
  readonly none: string
}

const NAMED = ''

async function expand(path: string, cwd: string, { pattern, words, ignore }: FileKind): Promise<Expanded> {
  if (path === '') throw new UsageError('a path is empty')
  const kind = await kindOf(resolve(cwd, path))
  if (kind === 'file') return { names: [path], none: NAMED }
  if (kind === 'folder') {
    const below = await walk(pattern, resolve(cwd, path), ignore)
    return { names: asTyped(path, below, cwd), none: `no ${words} file in the folder ${quote(path)}` }
  }
  if (!isDynamicPattern(path)) throw new UsageError(`${quote(path)} does not exist`)
  const matches = await walk(path, cwd, ignore)
  return { names: asTyped(path, matches, cwd), none: `no file matches ${quote(path)}` }
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

/** Files that configure the linter, and are no policies; at most one in a folder. */
export const CONFIG_NAMES: readonly string[] = ['.scope-policyrc', 'scope-policy.config'].flatMap((stem) => {
  return ['yaml', 'yml', 'json'].map((extension) => `${stem}.${extension}`)
})

/** Absolute paths of files; links are neither followed nor returned. */
async function walk(pattern: string, cwd: string, ignore: readonly string[] = []): Promise<string[]> {
  return glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    dot: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**', ...CONFIG_NAMES.map((name) => `**/${name}`), ...ignore],
  })
}

async function readUpTo(stream: Readable, name: string, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= most) break
    }
  } catch (error) {
    throw new UsageError(`${quote(name)} cannot be read: ${reasonOf(error)}`)
  }
  return Buffer.concat(chunks)
}

/** Relative to the working folder, with `/` on every system; absolute if typed so and outside. */
export function displayName(cwd: string, path: string): string {
  const fromHere = relative(cwd, resolve(cwd, path))
  const name = isAbsolute(path) && fromHere.startsWith('..') ? path : fromHere
  return (sep === '\\' ? name.replaceAll('\\', '/') : name) || '.'
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}
