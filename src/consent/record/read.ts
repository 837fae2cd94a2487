/**
 * A stored record as sides of a comparison. It may be years old and come back from any database, so its
 * shape is checked: what cannot be read is no consent, and that must not look like one.
 */
import { Item } from '../../analysis/side.ts'
import { isOptionValue, READING_OPTIONS } from '../../language/options.ts'
import { type Pattern, readPattern } from '../../pattern/pattern.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import { rulesOf } from '../view/paths.ts'
import type { AccessEndpoint, AccessPaths, ConsentRecord } from '../view/types.ts'

export interface Recorded {
  readonly rules: PathRules
  /** By scope. */
  readonly items: ReadonlyMap<string, readonly Item[]>
}

/** Throws `TypeError`. */
export function readRecord(record: ConsentRecord): Recorded {
  check(isObject(record) && (record.version as unknown) === 1, 'it is not of version 1')
  check(typeof record.fingerprint === 'string', 'it has no fingerprint')
  check(isTexts(record.scopes), 'it has no list of scopes')
  check(isPaths(record.paths), 'it does not say how paths were read')
  check(isObject(record.access) && isObject(record.labels), 'it does not say what was shown')
  const rules = rulesOf(record.paths)
  check(rules !== null, 'its base path can begin no request path')
  const items = record.scopes.map((scope) => {
    const endpoints = Object.hasOwn(record.access, scope) ? record.access[scope] : undefined
    check(Array.isArray(endpoints) && endpoints.every(isEndpoint), 'it does not say what a scope opened')
    return [scope, endpoints.map((endpoint) => toItem(endpoint, rules))] as const
  })
  return { rules, items: new Map(items) }
}

function toItem(endpoint: AccessEndpoint, rules: PathRules): Item {
  let pattern: Pattern
  try {
    pattern = readPattern(endpoint.pattern, rules)
  } catch {
    throw new TypeError('not a consent record: it has a pattern that cannot be read')
  }
  return new Item({ endpoint, pattern }, rules)
}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new TypeError(`not a consent record: ${reason}`)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
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
