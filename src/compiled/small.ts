/**
 * The runtime of a small policy: no trees and no filters. With a handful of endpoints it is enough to go
 * through them one by one, and explanations need their text anyway.
 *
 * Same meaning by the same code: paths are read by `readPath`, patterns compared by `matchesRuns`, which is
 * what the trees are tested against. Cost: linear in the path and in the endpoints of the token's scopes;
 * little more than half the size of the runtime with trees, at about one and a half times its time.
 */
import type { PolicyAuthorizer } from '../decision/policy-authorizer.ts'
import { createQueries, type PolicyQueries } from '../decision/queries.ts'
import { scopeNames } from '../decision/scope-names.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import { printCanonical } from '../pattern/canonical.ts'
import { type PathReading, type PathRules, readPath } from '../pattern/request-path.ts'

/**
 * Paths that `readPath` gives back without their first slash: ordinary characters in segments that are not
 * empty and do not begin with a dot. Only with the default options.
 */
const PLAIN = /^(?:\/[^\0- #%./;?\\\x7f-\uffff][^\0- #%/;?\\\x7f-\uffff]*)+$/

/** What a module has of an endpoint: its methods, separated by commas, and its pattern in canonical form. */
export type SmallEntry = readonly [methods: string, text: string]

/** `lists` has the entries of each scope, in the order of `names`; `rules` are the default options. */
export function openSmall(
  names: readonly string[],
  lists: readonly (readonly SmallEntry[])[],
  rules: PathRules,
): PolicyQueries {
  const endpoints = lists.map((list) =>
    list.map(([methods, text]) => ({ methods: methods.split(','), text, runs: text.split('*') })),
  )
  const of = (scope: number): (typeof endpoints)[number] => endpoints[scope] as (typeof endpoints)[number]
  const matching = (scope: number, method: unknown, path: string): (typeof endpoints)[number] =>
    of(scope).filter(({ methods, runs }) => methods.includes(method as string) && matchesRuns(runs, path))
  const some = (ids: readonly number[], method: unknown, path: string, end = ''): boolean =>
    ids.some((id) => matching(id, method, path).some(({ text }) => text.endsWith(end)))
  const allows = (ids: readonly number[], method: unknown, reading: PathReading): boolean => {
    if (reading.refusal !== undefined || reading.path === null) return false
    const { path, withoutSlash } = reading
    return (
      some(ids, method, path, withoutSlash === undefined ? '' : '/') ||
      (typeof withoutSlash === 'string' && some(ids, method, path) && some(ids, method, withoutSlash))
    )
  }
  const idsOf = (scopes: unknown): readonly number[] =>
    [...new Set(scopeNames(scopes))].map((name) => names.indexOf(name)).filter((id) => id >= 0)
  const authorizeIds = (ids: readonly number[], method: unknown, path: unknown): boolean =>
    typeof path === 'string' &&
    (PLAIN.test(path) && path.length <= rules.pathLength
      ? some(ids, method, path.slice(1))
      : allows(ids, method, readPath(path, rules)))
  const authorizer = {
    authorize: (scopes: unknown, method: unknown, path: unknown) => authorizeIds(idsOf(scopes), method, path),
    idsOf,
    authorizeIds,
    allows,
    // Sixteen endpoints at most: nothing need be counted, compared only once or remembered.
    budget: () => () => true,
    effort: { steps: 0, limit: Infinity },
    held: { scopeCount: names.length } as PolicyAuthorizer['held'],
    isKnown: (name: string) => names.includes(name),
    read: (_: unknown, path: string) => readPath(path, rules),
  }
  return createQueries(names, [...new Set(endpoints.flat().flatMap(({ methods }) => methods))], authorizer, {
    inclusion: () => (big, small) =>
      of(small).every(({ methods, text }) =>
        methods.every((method) => allows([big], method, { path: text })),
      ),
    granting: (scope, method, path) =>
      matching(scope, method, path).map(({ text }) => ({ endpoint: printCanonical(text) || '/' })),
  })
}
