/** The evidence of a consent: made from what was shown and answered, never from the policy of the moment. */
import { checkOption, givenOptions } from '../../policy/given-options.ts'
import { ownCopy } from '../own.ts'
import { grantsIn } from '../view/access.ts'
import { readView } from '../view/read-view.ts'
import { shownScopes } from '../view/shown-scopes.ts'
import type { ConsentRecord, ConsentScope, ConsentView } from '../view/types.ts'
import { grantsOf, readRecords, type StoredDecision } from './read.ts'

export interface RecordOptions {
  /** When the person answered. Default: now. */
  readonly at?: Date | undefined
  /** Seconds after which the grants end, and are asked for again. Default: never. */
  readonly lifetime?: number | undefined
  /** Seconds in which declined scopes are not asked for again. Default: for good. */
  readonly declinedLifetime?: number | undefined
}

/**
 * What to store when a person has agreed; `scopes` are those of `resolveConsent`. It is JSON. Optional scopes
 * of the view that are not among them are recorded as declined. A record speaks of one page: keep earlier ones
 * beside it, or store `mergeRecords(earlier, this)`.
 *
 * Throws `RangeError` for a scope that was not asked for, `TypeError` for invalid options.
 */
export function consentRecord(
  given: ConsentView,
  scopes: readonly string[],
  options: RecordOptions = {},
): ConsentRecord {
  const { at, expires, declinedUntil } = times(options)
  const view = readView(given)
  const shown = new Map(shownScopes(view).map((scope) => [scope.scope, scope]))
  const agreed = [...new Set(scopes)].map((name): ConsentScope => {
    const scope = shown.get(name)
    if (scope === undefined) throw new RangeError(`the scope ${JSON.stringify(name)} was not asked for`)
    return scope
  })
  const names = new Set(agreed.map(({ scope }) => scope))
  const implicit = new Set(view.implicit.map(({ scope }) => scope))
  const declined = view.groups
    .flatMap(({ items }) => items)
    .filter(({ scope, optional }) => optional && !names.has(scope))
    .map(({ scope }) => scope)
  return {
    version: 1,
    fingerprint: view.fingerprint,
    scopes: [...names],
    // fromEntries defines own properties: a scope may be called `__proto__`.
    labels: Object.fromEntries(
      agreed
        .filter(({ scope }) => !implicit.has(scope))
        .map(({ scope, label, lang }) => [scope, { text: label, lang }]),
    ),
    locale: view.locale,
    paths: { ...view.paths },
    access: Object.fromEntries(
      agreed.map(({ scope, access }) => [scope, grantsIn(access).map((endpoint) => ({ ...endpoint }))]),
    ),
    at,
    ...(expires !== undefined && { expires }),
    ...(declined.length > 0 && { declined, ...(declinedUntil !== undefined && { declinedUntil }) }),
  }
}

/**
 * Several records of one person and one client as one: of each scope the latest decision counts, so a scope
 * that was declined later is no longer granted. Each keeps its own date, lifetime and path options.
 *
 * Takes records, lists of them, or both; undefined is passed over. Throws `TypeError` for what is not a record, and for none at all.
 */
export function mergeRecords(
  ...given: readonly (ConsentRecord | readonly ConsentRecord[] | undefined)[]
): ConsentRecord {
  const records = (given.flat() as readonly (ConsentRecord | undefined)[]).filter((one) => one !== undefined)
  const decisions = readRecords(records)
  const newest = [...records].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1)
  if (newest === undefined) throw new TypeError('there is no consent record to merge')
  return recordOf(decisions, newest)
}

/**
 * The record without these scopes, or without any: neither granted nor declined, so they are asked for again.
 * What is left is what to store after the person has withdrawn them. Throws `TypeError` for what is not a record.
 */
export function withdrawScopes(
  given: ConsentRecord | readonly ConsentRecord[],
  scopes?: readonly string[],
): ConsentRecord {
  const merged = Array.isArray(given) ? mergeRecords(given as readonly ConsentRecord[]) : given
  const decisions = new Map(readRecords(merged))
  for (const scope of scopes ?? [...decisions.keys()]) decisions.delete(scope)
  return recordOf(decisions, merged as ConsentRecord)
}

/** `given` has been read and found to be a record. */
function recordOf(decisions: ReadonlyMap<string, StoredDecision>, given: ConsentRecord): ConsentRecord {
  const { fingerprint, locale, paths, at, expires, declinedUntil } = ownCopy(given)
  const grants = grantsOf(decisions)
  const declined = [...decisions.values()].filter((one) => !one.granted).map(({ scope }) => scope)
  const shared = { fingerprint, locale, paths, at, expires, declinedUntil }
  const origins = [...decisions.values()].filter(({ origin }) => !isSame(origin, shared))
  return {
    version: origins.length > 0 ? 2 : 1,
    fingerprint,
    scopes: grants.map(({ scope }) => scope),
    labels: Object.fromEntries(
      grants.flatMap(({ scope, label }) => (label === undefined ? [] : [[scope, { ...label }]])),
    ),
    locale,
    paths: { ...paths },
    access: Object.fromEntries(
      grants.map(({ scope, endpoints }) => [scope, endpoints.map((one) => ({ ...one }))]),
    ),
    at,
    ...(expires !== undefined && { expires }),
    ...(declined.length > 0 && { declined }),
    ...(declinedUntil !== undefined && { declinedUntil }),
    ...(origins.length > 0 && {
      origins: Object.fromEntries(
        origins.map(({ scope, origin }) => [scope, { ...origin, paths: { ...origin.paths } }]),
      ),
    }),
  }
}

/** Whether two plain values are equal, whatever the order of members: databases reorder them. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [ownCopy(a), ownCopy(b)] as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) =>
    isSame(left[name], right[name]),
  )
}

function times(given: RecordOptions): {
  readonly at: string
  readonly expires: string | undefined
  readonly declinedUntil: string | undefined
} {
  const {
    at = new Date(),
    lifetime,
    declinedLifetime,
  } = givenOptions(given, ['at', 'lifetime', 'declinedLifetime'])
  checkOption(at instanceof Date && !Number.isNaN(at.getTime()), 'at', 'a date', at)
  return {
    at: at.toISOString(),
    expires: endOf(at, lifetime, 'lifetime'),
    declinedUntil: endOf(at, declinedLifetime, 'declinedLifetime'),
  }
}

function endOf(at: Date, seconds: unknown, option: string): string | undefined {
  if (seconds === undefined || seconds === Number.POSITIVE_INFINITY) return undefined
  const end =
    typeof seconds === 'number' && seconds > 0 ? new Date(at.getTime() + seconds * 1_000) : undefined
  const isEnd = end !== undefined && !Number.isNaN(end.getTime())
  checkOption(isEnd, option, 'a number of seconds over 0', seconds)
  return end.toISOString()
}
