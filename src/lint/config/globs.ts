/**
 * Globs of a configuration file, in the dialect of `wildcard: segment` and on the same automaton: a
 * configuration can come from a pull request, and a backtracking RegExp made of `*a*a*a*a*b` would run for
 * ever on a long name. Cost: the length of the path times the size of the glob, for each folder of the path.
 *
 * A folder matches everything below it, as in `.gitignore`: `vendor`, `vendor/` and `vendor/**` are the
 * same for the files in there. A slash at the end asks for a folder.
 */
import { accepts, buildNfa, MAX_ARCS, type Nfa, TooComplex } from '../../automaton/nfa.ts'
import { readSegmentPattern, UnsupportedSyntax } from '../../pattern/segment-pattern.ts'

const MAX_LENGTH = 1000

/** Why a string is not a glob to match files with, as the help that says what to write; undefined when it is one. */
export function globProblem(glob: string): string | undefined {
  if (glob.startsWith('!')) return 'write the files that are meant; `!` takes nothing away'
  if (glob.startsWith('/') || /^[A-Za-z]:/.test(glob)) return 'write it relative to the configuration file'
  if (/^\.\.?(?:\/|$)/.test(glob)) return 'write it relative to the configuration file, without `./` or `../`'
  if (glob.includes('\\')) return 'write `/` between folders'
  if (glob.length > MAX_LENGTH) return 'write a shorter one'
  try {
    automatonOf(bodyOf(glob))
    return undefined
  } catch (error) {
    if (error instanceof UnsupportedSyntax)
      return `write \`*\`, \`**\`, \`?\`, \`[…]\` and \`{a,b}\` only: ${error.message}`
    if (error instanceof TooComplex) return 'write a simpler one'
    throw error
  }
}

/**
 * `gitignore`: a glob without a slash is looked for in every folder, and a folder that is matched stands for
 * all below. `files`: from the folder of the configuration on, and only a folder that is named plainly, or
 * with a slash at the end, matches more than itself, so that `public/*` stays within `public`.
 */
export type GlobMeaning = 'gitignore' | 'files'

/** Whether a checked glob matches a path, which is relative to the folder of the configuration, or a folder above it. */
export function matchesAny(globs: readonly string[], path: string, meaning: GlobMeaning): boolean {
  if (globs.length === 0 || path.startsWith('../')) return false
  return globs.some((glob) => {
    const body = bodyOf(glob)
    const automaton = automatonOf(body)
    const anyFolder = meaning === 'gitignore' && !body.includes('/')
    const withFolders = meaning === 'gitignore' || glob !== body || !/[*?[{][^/]*$/.test(body)
    const files = glob === body ? [path] : []
    const candidates = withFolders ? [...foldersOf(path), ...files] : files
    return candidates.some((one) => accepts(automaton, anyFolder ? one.slice(one.lastIndexOf('/') + 1) : one))
  })
}

function bodyOf(glob: string): string {
  return glob.endsWith('/') ? glob.slice(0, -1) : glob
}

/** `a` and `a/b` of `a/b/c.yaml`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

const AUTOMATON_CACHE_SIZE = 100
const automata = new Map<string, Nfa>()

function automatonOf(body: string): Nfa {
  const known = automata.get(body)
  if (known !== undefined) return known
  const made = buildNfa(readSegmentPattern(body, true), MAX_ARCS)
  if (automata.size >= AUTOMATON_CACHE_SIZE) automata.clear()
  automata.set(body, made)
  return made
}
