/**
 * Objects of options that code gives. They come from the programmer, so whatever is wrong with them is thrown,
 * as one readable `TypeError` that names the option.
 *
 * Only own properties count: what a prototype says, or somebody has put into `Object.prototype`, must not
 * widen a policy. `undefined` is the same as not given.
 */
import { visible } from '../diagnostic/words.ts'

/** The options that are given. `what` is one of them, in words: `option`, `limit`. */
export function givenOptions<Name extends string>(
  given: unknown,
  names: readonly Name[],
  what = 'option',
): Partial<Record<Name, unknown>> {
  const options = Object.create(null) as Partial<Record<Name, unknown>>
  if (given === undefined) return options
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`${what}s cannot be ${describeGiven(given)}`)
  }
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined) continue
    const known = names.find((one) => one === name)
    if (known === undefined) throw new TypeError(`unknown ${what} ${visible(JSON.stringify(name))}`)
    options[known] = value
  }
  return options
}

/** Throws `TypeError` unless an option is as `wanted` says. */
export function checkOption(holds: boolean, option: string, wanted: string, value: unknown): asserts holds {
  if (!holds) throw new TypeError(`option ${option} must be ${wanted}, not ${describeGiven(value)}`)
}

/** A value in words, on one line and not too long. */
export function describeGiven(value: unknown): string {
  if (typeof value === 'string') return visible(JSON.stringify(shortened(value)))
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') return value === undefined ? 'undefined' : `a ${typeof value}`
  return visible(shortened(toJson(value) ?? (Array.isArray(value) ? 'an array' : 'an object')))
}

function toJson(value: object): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text
}

const MAX_SHOWN_LENGTH = 100
