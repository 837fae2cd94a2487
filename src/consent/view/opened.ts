/**
 * What a scope opens for whoever holds others as well.
 *
 * A combination (a key of several names) has no label, so it counts for each of its scopes as soon as all of them are
 * held: a screen must not promise too little. What every token may do is left out, since it takes no consent.
 */
import { matches } from '../../analysis/glob.ts'
import { nameGains } from '../../analysis/name-gains.ts'
import { RequestSet } from '../../analysis/request-set.ts'
import type { RequestSets } from '../../analysis/request-sets.ts'
import { BASELINE, isNameMethod } from '../../language/scope-fields.ts'
import { readName } from '../../pattern/name.ts'
import { withIncluded } from '../../policy/includes.ts'
import type { InterpretedEndpoint, PolicyData } from '../../policy/policy-data.ts'

/** Paths and names. */
export interface Opened {
  readonly set: RequestSet
  readonly names: readonly InterpretedEndpoint[]
}

/** The rows of a token with these scopes, without the baseline. */
export function rowsOf(sets: RequestSets, scopes: readonly string[]): readonly string[] {
  return sets.rows(scopes).filter((row) => row !== BASELINE)
}

/** The combinations among these rows that a scope takes part in, also through what it includes. */
export function combinationsWith(
  { scopes, combinations }: PolicyData,
  scope: string,
  rows: readonly string[],
): readonly string[] {
  const keys = rows.filter((row) => combinations.has(row))
  if (keys.length === 0) return []
  const own = new Set(withIncluded(scope, scopes))
  return keys.filter((key) => combinations.get(key)?.scopes.some((name) => own.has(name)))
}

/** What the rows open; it decides by its own automata, so that nothing else counts. */
export function openedBy(sets: RequestSets, rows: readonly string[]): Opened {
  const [only] = rows
  const hasOthers = sets.data.combinations.size > 0 || sets.data.baseline !== undefined
  const set =
    rows.length === 1 && only !== undefined && !hasOthers
      ? sets.of(only)
      : new RequestSet(
          rows.flatMap((row) => sets.itemsOf(row)),
          sets.data.rules,
        )
  return { set, names: sets.namesOf(rows) }
}

/** Whether one of the names allows it, as `authorize` reads names. */
export function allowsName(names: readonly InterpretedEndpoint[], method: string, name: string): boolean {
  if (!isNameMethod(method)) return false
  const reading = readName(method, name)
  if (reading.refusal !== undefined || reading.path === null) return false
  const { path } = reading
  return names.some(
    ({ endpoint, pattern: { meaning } }) =>
      meaning.kind === 'runs' && endpoint.methods.includes(method) && matches(meaning, path),
  )
}

/** What names allow today and did not then. */
export function gainedNames(
  today: readonly InterpretedEndpoint[],
  then: readonly InterpretedEndpoint[],
): ReturnType<typeof nameGains> {
  return nameGains(
    today,
    then,
    (method, name) => allowsName(today, method, name),
    (method, name) => allowsName(then, method, name),
  )
}

/**
 * Whether each of the small patterns is covered by one of the big ones: a proof, without a search. No pattern spells
 * `*`, see `analysis/name-gains.ts`.
 */
export function coversNames(
  big: readonly InterpretedEndpoint[],
  small: readonly InterpretedEndpoint[],
): boolean {
  return small.every(({ endpoint, pattern: { meaning } }) => {
    if (meaning.kind !== 'runs') return true
    const text = meaning.runs.join('*')
    return big.some(
      (other) =>
        other.pattern.meaning.kind === 'runs' &&
        endpoint.methods.every((method) => other.endpoint.methods.includes(method)) &&
        matches(other.pattern.meaning, text),
    )
  })
}
