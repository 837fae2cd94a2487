/**
 * From the paths of the command line to the sources to read.
 *
 * A file is taken whatever its name; a folder means the YAML files below it, a glob what it
 * matches. Symbolic links that are met on the way down are not followed, so that a link in a repository
 * cannot lead a linter out of it. What does not exist or matches nothing is an error: a check that reads
 * no file must not look like one that found nothing.
 */
import { stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { quote } from '../../diagnostic/words.ts'
import { UsageError } from '../exit-code.ts'
import { reasonOf } from './reason-of.ts'
import type { Source } from './source.ts'

/** Which files of a folder are read. */
export interface FileKind {
  readonly pattern: string | readonly string[]
  /** The same for people. */
  readonly words: string
  /** What is left out of a folder or a glob. */
  readonly ignore?: readonly string[]
}

/** Request tables lie beside policies. */
const POLICIES: FileKind = {
  pattern: '**/*.{yaml,yml}',
  words: '`*.yaml` or `*.yml`',
  ignore: ['**/*.test.{yaml,yml}'],
}

/** What is linted where no file is named: the same as the hooks, the action and the workflows. */
export const USUAL_POLICIES: FileKind = {
  pattern: ['**/{scopes,*.scopes}.{yaml,yml}', '**/policies/**/*.{yaml,yml}'],
  words: '`scopes.yaml`, `*.scopes.yaml` or `policies/*.yaml`',
  ignore: ['**/*.test.{yaml,yml}'],
}

export const TABLES: FileKind = {
  pattern: '**/*.test.{yaml,yml}',
  words: '`*.test.yaml` or `*.test.yml`',
}

export interface FindOptions {
  readonly kind?: FileKind
  /** A folder or a glob may have no file; a file that is named must be there in any case. */
  readonly mayBeNone?: boolean
}

/** Every source that the paths name, each once, sorted by name; `permit` throws for a path that may not be used. */
export async function findSources(
  paths: readonly string[],
  cwd: string,
  sourceOf: (path: string) => Source,
  permit: (path: string) => Promise<void>,
  { kind = POLICIES, mayBeNone = false }: FindOptions = {},
): Promise<Source[]> {
  const sources = new Map<string, Source>()
  for (const path of paths) {
    const { names, none } = await expand(path, cwd, kind)
    // A glob may begin with a link to a folder.
    const isThere = (await kindOf(resolve(cwd, path))) !== undefined
    for (const name of isThere ? [path] : names) await permit(name)
    if (names.length === 0 && !mayBeNone) throw new UsageError(none)
    for (const name of names) {
      const source = sourceOf(name)
      const file = source.file ?? name
      if (none === NAMED) sources.set(file, source)
      else if (!sources.has(file)) sources.set(file, { ...source, found: true })
    }
  }
  return [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
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

/** What a relative path leads to is named by relative paths. */
function asTyped(path: string, files: readonly string[], cwd: string): string[] {
  return isAbsolute(path) ? [...files] : files.map((file) => relative(cwd, file))
}

/** Files that configure the linter, and are no policies; at most one in a folder. */
export const CONFIG_NAMES: readonly string[] = ['.scope-policyrc', 'scope-policy.config'].flatMap((stem) => {
  return ['yaml', 'yml', 'json'].map((extension) => `${stem}.${extension}`)
})

/** Absolute paths of files; links are neither followed nor returned. */
async function walk(
  pattern: string | readonly string[],
  cwd: string,
  ignore: readonly string[] = [],
): Promise<string[]> {
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
