/**
 * The grant that comes closest to a denied request: the same request with one thing changed.
 *
 * Tried in this order, over the endpoints of the token's scopes: another method, letter case, a slash at
 * the end, an extension, escapes, the base path, one segment. The first change that would have been granted is
 * the answer; so that this is true, the changed request is read by the path rules again. For people, never
 * part of a decision or of the response to a request. Bounded by steps: where they end, nothing is near.
 */
import { createEffort, type Effort } from '../automaton/effort.ts'
import { closest, quote } from '../diagnostic/words.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import { type AcceptedPath, type PathReading, readPath } from '../pattern/request-path.ts'
import type { Endpoint } from '../policy/model.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { grantedEndpoints, type MatcherOf, type PatternMatcher, patternMatchers } from './loaded-endpoints.ts'
import type { Nearest } from './types.ts'

/** For a request that is denied to these scopes; `reading` is what its target was read as. */
export type FindNearest = (
  scopes: readonly string[],
  method: string,
  target: string,
  reading: AcceptedPath,
) => Nearest | undefined

/** Endpoints and segments looked at. */
const MAX_ENDPOINTS = 2000
const MAX_SEGMENTS = 24
/** For one request: some 100 ms. */
const NEAREST_STEPS = 20_000_000

const EXTENSION = /\.[A-Za-z0-9]{1,8}$/
/** What a segment may hold with and without an escape, which RFC 3986 §2.2 keeps apart: `a:b` is not `a%3Ab`. */
const RESERVED = /[!$&'()*+,:=@]/g
const ESCAPED_RESERVED = /%(?:2[14689ABC]|27|3[AD]|40)/gi
/** Segments before the path that the API may be served under. */
const MAX_PREFIX = 3

/** A segment with these may match other text than its own. */
const WILDCARD = /[*?[\]{}]/

interface Candidate {
  readonly scope: string
  readonly endpoint: Endpoint
  /** Made when first asked for: of most candidates the methods say enough. */
  readonly matcher: () => PatternMatcher
}
type Differs = Nearest['differs']

/** `matcherOf` are the matchers of the policy, where there are some. */
export function nearestFinder(
  data: PolicyData,
  effort: Effort = createEffort(),
  matcherOf: MatcherOf = patternMatchers(data.rules, effort),
): FindNearest {
  const caseless = { ...data.rules, caseSensitive: false }
  const caselessMatcherOf = patternMatchers(caseless, effort)
  return (scopes, method, target, { path, withoutSlash }) => {
    const { rules } = data
    const { basePath } = data.options
    const end = effort.steps + NEAREST_STEPS
    const raw = target.split('?', 1)[0] as string
    const candidates = candidatesOf(data, scopes, matcherOf)
    const withMethod = candidates.filter(({ endpoint }) => endpoint.methods.includes(method))
    const read = (changed: string): PathReading => {
      effort.steps += changed.length
      return readPath(changed, rules)
    }
    // A slash at the end must be spelled by the pattern, or the path without it be granted as well.
    const grants = ({ pattern, matches }: PatternMatcher, changed: PathReading): boolean => {
      if (changed.refusal !== undefined || changed.path === null) return false
      if (!matches(changed.path)) return false
      const shorter = changed.withoutSlash
      if (shorter === undefined || pattern.endsInSlash) return true
      return shorter !== null && matches(shorter)
    }
    const find = (
      changed: PathReading,
      among: readonly Candidate[] = withMethod,
      matcher = (candidate: Candidate): PatternMatcher => candidate.matcher(),
    ): Candidate | undefined =>
      changed.refusal === undefined
        ? among.find((candidate) => effort.steps < end && grants(matcher(candidate), changed))
        : undefined
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
    // In other letters it might end in an extension, and then be read as something else.
    const mayBeTrimmed = rules.extensions.some((extension) =>
      foldCase(path).endsWith(`.${foldCase(extension)}`),
    )
    const hasSlash = raw.endsWith('/')
    return (
      // Whichever grants the path does not grant the method: the request is denied.
      answer(find({ path, withoutSlash }, candidates), 'method', ({ endpoint }) =>
        methodHint(endpoint.methods, method),
      ) ??
      answer(
        rules.caseSensitive && !mayBeTrimmed
          ? find(readPath(target, caseless), withMethod, ({ endpoint }) =>
              caselessMatcherOf(endpoint.pattern),
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
      otherEscapes(raw, (changed, hint) => answer(find(read(changed)), 'escapes', () => hint)) ??
      underPrefix(path, (prefix, first, rest) => {
        const among = withMethod.filter(({ endpoint }) => beginsWith(endpoint.pattern, first))
        const served = `${basePath}/${printCanonical(prefix)}`
        return answer(
          find(read(`${basePath}/${printCanonical(rest)}`), among),
          'base-path',
          () =>
            `without ${quote(`/${printCanonical(prefix)}`)} at its start it is granted; where the API is served there, set ${quote(`basePath: ${served}`)}`,
        )
      }) ??
      nearestSegment(withMethod, path, ({ matcher }, changed) => {
        effort.steps += changed.length
        if (effort.steps >= end) return 'ended'
        // First what costs less: reading again is for the few that match.
        if (!matcher().matches(rules.caseSensitive ? changed : foldCase(changed))) return false
        return grants(matcher(), read(`${basePath}/${printCanonical(changed)}`))
      })
    )
  }
}

function candidatesOf(
  data: PolicyData,
  scopes: readonly string[],
  matcherOf: MatcherOf,
): readonly Candidate[] {
  const candidates: Candidate[] = []
  for (const scope of scopes) {
    for (const endpoint of grantedEndpoints(data, scope)) {
      if (candidates.length === MAX_ENDPOINTS) return candidates
      let made: PatternMatcher | undefined
      candidates.push({ scope, endpoint, matcher: () => (made ??= matcherOf(endpoint.pattern)) })
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

/** The path with its reserved characters not escaped, then with all of them escaped. */
function otherEscapes(
  path: string,
  tryPath: (changed: string, hint: string) => Nearest | undefined,
): Nearest | undefined {
  const spellings = [
    [ESCAPED_RESERVED, (escape: string) => String.fromCharCode(Number.parseInt(escape.slice(1), 16))],
    [RESERVED, (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`],
  ] as const
  for (const [wanted, write] of spellings) {
    const found = new Set(path.match(wanted))
    if (found.size === 0) continue
    const changes = [...found].map((one) => `${quote(write(one))} instead of ${quote(one)}`)
    const near = tryPath(path.replace(wanted, write), `with ${changes.join(', ')} it is granted`)
    if (near !== undefined) return near
  }
  return undefined
}

/** Takes segments from the start, at most {@link MAX_PREFIX}, as long as one is left. */
function underPrefix(
  path: string,
  tryPath: (prefix: string, first: string, rest: string) => Nearest | undefined,
): Nearest | undefined {
  const segments = path.split('/')
  for (let taken = 1; taken <= MAX_PREFIX && taken < segments.length; taken += 1) {
    const [first = ''] = segments.slice(taken)
    const near = tryPath(segments.slice(0, taken).join('/'), first, segments.slice(taken).join('/'))
    if (near !== undefined) return near
  }
  return undefined
}

/** Whether the first segment of a pattern is this text: a star would be near to every path. */
function beginsWith(pattern: string, first: string): boolean {
  const [segment = ''] = pattern.replace(/^\//, '').split('/')
  return !WILDCARD.test(segment) && foldCase(segment) === foldCase(first)
}

/** Puts each segment that the patterns spell out in the place of each segment of the path. */
function nearestSegment(
  candidates: readonly Candidate[],
  path: string,
  grants: (candidate: Candidate, path: string) => boolean | 'ended',
): Nearest | undefined {
  const segments = path.split('/')
  if (segments.length > MAX_SEGMENTS) return undefined
  for (const candidate of candidates) {
    const { scope, endpoint } = candidate
    const words = endpoint.pattern
      .split('/')
      .filter((word) => word !== '' && !WILDCARD.test(word))
      .slice(0, MAX_SEGMENTS)
    for (const [index, segment] of segments.entries()) {
      if (segment === '') continue
      // Where nothing else in the path is the pattern's, the segment must at least look like the word: a star would
      // grant nearly every path with it.
      const isAnchored = segments.some((other, at) => at !== index && words.includes(other))
      const tried = isAnchored ? words : [closest(segment, words)]
      for (const word of tried) {
        if (word === undefined) continue
        const changed = [...segments.slice(0, index), word, ...segments.slice(index + 1)].join('/')
        const granted = grants(candidate, changed)
        if (granted === 'ended') return undefined
        if (!granted) continue
        const hint = `${quote(printCanonical(segment))} is where the pattern has ${quote(word)}`
        return { scope, endpoint: endpoint.pattern, differs: 'segment', hint }
      }
    }
  }
  return undefined
}
