/** A posted form as pairs of names and values, from whatever a server has parsed it into. */
import { checkOption, givenOptions } from '../../policy/given-options.ts'
import { isTexts } from '../own.ts'

/** A parsed form: `URLSearchParams` or `FormData`, or an object of values or lists of values. */
export type FormFields =
  | Iterable<readonly [name: string, value: unknown]>
  | Readonly<Record<string, string | readonly string[] | undefined>>

export interface ResolveOptions {
  /** Names of the hidden fields that `renderConsent` was given; checking their values is up to the caller. */
  readonly hiddenFields?: readonly string[] | undefined
}

/** Throws `TypeError`: a string instead of a list would let every part of it through. */
export function hiddenNames(options: ResolveOptions): readonly string[] {
  const { hiddenFields = [] } = givenOptions(options, ['hiddenFields'])
  checkOption(isTexts(hiddenFields), 'hiddenFields', 'a list of names', hiddenFields)
  return hiddenFields
}

/** A form has a handful of fields; a list of scopes has some hundreds. */
const MAX_FIELDS = 10_000

/** Null for what is not a form, also for what throws when it is read. */
export function pairsOf(fields: unknown): readonly (readonly [string, string])[] | null {
  try {
    return typeof fields === 'object' && fields !== null ? readPairs(fields) : null
  } catch {
    return null
  }
}

function readPairs(fields: object): readonly (readonly [string, string])[] | null {
  const pairs: [string, string][] = []
  let entries = 0
  for (const [name, value] of entriesOf(fields)) {
    // Counted by itself, since an entry may hold an empty list.
    if (++entries > MAX_FIELDS) return null
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof name !== 'string' || typeof one !== 'string' || pairs.length === MAX_FIELDS) return null
      pairs.push([name, one])
    }
  }
  return pairs
}

function* entriesOf(fields: object): Generator<readonly [unknown, unknown]> {
  if (!(Symbol.iterator in fields)) {
    for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
      if (value !== undefined) yield [name, value]
    }
    return
  }
  for (const pair of fields as Iterable<unknown>) {
    yield Array.isArray(pair) ? [pair[0] as unknown, pair[1] as unknown] : [undefined, undefined]
  }
}
