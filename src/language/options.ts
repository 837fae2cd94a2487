/**
 * The options of the language: one row per word, data only. Types, defaults, presets, the reader of `$options`,
 * the JSON Schema, flags of the command line, members of fingerprints and of compiled policies and the tables of
 * the documentation are derived from these rows; only where an option has its meaning does code name it.
 *
 * Rows are appended, never moved: their order is the order of the members of a fingerprint.
 */

/** The options of a preset: a shorthand, nothing that could not be written out. */
export const PRESETS = {
  cerb: { basePath: '/rest', extensions: ['json', 'xml'], caseSensitive: false, trailingSlash: 'ignore' },
} as const

/**
 * - `kind`: `choice` one of `choices`, from the one that accepts least to the one that accepts most; `switch` true
 *   or false; `path`, `extensions`, `methods` and `tokens` as their names say.
 * - `standard`: the default.
 * - `reads`: whether it says how request paths are read or compared, so that two policies which differ in it may
 *   decide differently on equal patterns. These options are a policy's {@link PathRules}.
 * - `characters`: whether it says which characters a path may have.
 * - `canonical`: whether the fingerprint has it. What only changes the methods that endpoints are written with is
 *   in the endpoints.
 * - `what`: for the schema and the documentation. `flag`: for the help of the command line.
 */
export const OPTIONS = {
  /** Several options at once. */
  preset: {
    kind: 'choice',
    choices: ['cerb'],
    title: 'Preset',
    what: 'cerb: basePath /rest, extensions json and xml, caseSensitive false, trailingSlash ignore. Options beside it win.',
    flag: 'a set of options at once',
  },
  /** Path prefix without a slash at its end; empty when the API begins at the root. */
  basePath: {
    kind: 'path',
    standard: '',
    reads: true,
    canonical: true,
    title: 'Base path',
    what: 'The request path must begin with it, on a segment boundary; it is not part of the tested path.',
    flag: 'what every request path begins with',
  },
  /** Response formats, without the dot, trimmed from the end of the request path. */
  extensions: {
    kind: 'extensions',
    standard: [],
    reads: true,
    canonical: true,
    title: 'Extensions',
    what: 'Response formats, without the dot, trimmed from the end of the request path.',
    flag: 'response formats trimmed from paths: json,xml',
  },
  /** Whether ASCII letters of paths are compared with their case. */
  caseSensitive: {
    kind: 'switch',
    standard: true,
    reads: true,
    canonical: true,
    title: 'Case-sensitive',
    what: 'false folds ASCII letters of paths. Default true.',
    flag: 'compare ASCII letters of paths without case',
  },
  /** `ignore` drops one slash at the end of the request path. */
  trailingSlash: {
    kind: 'choice',
    choices: ['strict', 'ignore'],
    standard: 'strict',
    reads: true,
    canonical: true,
    title: 'Trailing slash',
    what: 'ignore drops one slash at the end of the request path. Default strict.',
    flag: 'whether one slash at the end of a path is dropped',
  },
  /** `any`: `*` crosses slashes. `segment`: `*` stays within one segment, `**` spans segments. */
  wildcard: {
    kind: 'choice',
    choices: ['any', 'segment'],
    standard: 'any',
    reads: true,
    canonical: true,
    title: 'Wildcard',
    what: 'any: * crosses slashes. segment: * stays within one segment, ** spans segments. Default any.',
    flag: 'whether `*` crosses `/`',
  },
  /** `as-get` also grants HEAD where GET is granted. */
  head: {
    kind: 'choice',
    choices: ['explicit', 'as-get'],
    standard: 'explicit',
    canonical: true,
    title: 'HEAD',
    what: 'as-get also grants HEAD where GET is granted. Default explicit.',
    flag: 'whether GET also grants HEAD',
  },
  /** What `%2F` in a path is: refused, a character of a segment, or one that nobody decodes. */
  encodedSlash: {
    kind: 'choice',
    choices: ['refuse', 'data', 'opaque'],
    standard: 'refuse',
    reads: true,
    characters: true,
    canonical: true,
    title: 'Encoded slash',
    what: 'data: %2F is a character of a segment. opaque: like data, and never judged in its decoded form. Default refuse.',
    flag: 'what `%2F` in a path is',
  },
  /** What `;` and the escapes of `;`, `?` and `#` in a path are. */
  delimiters: {
    kind: 'choice',
    choices: ['refuse', 'data'],
    standard: 'refuse',
    reads: true,
    characters: true,
    canonical: true,
    title: 'Delimiters',
    what: 'data: ; %3B %3F %23 are characters of a segment. Default refuse.',
    flag: 'what `;`, `%3B`, `%3F` and `%23` in a path are',
  },
  /** What a bare pattern grants; sorted. */
  methods: {
    kind: 'methods',
    standard: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
    title: 'Methods of the API',
    what: 'What a bare pattern grants. Default DELETE GET PATCH POST PUT.',
    flag: 'what a bare pattern grants: GET,POST',
  },
  /** Method tokens outside of the IANA registry that the document may use; sorted. */
  extraMethods: {
    kind: 'tokens',
    standard: [],
    title: 'Further methods',
    what: 'Method tokens outside of the IANA registry that this document may use, such as PURGE.',
    flag: 'methods outside of the IANA registry: PURGE,BAN',
  },
} as const

type Rows = typeof OPTIONS

export type OptionName = keyof Rows

export interface OptionRow {
  readonly kind: 'choice' | 'switch' | 'path' | 'extensions' | 'methods' | 'tokens'
  readonly choices?: readonly string[]
  readonly standard?: unknown
  readonly reads?: true
  readonly characters?: true
  readonly canonical?: true
  readonly title: string
  readonly what: string
  readonly flag: string
}

type Value<Row> = Row extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Row extends { readonly kind: 'switch' }
    ? boolean
    : Row extends { readonly kind: 'path' }
      ? string
      : readonly string[]

/** Options as they can be given in code or in `$options`; what is missing keeps its default. */
export type GivenOptions = { readonly [Name in OptionName]?: Value<Rows[Name]> | undefined }

/** How request paths and patterns are read: `$options` of the document with every default filled in. */
export type PolicyOptions = {
  readonly [Name in OptionName as Rows[Name] extends { readonly standard: unknown } ? Name : never]: Value<
    Rows[Name]
  >
}

/** The options that say how request paths are read. */
export type ReadingOptions = {
  readonly [Name in OptionName as Rows[Name] extends { readonly reads: true } ? Name : never]: Value<
    Rows[Name]
  >
}

/** Which characters count as data although they are refused by default. */
export type CharacterRules = {
  readonly [Name in OptionName as Rows[Name] extends { readonly characters: true } ? Name : never]: Value<
    Rows[Name]
  >
}

/** All names, in the order of the rows. */
export const OPTION_NAMES: readonly OptionName[] = Object.keys(OPTIONS) as OptionName[]

export function optionRow(name: OptionName): OptionRow {
  return OPTIONS[name]
}

export const READING_OPTIONS: readonly (keyof ReadingOptions)[] = named('reads') as (keyof ReadingOptions)[]
export const CHARACTER_OPTIONS: readonly (keyof CharacterRules)[] = named(
  'characters',
) as (keyof CharacterRules)[]
/** The options of fingerprints, in their order there. */
export const CANONICAL_OPTIONS: readonly (keyof PolicyOptions)[] = named(
  'canonical',
) as (keyof PolicyOptions)[]

/** Every option with its default. */
export const DEFAULT_OPTIONS: PolicyOptions = Object.fromEntries(
  OPTION_NAMES.flatMap((name) => {
    const { standard } = optionRow(name)
    return standard === undefined ? [] : [[name, standard]]
  }),
) as unknown as PolicyOptions

function named(property: 'reads' | 'characters' | 'canonical'): readonly OptionName[] {
  return OPTION_NAMES.filter((name) => optionRow(name)[property] === true)
}

/** Whether a value is one that the option can have, as far as its kind says; `path` is any string. */
export function isOptionValue(name: OptionName, value: unknown): boolean {
  const { kind, choices } = optionRow(name)
  if (kind === 'choice') return choices?.some((choice) => choice === value) === true
  if (kind === 'switch') return typeof value === 'boolean'
  if (kind === 'path') return typeof value === 'string'
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
