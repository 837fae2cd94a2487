/**
 * Short cuts for patterns of `wildcard: any`, where questions about all paths become questions about one.
 *
 * **The fresh letter.** No pattern can spell the character `*`, but a path can have it. So put `*` itself
 * for every star of a pattern: another pattern matches that one path only if its own stars take those
 * characters, and then they take anything else just as well. Hence all that a pattern grants is granted
 * by a scope if and only if that one request is, however many patterns of the scope share the work.
 * (It fails for `segment`, where classes and alternatives can share it.)
 *
 * **The least path.** The literal text of a pattern, with one character for each star that is alone in
 * its segment, is as short as any path that it matches. Where it serves as an example there is no shorter
 * one, and nothing has to be searched.
 */
import { printCanonical } from '../pattern/canonical.ts'
import type { Pattern } from '../pattern/pattern.ts'
import { type PathRules, readPath } from '../pattern/request-path.ts'

/** A pattern with at least one path, as far as the short cuts need to know it. */
export interface Glob {
  /** Literal text with stars between; none is empty but the first and the last. */
  readonly runs: readonly string[]
  /** The request path with `*` for every star; null when it reads back as something else. */
  readonly fresh: string | null
  /** No request that it matches is shorter. */
  readonly least: number
  /** For each star whether it must match at least one character. */
  readonly needed: readonly boolean[]
}

export function toGlob({ meaning, endsInSlash }: Pattern, rules: PathRules): Glob | null {
  if (meaning.kind !== 'runs' || rules.wildcard !== 'any') return null
  const last = meaning.runs.length - 1
  const runs = meaning.runs.filter((run, index) => run !== '' || index === 0 || index === last)
  const needed = runs.slice(1).map((right, index) => {
    const left = runs[index] ?? ''
    const atStart = left === '' || left.endsWith('/')
    if (right === '') {
      // Without it the path ends in a slash, which `ignore` strips.
      return left !== '' && atStart && rules.trailingSlash === 'ignore'
    }
    return atStart && right.startsWith('/')
  })
  const fresh = requestPath(runs.join('*'), rules)
  const shortest = spell({ runs, needed }, (index) => (needed[index] === true ? 'x' : ''))
  return {
    runs,
    needed,
    fresh: readsBack(fresh, runs.join('*'), endsInSlash, rules) ? fresh : null,
    least: requestPath(shortest, rules).length,
  }
}

/** The pattern with something in the place of each star. */
export function spell({ runs }: Pick<Glob, 'runs' | 'needed'>, fill: (star: number) => string): string {
  return runs.map((run, index) => (index === 0 ? run : fill(index - 1) + run)).join('')
}

/** The request path of a path inside the base path. */
export function requestPath(inside: string, { basePath }: PathRules): string {
  const path = basePath === '' ? inside : inside === '' ? basePath : `${basePath}/${inside}`
  return `/${printCanonical(path)}`
}

function readsBack(request: string, text: string, endsInSlash: boolean, rules: PathRules): boolean {
  const reading = readPath(request, { ...rules, pathLength: Number.POSITIVE_INFINITY })
  if (reading.refusal !== undefined || reading.path !== text) return false
  if (!endsInSlash) return true
  // A star before the slash may end in extensions, and what is left without them is another path.
  return reading.withoutSlash === text.slice(0, -1) && (rules.extensions.length === 0 || !text.includes('*'))
}

/** Whether some string matches both; whether some accepted path does is decided elsewhere. */
export function meets(a: Glob, b: Glob): boolean {
  const [left, right] = a.runs.length === 1 ? [b, a] : [a, b]
  if (right.runs.length === 1) return matches(left, right.runs[0] ?? '')
  const [first, other] = [left.runs[0] ?? '', right.runs[0] ?? '']
  if (!first.startsWith(other) && !other.startsWith(first)) return false
  const [last, otherLast] = [left.runs.at(-1) ?? '', right.runs.at(-1) ?? '']
  return last.endsWith(otherLast) || otherLast.endsWith(last)
}

/** Taking the first place where each run fits is enough, since a later one leaves less. */
export function matches({ runs }: Pick<Glob, 'runs'>, text: string): boolean {
  const first = runs[0] ?? ''
  if (runs.length === 1) return text === first
  const last = runs.at(-1) ?? ''
  const end = text.length - last.length
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const run of runs.slice(1, -1)) {
    const found = text.indexOf(run, at)
    if (found < 0 || found + run.length > end) return false
    at = found + run.length
  }
  return true
}
