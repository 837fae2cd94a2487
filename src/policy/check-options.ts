/** Options given in code, by the same schema as those of a document, and the limits. */
import { validateOptions } from './shape/generated/validate.js'
import { DEFAULT_LIMITS, type Limits } from '../language/limits.ts'
import { extraMethodProblem } from './extra-method.ts'
import { describeGiven, givenOptions } from './given-options.ts'
import { type GivenOptions, OPTION_NAMES } from '../language/options.ts'

/** Options of a policy given in code, which win over the document's `$options`, and limits. */
export interface ParseOptions extends GivenOptions {
  readonly limits?: { readonly [Name in keyof Limits]?: number | undefined } | undefined
}

export interface CheckedOptions {
  readonly options: GivenOptions
  /** The limits in force. */
  readonly limits: Limits
}

/** Throws `TypeError` for options and limits of unknown names or of the wrong kind. */
export function checkOptions(given: ParseOptions | undefined): CheckedOptions {
  const options = givenOptions(given, [...OPTION_NAMES, 'limits'])
  const { limits } = options
  delete options.limits
  if (!validateOptions(withoutExtraMethods(options))) {
    const name = (validateOptions.errors?.[0]?.instancePath.split('/')[1] ?? '') as keyof GivenOptions
    throw new TypeError(`option ${name} cannot be ${describeGiven(options[name])}`)
  }
  return { options: options as GivenOptions, limits: checkLimits(limits) }
}

/** The schema has the methods of the registry only; those that are declared beside them are as good. */
function withoutExtraMethods(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { extraMethods, methods } = options
  if (!Array.isArray(extraMethods)) return { ...options }
  for (const method of extraMethods as readonly unknown[]) {
    const problem = typeof method === 'string' ? extraMethodProblem(method) : undefined
    if (problem !== undefined) throw new TypeError(`option extraMethods: ${problem.message}`)
  }
  if (!Array.isArray(methods)) return { ...options }
  return {
    ...options,
    methods: methods.map((method) => (extraMethods.includes(method) ? 'GET' : (method as unknown))),
  }
}

function checkLimits(given: unknown): Limits {
  const limits = givenOptions(given, Object.keys(DEFAULT_LIMITS), 'limit')
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`limit ${name} must be a number from 0 on`)
  }
  return { ...DEFAULT_LIMITS, ...limits }
}
