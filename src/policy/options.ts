/**
 * `$options`: defaults, presets, the document's choices, and choices made in code, which win.
 */
import { registeredMethod } from '../language/methods.ts'
import {
  DEFAULT_OPTIONS,
  type GivenOptions,
  OPTION_NAMES,
  type PolicyOptions,
  PRESETS,
} from '../language/options.ts'

export type { GivenOptions }

/** Lays the document's options over the defaults, and those given in code over both. */
export function resolveOptions(document: GivenOptions, code: GivenOptions): PolicyOptions {
  const layers: readonly GivenOptions[] = [
    DEFAULT_OPTIONS,
    presetOf(document),
    document,
    presetOf(code),
    code,
  ]
  const resolved: Record<string, unknown> = {}
  for (const layer of layers) {
    for (const name of OPTION_NAMES) {
      const value = ownOption(layer, name)
      if (name !== 'preset' && value !== undefined) resolved[name] = value
    }
  }
  const options = resolved as unknown as PolicyOptions
  const upper = (method: string): string => registeredMethod(method) ?? method
  return Object.freeze({
    ...options,
    // Longest first, so that `tar.gz` is stripped before `gz`, in whatever order they were written.
    extensions: Object.freeze(
      [...new Set(options.extensions)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
    ),
    methods: Object.freeze([...new Set(options.methods.map(upper))].sort()),
    extraMethods: Object.freeze([...new Set(options.extraMethods)].sort()),
  })
}

function presetOf(options: GivenOptions): GivenOptions {
  const preset = ownOption(options, 'preset')
  return preset === undefined ? {} : PRESETS[preset]
}

/** Never what somebody has put into `Object.prototype`. */
function ownOption<N extends keyof GivenOptions>(options: GivenOptions, name: N): GivenOptions[N] {
  return Object.hasOwn(options, name) ? options[name] : undefined
}
