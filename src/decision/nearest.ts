/**
 * The grant that comes closest to a denied request: the same request with one thing changed.
 *
 * Tried in this order, over the endpoints of the token's scopes: another method, letter case, a slash at
 * the end, an extension, the base path, one segment. The first change that would have been granted is
 * the answer. For people; bounded, never part of a decision.
 */
import { closest, quote } from '../diagnostic/words.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'
import { type Meaning, readPattern } from '../pattern/pattern.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import type { Nearest } from './types.ts'

/** Matchers of single patterns, made when first asked for. */
export type PatternMatchers = (meaning: Meaning) => (path: string) => boolean

/** Endpoints and segments looked at. */
const MOST_ENDPOINTS = 2000
const MOST_SEGMENTS = 24

type Candidate = InterpretedEndpoint & { readonly scope: string }
type Differs = Nearest['differs']

export function findNearest(
  data: PolicyData,
  matchers: PatternMatchers,
  scopes: readonly string[],
  method: string,
  target: string,
  reading: PathReading,
): Nearest | undefined {
  if (reading.refusal !== undefined) return undefined
  const candidates = candidatesOf(data, scopes)
  const withMethod = candidates.filter(({ endpoint }) => endpoint.methods.includes(method))
  const withoutMethod = candidates.filter(({ endpoint }) => !endpoint.methods.includes(method))
  const caseless = ({ pattern }: Candidate): Meaning =>
    readPattern(pattern.text, { ...data.rules, caseSensitive: false }).meaning
  const strict = data.rules.trailingSlash === 'strict'
  // A slash at the end must be spelled by the pattern, or the path without it be granted as well.
  const matchesAs = (candidate: Candidate, meaning: Meaning, path: string): boolean => {
    const matches = matchers(meaning)
    return (
      matches(path) &&
      (!strict || !path.endsWith('/') || candidate.pattern.endsInSlash || matches(path.slice(0, -1)))
    )
  }
  const find = (
    paths: readonly string[],
    among: readonly Candidate[] = withMethod,
    meaningOf = ({ pattern }: Candidate): Meaning => pattern.meaning,
  ): Candidate | undefined =>
    among.find((candidate) => paths.some((path) => matchesAs(candidate, meaningOf(candidate), path)))
  const answer = (
    found: Candidate | undefined,
    differs: Differs,
    hint: (found: Candidate) => string,
  ): Nearest | undefined =>
    found && { scope: found.scope, endpoint: found.endpoint.pattern, differs, hint: hint(found) }

  if (reading.path === null) {
    const raw = (target.split('?', 1)[0] as string).replace(/^\//, '')
    const inside = readPath(`${data.options.basePath}/${raw}`, data.rules)
    const path = inside.refusal === undefined ? inside.path : null
    const found = path === null ? undefined : find([path])
    return answer(
      found,
      'base-path',
      () => `the request path does not begin with ${quote(data.options.basePath)}`,
    )
  }
  const { path } = reading
  return (
    answer(find([path], withoutMethod), 'method', ({ endpoint }) => methodHint(endpoint.methods, method)) ??
    answer(
      data.rules.caseSensitive ? find([foldCase(path)], withMethod, caseless) : undefined,
      'case',
      ({ endpoint }) => `letter case differs from ${quote(endpoint.pattern)}`,
    ) ??
    answer(strict ? find(slashed(path)) : undefined, 'trailing-slash', () =>
      path.endsWith('/')
        ? 'without the slash at its end it is granted'
        : 'with a slash at its end it is granted',
    ) ??
    answer(
      find(withoutExtension(path, data.rules)),
      'extension',
      () => 'without the extension it is granted',
    ) ??
    nearestSegment(withMethod, path, (candidate, changed) =>
      matchesAs(candidate, candidate.pattern.meaning, changed),
    )
  )
}

function candidatesOf(data: PolicyData, scopes: readonly string[]): readonly Candidate[] {
  const candidates: Candidate[] = []
  for (const scope of scopes) {
    for (const endpoint of data.grants.get(scope) as readonly InterpretedEndpoint[]) {
      if (candidates.length === MOST_ENDPOINTS) return candidates
      candidates.push({ ...endpoint, scope })
    }
  }
  return candidates
}

function methodHint(granted: readonly string[], method: string): string {
  const upper = method.toUpperCase()
  if (upper !== method && granted.includes(upper)) return `methods are upper case: ${quote(upper)} is granted`
  const list = granted.join(', ')
  if (method === 'HEAD' && granted.includes('GET'))
    return 'HEAD is not granted by GET unless `$options` say `head: as-get`'
  return `${list} ${granted.length === 1 ? 'is' : 'are'} granted there, not ${quote(method)}`
}

function slashed(path: string): readonly string[] {
  return [path.endsWith('/') ? path.slice(0, -1) : `${path}/`]
}

function withoutExtension(path: string, rules: PathRules): readonly string[] {
  const found = /^(.*[^/])\.([A-Za-z0-9]{1,8})$/s.exec(path)
  return found === null || rules.extensions.includes(found[2] as string) ? [] : [found[1] as string]
}

/** Puts each segment that the patterns spell out in the place of each segment of the path. */
function nearestSegment(
  candidates: readonly Candidate[],
  path: string,
  matches: (candidate: Candidate, path: string) => boolean,
): Nearest | undefined {
  const segments = path.split('/')
  if (segments.length > MOST_SEGMENTS) return undefined
  for (const candidate of candidates) {
    const { scope, endpoint } = candidate
    const words = endpoint.pattern.split('/').filter((word) => word !== '' && !/[*?[\]{}%]/.test(word))
    for (const [index, segment] of segments.entries()) {
      // Alone in the path, a segment must at least look like the word.
      const tried = segments.length === 1 ? [closest(segment, words)] : words.slice(0, MOST_SEGMENTS)
      for (const word of tried) {
        if (word === undefined || word === segment) continue
        const changed = [...segments.slice(0, index), word, ...segments.slice(index + 1)].join('/')
        if (!matches(candidate, changed)) continue
        const hint = `${quote(printCanonical(segment))} stands where the pattern has ${quote(word)}`
        return { scope, endpoint: endpoint.pattern, differs: 'segment', hint }
      }
    }
  }
  return undefined
}
