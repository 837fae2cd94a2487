/**
 * The grant that comes closest to a denied request: the same request with one thing changed.
 *
 * Tried in this order, over the endpoints of the token's scopes: another method, letter case, a slash at
 * the end, an extension, the base path, one segment. The first change that would have been granted is
 * the answer; so that this is true, the changed request is read by the path rules again. For people;
 * bounded, never part of a decision.
 */
import { closest, quote } from '../diagnostic/words.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import { type AcceptedPath, type PathReading, readPath } from '../pattern/request-path.ts'
import { type Meaning, readPattern } from '../pattern/pattern.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import type { Nearest } from './types.ts'

/** Matchers of single patterns, made when first asked for. */
export type PatternMatchers = (meaning: Meaning) => (path: string) => boolean

/** Endpoints and segments looked at. */
const MOST_ENDPOINTS = 2000
const MOST_SEGMENTS = 24

const EXTENSION = /\.[A-Za-z0-9]{1,8}$/
/** A segment with these need not stand for its own text. */
const WILDCARD = /[*?[\]{}]/

type Candidate = InterpretedEndpoint & { readonly scope: string }
type Differs = Nearest['differs']

/** For a request that is denied to these scopes; `reading` is what its target was read as. */
export function findNearest(
  data: PolicyData,
  matchers: PatternMatchers,
  scopes: readonly string[],
  method: string,
  target: string,
  reading: AcceptedPath,
): Nearest | undefined {
  const { path } = reading
  const { rules } = data
  const { basePath } = data.options
  const raw = target.split('?', 1)[0] as string
  const candidates = candidatesOf(data, scopes)
  const withMethod = candidates.filter(({ endpoint }) => endpoint.methods.includes(method))
  const read = (changed: string): PathReading => readPath(changed, rules)
  const meaningOf = ({ pattern }: Candidate): Meaning => pattern.meaning
  // A slash at the end must be spelled by the pattern, or the path without it be granted as well.
  const grants = (candidate: Candidate, changed: PathReading, meaning: Meaning): boolean => {
    if (changed.refusal !== undefined || changed.path === null) return false
    const { withoutSlash } = changed
    const matches = matchers(meaning)
    if (!matches(changed.path)) return false
    if (withoutSlash === undefined || candidate.pattern.endsInSlash) return true
    return withoutSlash !== null && matches(withoutSlash)
  }
  const find = (
    changed: PathReading,
    among: readonly Candidate[] = withMethod,
    meaning = meaningOf,
  ): Candidate | undefined => among.find((candidate) => grants(candidate, changed, meaning(candidate)))
  const answer = (
    found: Candidate | undefined,
    differs: Differs,
    hint: (found: Candidate) => string,
  ): Nearest | undefined =>
    found && { scope: found.scope, endpoint: found.endpoint.pattern, differs, hint: hint(found) }

  if (path === null) {
    return answer(
      find(read(`${basePath}/${raw.replace(/^\//, '')}`)),
      'base-path',
      () => `the request path does not begin with ${quote(basePath)}`,
    )
  }
  const caseless = { ...rules, caseSensitive: false }
  // In other letters it might end in an extension, and then be read as something else.
  const mayBeTrimmed = rules.extensions.some((extension) =>
    foldCase(path).endsWith(`.${foldCase(extension)}`),
  )
  const hasSlash = raw.endsWith('/')
  return (
    // Whichever grants the path does not grant the method: the request is denied.
    answer(find(reading, candidates), 'method', ({ endpoint }) => methodHint(endpoint.methods, method)) ??
    answer(
      rules.caseSensitive && !mayBeTrimmed
        ? find(
            readPath(target, caseless),
            withMethod,
            ({ pattern }) => readPattern(pattern.text, caseless).meaning,
          )
        : undefined,
      'case',
      ({ endpoint }) => `letter case differs from ${quote(endpoint.pattern)}`,
    ) ??
    answer(find(read(hasSlash ? raw.slice(0, -1) : `${raw}/`)), 'trailing-slash', () =>
      hasSlash ? 'without the slash at its end it is granted' : 'with a slash at its end it is granted',
    ) ??
    answer(
      find(read(raw.replace(EXTENSION, ''))),
      'extension',
      () => 'without the extension it is granted',
    ) ??
    nearestSegment(
      withMethod,
      path,
      (candidate, changed) =>
        // First what costs less: reading again is for the few that match.
        matchers(candidate.pattern.meaning)(rules.caseSensitive ? changed : foldCase(changed)) &&
        grants(candidate, read(`${basePath}/${printCanonical(changed)}`), candidate.pattern.meaning),
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
  if (granted.includes(upper)) return `methods are upper case: ${quote(upper)} is granted`
  if (method === 'HEAD' && granted.includes('GET'))
    return 'HEAD is not granted by GET unless `$options` say `head: as-get`'
  return `${granted.join(', ')} ${granted.length === 1 ? 'is' : 'are'} granted there, not ${quote(method)}`
}

/** Puts each segment that the patterns spell out in the place of each segment of the path. */
function nearestSegment(
  candidates: readonly Candidate[],
  path: string,
  grants: (candidate: Candidate, path: string) => boolean,
): Nearest | undefined {
  const segments = path.split('/')
  if (segments.length > MOST_SEGMENTS) return undefined
  for (const candidate of candidates) {
    const { scope, endpoint } = candidate
    const words = endpoint.pattern.split('/').filter((word) => word !== '' && !WILDCARD.test(word))
    for (const [index, segment] of segments.entries()) {
      if (segment === '') continue
      // Alone in the path, a segment must at least look like the word.
      const tried = segments.length === 1 ? [closest(segment, words)] : words.slice(0, MOST_SEGMENTS)
      for (const word of tried) {
        if (word === undefined) continue
        const changed = [...segments.slice(0, index), word, ...segments.slice(index + 1)].join('/')
        if (!grants(candidate, changed)) continue
        const hint = `${quote(printCanonical(segment))} stands where the pattern has ${quote(word)}`
        return { scope, endpoint: endpoint.pattern, differs: 'segment', hint }
      }
    }
  }
  return undefined
}
