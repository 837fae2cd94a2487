/**
 * The fields of a scope: one row per word, data only. The JSON Schema, the fields that messages suggest, readers and
 * the members of fingerprints are derived from these rows. Rows are appended, never moved.
 *
 * - `kind`: `text` a string, or one for each language tag; `endpoints`, `names` and `scopes` lists as they say;
 *   `tokens` and `token` names of scopes that the document need not have; `choice` and `switch` as for options.
 * - `method`: of `names`, the method that the field grants on names instead of paths.
 * - `grants`: whether `$baseline` and keys of several names may have the field, too.
 */
export const SCOPE_FIELDS = {
  label: {
    kind: 'text',
    title: 'Label',
    what: 'Consent text: what the person allows, in one line; or one text for each BCP 47 language tag.',
  },
  endpoints: {
    kind: 'endpoints',
    grants: true,
    title: 'Endpoints',
    what: 'What the scope opens. An empty list opens nothing.',
  },
  includes: { kind: 'scopes', title: 'Includes', what: 'Scopes whose grants this scope also has.' },
  description: {
    kind: 'text',
    title: 'Description',
    what: 'Longer consent text, or one for each language tag.',
  },
  group: {
    kind: 'text',
    title: 'Group',
    what: 'Heading under which the consent screen lists the scope, or one for each language tag.',
  },
  risk: {
    kind: 'choice',
    choices: ['low', 'medium', 'high'],
    title: 'Risk',
    what: 'What the consent page states. Without it the page states high where the methods show it, else nothing.',
  },
  optional: {
    kind: 'switch',
    title: 'Optional',
    what: 'Whether the person may refuse this scope on its own.',
  },
  tools: {
    kind: 'names',
    method: 'tools/call',
    grants: true,
    title: 'Tools',
    what: 'Names of MCP tools that the scope may call; * matches any run of characters.',
  },
  resources: {
    kind: 'names',
    method: 'resources/read',
    grants: true,
    title: 'Resources',
    what: 'URIs of MCP resources that the scope may read; * matches any run of characters.',
  },
  prompts: {
    kind: 'names',
    method: 'prompts/get',
    grants: true,
    title: 'Prompts',
    what: 'Names of MCP prompts that the scope may get; * matches any run of characters.',
  },
  aliases: {
    kind: 'tokens',
    title: 'Aliases',
    what: 'Other names by which tokens carry the scope.',
  },
  requestAs: {
    kind: 'token',
    title: 'Request as',
    what: 'The name by which clients ask for the scope.',
  },
  deprecated: {
    kind: 'deprecation',
    title: 'Deprecated',
    what: 'true, or the scopes to use instead, since when, and a note. The scope still grants.',
  },
  consent: {
    kind: 'choice',
    choices: ['explicit', 'implicit'],
    title: 'Consent',
    what: 'implicit: the consent page never lists the scope, and it is granted with the others. Default explicit.',
  },
} as const

type Rows = typeof SCOPE_FIELDS

export type ScopeField = keyof Rows

/** The fields that list names instead of paths. */
export type NameField = {
  readonly [Name in ScopeField]: Rows[Name] extends { readonly kind: 'names' } ? Name : never
}[ScopeField]

/** The methods that grant names. */
export type NameMethod = Rows[NameField]['method']

export type Risk = Rows['risk']['choices'][number]

export interface ScopeFieldRow {
  readonly kind: Rows[ScopeField]['kind']
  readonly choices?: readonly string[]
  readonly method?: NameMethod
  readonly grants?: true
  readonly title: string
  readonly what: string
}

export const SCOPE_FIELD_NAMES: readonly ScopeField[] = Object.keys(SCOPE_FIELDS) as ScopeField[]

export function scopeFieldRow(name: ScopeField): ScopeFieldRow {
  return SCOPE_FIELDS[name]
}

/** The fields that `$baseline` and keys of several names have. */
export const GRANT_FIELDS: readonly ScopeField[] = SCOPE_FIELD_NAMES.filter(
  (name) => scopeFieldRow(name).grants === true,
)

export const NAME_FIELDS: readonly NameField[] = SCOPE_FIELD_NAMES.filter(
  (name) => scopeFieldRow(name).kind === 'names',
) as NameField[]

export const NAME_METHODS: readonly NameMethod[] = NAME_FIELDS.map((name) => SCOPE_FIELDS[name].method)

/** Whether a method is called on a name instead of a path: no HTTP method has a slash (RFC 9110 §5.6.2). */
export function isNameMethod(method: unknown): method is NameMethod {
  return NAME_METHODS.some((one) => one === method)
}

/** The key of what every token may do. */
export const BASELINE = '$baseline'
