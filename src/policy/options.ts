/**
 * `$options`: defaults, presets, the document's choices, and choices made in code, which win.
 */
import { DEFAULT_METHODS, registeredMethod } from '../http/methods.ts'
import type { PolicyOptions } from './model.ts'

/** Options as they can be given in code or in `$options`; what is missing keeps its default. */
export interface GivenOptions {
  readonly preset?: 'cerb' | undefined
  readonly basePath?: string | undefined
  readonly extensions?: readonly string[] | undefined
  readonly caseSensitive?: boolean | undefined
  readonly trailingSlash?: 'strict' | 'ignore' | undefined
  readonly wildcard?: 'any' | 'segment' | undefined
  readonly head?: 'explicit' | 'as-get' | undefined
  readonly encodedSlash?: 'refuse' | 'data' | undefined
  readonly delimiters?: 'refuse' | 'data' | undefined
  readonly methods?: readonly string[] | undefined
}

export const OPTION_NAMES: readonly (keyof GivenOptions)[] = [
  'preset',
  'basePath',
  'extensions',
  'caseSensitive',
  'trailingSlash',
  'wildcard',
  'head',
  'encodedSlash',
  'delimiters',
  'methods',
]

const DEFAULT_OPTIONS: PolicyOptions = {
  basePath: '',
  extensions: [],
  caseSensitive: true,
  trailingSlash: 'strict',
  wildcard: 'any',
  head: 'explicit',
  encodedSlash: 'refuse',
  delimiters: 'refuse',
  methods: DEFAULT_METHODS,
}

/** What a preset stands for: a shorthand, nothing that could not be written out. */
const PRESETS: Readonly<Record<'cerb', GivenOptions>> = {
  cerb: { basePath: '/rest', extensions: ['json', 'xml'], caseSensitive: false, trailingSlash: 'ignore' },
}

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
  const methods = new Set(options.methods.map((method) => registeredMethod(method) ?? method))
  return Object.freeze({
    ...options,
    // Longest first, so that `tar.gz` is taken off before `gz`, in whatever order they were written.
    extensions: Object.freeze(
      [...new Set(options.extensions)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
    ),
    methods: Object.freeze([...methods].sort()),
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
