/**
 * Options given in code. They come from the programmer, so whatever is wrong with them is thrown.
 *
 * Only own properties count: what a prototype says, or somebody has put into `Object.prototype`, must
 * not widen a policy.
 */
import { visible } from '../diagnostic/words.ts'
import { validateOptions } from '../document/generated/validate.js'
import { DEFAULT_LIMITS, type Limits } from '../document/limits.ts'
import { type GivenOptions, OPTION_NAMES } from './options.ts'

/** Options of a policy given in code, which win over the document's `$options`, and limits. */
export interface ParseOptions extends GivenOptions {
  readonly limits?: Partial<Limits> | undefined
}

export interface CheckedOptions {
  readonly options: GivenOptions
  /** The limits in force. */
  readonly limits: Limits
}

/** Throws `TypeError` for options and limits of unknown names or of the wrong kind. */
export function checkOptions(given: ParseOptions): CheckedOptions {
  const options = Object.create(null) as Record<string, unknown>
  let limits: unknown = {}
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined) continue
    if (name === 'limits') limits = value
    else if ((OPTION_NAMES as readonly string[]).includes(name)) options[name] = value
    else throw new TypeError(`unknown option ${JSON.stringify(name)}`)
  }
  if (!validateOptions(options)) {
    const name = validateOptions.errors?.[0]?.instancePath.split('/')[1] ?? ''
    throw new TypeError(`option ${name} cannot be ${visible(describeValue(options[name]))}`)
  }
  return { options: options, limits: checkLimits(limits) }
}

function checkLimits(given: unknown): Limits {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`limits cannot be ${visible(describeValue(given))}`)
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new TypeError(`unknown limit ${JSON.stringify(name)}`)
    if (typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`limit ${name} must be a number from 0 on`)
  }
  return { ...DEFAULT_LIMITS, ...given }
}

function describeValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : `a ${typeof value}`
}
