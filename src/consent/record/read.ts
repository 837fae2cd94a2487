/**
 * A stored record as decisions, each with what it opened. It may be years old and come back from any database,
 * so its shape is checked: what cannot be read is not a consent, and that must not look like one.
 */
import { AnalyzedEndpoint } from '../../analysis/request-set.ts'
import { isOptionValue, READING_OPTIONS } from '../../language/options.ts'
import { isNameMethod } from '../../language/scope-fields.ts'
import { readNamePattern } from '../../pattern/name.ts'
import { type Pattern, readPattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import type { InterpretedEndpoint } from '../../policy/policy-data.ts'
import { isObject, isTexts, ownCopy, ownMembers } from '../own.ts'
import { rulesOf } from '../view/paths.ts'
import type { AccessEndpoint, AccessPaths, ConsentOrigin, ConsentRecord } from '../view/types.ts'

interface Decided {
  readonly scope: string
  /** As in the record, and as milliseconds. */
  readonly origin: ConsentOrigin
  readonly time: number
}

export interface StoredGrant extends Decided {
  readonly granted: true
  /** As it was shown; undefined where the record does not have it. */
  readonly label: { readonly text: string; readonly lang: string } | undefined
  readonly endpoints: readonly AccessEndpoint[]
  readonly rules: PathRules
  readonly items: readonly AnalyzedEndpoint[]
  readonly names: readonly InterpretedEndpoint[]
}

interface StoredDecline extends Decided {
  readonly granted: false
}

export type StoredDecision = StoredGrant | StoredDecline

/** The decisions of all records, the latest of each scope only. Throws `TypeError`. */
export function readRecords(
  given: ConsentRecord | readonly ConsentRecord[],
): ReadonlyMap<string, StoredDecision> {
  const records = Array.isArray(given) ? (given as readonly ConsentRecord[]) : [given as ConsentRecord]
  const latest = new Map<string, StoredDecision>()
  for (const decision of records.flatMap(readRecord)) {
    const known = latest.get(decision.scope)
    if (known === undefined || known.time <= decision.time) latest.set(decision.scope, decision)
  }
  return latest
}

/** Whether it counts at that time, in milliseconds. */
export function isLive({ granted, origin }: StoredDecision, time: number): boolean {
  const end = granted ? origin.expires : origin.declinedUntil
  return end === undefined || time < Date.parse(end)
}

export function grantsOf(decisions: ReadonlyMap<string, StoredDecision>): readonly StoredGrant[] {
  return [...decisions.values()].filter((one) => one.granted)
}

function readRecord(given: unknown): readonly StoredDecision[] {
  const record = ownCopy(given)
  check(isObject(record), 'it is not an object')
  check(record['version'] === 1 || record['version'] === 2, 'it is not of version 1 or 2')
  const { scopes, access, labels, declined, origins } = record
  check(isTexts(scopes), 'it has no list of scopes')
  check(isObject(access) && isObject(labels), 'it does not say what was shown')
  check(declined === undefined || isTexts(declined), 'its declined scopes are not a list of names')
  check(
    record['version'] === 1 ? origins === undefined : isObject(origins),
    'it does not say where its scopes come from',
  )
  const shared = originOf(record)
  const rules = new Map<AccessPaths, PathRules>()
  const decided = (scope: string): Decided => {
    const own = (origins as Readonly<Record<string, unknown>> | undefined)?.[scope]
    const origin = own === undefined ? shared : originOf(own)
    return { scope, origin, time: Date.parse(origin.at) }
  }
  const grants = scopes.map((scope): StoredGrant => {
    const decision = decided(scope)
    const { paths } = decision.origin
    const read = rules.get(paths) ?? rulesOf(paths)
    check(read !== null, 'its base path cannot begin a request path')
    rules.set(paths, read)
    const endpoints = access[scope]
    check(Array.isArray(endpoints) && endpoints.every(isEndpoint), 'it does not say what a scope opened')
    const items = endpoints.flatMap((endpoint) => toItems(endpoint, read))
    const names = endpoints.flatMap(toNames)
    return { ...decision, granted: true, label: labelOf(labels[scope]), endpoints, rules: read, items, names }
  })
  const left = (declined ?? []).filter((scope) => !scopes.includes(scope))
  return [...grants, ...left.map((scope): StoredDecline => ({ ...decided(scope), granted: false }))]
}

function originOf(value: unknown): ConsentOrigin {
  check(isObject(value), 'it does not say where a scope comes from')
  const { fingerprint, locale, paths, at, expires, declinedUntil } = value
  check(typeof fingerprint === 'string', 'it has no fingerprint')
  check(isPaths(paths), 'it does not say how paths were read')
  check(isInstant(at), 'it does not say when the person decided')
  check(expires === undefined || isInstant(expires), 'its expiry is unknown')
  check(declinedUntil === undefined || isInstant(declinedUntil), 'it is unknown how long declining counts')
  return ownMembers({
    fingerprint,
    locale: typeof locale === 'string' ? locale : '',
    paths,
    at,
    ...(expires !== undefined && { expires }),
    ...(declinedUntil !== undefined && { declinedUntil }),
  })
}

function toNames({ pattern, methods }: AccessEndpoint): readonly InterpretedEndpoint[] {
  return methods.filter(isNameMethod).map((method) => ({
    endpoint: { pattern, methods: [method] },
    pattern: readNamePattern(method, pattern),
  }))
}

/** Without the methods that are called on names: what they are called on is not a path. */
function toItems(given: AccessEndpoint, rules: PathRules): readonly AnalyzedEndpoint[] {
  const methods = given.methods.filter((method) => !isNameMethod(method))
  if (methods.length === 0 && given.methods.length > 0) return []
  const endpoint = { pattern: given.pattern, methods }
  let pattern: Pattern
  try {
    pattern = readPattern(endpoint.pattern, rules)
  } catch {
    throw new TypeError('not a consent record: it has a pattern that cannot be read')
  }
  return [new AnalyzedEndpoint({ endpoint, pattern }, rules)]
}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new TypeError(`not a consent record: ${reason}`)
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

function labelOf(value: unknown): StoredGrant['label'] {
  if (!isObject(value)) return undefined
  const { text, lang } = value
  return typeof text === 'string' && typeof lang === 'string' ? { text, lang } : undefined
}

function isEndpoint(value: unknown): value is AccessEndpoint {
  return (
    isObject(value) &&
    typeof value['pattern'] === 'string' &&
    value['pattern'] !== '' &&
    isTexts(value['methods'])
  )
}

function isPaths(value: unknown): value is AccessPaths {
  return (
    isObject(value) &&
    READING_OPTIONS.every((name) => isOptionValue(name, value[name])) &&
    typeof value['pathLength'] === 'number'
  )
}
