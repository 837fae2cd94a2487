/**
 * For testing only. Section 1 of the specification read plainly: a well-formed document, given as plain
 * data, is a list of grants (scope, pattern, method). Nothing here is shared with `src`, not even types,
 * so that a misreading there cannot be repeated here by import. Speed does not matter.
 */

export interface PlainOptions {
  readonly preset?: 'cerb'
  readonly basePath?: string
  readonly extensions?: readonly string[]
  readonly caseSensitive?: boolean
  readonly trailingSlash?: 'strict' | 'ignore'
  readonly wildcard?: 'any' | 'segment'
  readonly head?: 'explicit' | 'as-get'
  readonly encodedSlash?: 'refuse' | 'data' | 'opaque'
  readonly delimiters?: 'refuse' | 'data'
  readonly extraMethods?: readonly string[]
  readonly methods?: readonly string[]
}

/** A bare pattern, or one pattern with a method or a list of methods. */
export type PlainEndpoint = string | Readonly<Record<string, string | readonly string[]>>

/** What `$baseline` and keys of several names have. */
export interface PlainGrants {
  readonly endpoints?: readonly PlainEndpoint[]
  readonly tools?: readonly string[]
  readonly resources?: readonly string[]
  readonly prompts?: readonly string[]
}

export interface PlainScope extends PlainGrants {
  readonly label: string
  readonly includes?: readonly string[]
  readonly aliases?: readonly string[]
  readonly requestAs?: string
  readonly deprecated?: true
}

/** Scope names to scopes; `$options` holds options, `$baseline` and keys of several names only grants. */
export type PlainDocument = Readonly<Record<string, PlainScope | PlainGrants | PlainOptions>>

export type AllOptions = Required<Omit<PlainOptions, 'preset'>>

export interface PlainGrant {
  readonly scope: string
  readonly pattern: string
  readonly method: string
}

const DEFAULTS: AllOptions = {
  basePath: '',
  extensions: [],
  caseSensitive: true,
  trailingSlash: 'strict',
  wildcard: 'any',
  head: 'explicit',
  encodedSlash: 'refuse',
  delimiters: 'refuse',
  methods: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
  extraMethods: [],
}

const CERB: PlainOptions = {
  basePath: '/rest',
  extensions: ['json', 'xml'],
  caseSensitive: false,
  trailingSlash: 'ignore',
}

/** Defaults, then the preset, then what the document itself says. */
export function optionsOf(document: PlainDocument): AllOptions {
  const written = Object.hasOwn(document, '$options') ? (document['$options'] as PlainOptions) : {}
  const { preset, ...own } = written
  return { ...DEFAULTS, ...(preset === 'cerb' ? CERB : {}), ...own }
}

/** The scopes of a document, without `$options`, `$baseline`, `$schema` and keys of several names. */
export function scopesOf(document: PlainDocument): Map<string, PlainScope> {
  const entries = Object.entries(document).filter(([name]) => !name.startsWith('$') && !name.includes(' '))
  return new Map(entries as [string, PlainScope][])
}

/** Every grant that a scope has: its own, and those of the scopes it includes. */
export function grantsOf(document: PlainDocument): PlainGrant[] {
  const scopes = scopesOf(document)
  const options = optionsOf(document)
  const grants: PlainGrant[] = []
  for (const scope of scopes.keys()) {
    for (const source of closure(scope, scopes)) {
      for (const endpoint of scopes.get(source)?.endpoints ?? []) {
        for (const [pattern, methods] of readEndpoint(endpoint, options)) {
          for (const method of methods) grants.push({ scope, pattern, method })
        }
      }
    }
  }
  return grants
}

/** The method of each field that lists names. */
const NAME_FIELDS = [
  ['tools', 'tools/call'],
  ['resources', 'resources/read'],
  ['prompts', 'prompts/get'],
] as const

export function isNameMethod(method: string): boolean {
  return NAME_FIELDS.some(([, own]) => own === method)
}

/** Every name that a key of the document grants itself, with its method. */
export function namesOf({ ...grants }: PlainGrants): readonly (readonly [method: string, pattern: string])[] {
  return NAME_FIELDS.flatMap(([field, method]) =>
    (grants[field] ?? []).map((pattern) => [method, pattern] as const),
  )
}

/**
 * The keys whose grants a token has: the scopes that it names, by a name or an alias, all that these include, then
 * each key of several names of which it holds all, and the baseline.
 */
export function keysHeld(document: PlainDocument, given: Iterable<string>): Set<string> {
  const scopes = scopesOf(document)
  const held = new Set<string>()
  for (const name of given) {
    const byAlias = [...scopes].find(([, { aliases = [] }]) => aliases.includes(name))?.[0]
    const scope = scopes.has(name) ? name : byAlias
    if (scope !== undefined) for (const one of closure(scope, scopes)) held.add(one)
  }
  for (const key of Object.keys(document)) {
    if (key.includes(' ') && key.split(' ').every((name) => held.has(name))) held.add(key)
  }
  if (Object.hasOwn(document, '$baseline')) held.add('$baseline')
  return held
}

/** The keys that only grant, with their endpoints as grants. */
export function extraGrantsOf(document: PlainDocument): PlainGrant[] {
  const options = optionsOf(document)
  return Object.entries(document).flatMap(([scope, value]) => {
    if (scope !== '$baseline' && !scope.includes(' ')) return []
    return ((value as PlainGrants).endpoints ?? []).flatMap((endpoint) =>
      readEndpoint(endpoint, options).flatMap(([pattern, methods]) =>
        methods.map((method) => ({ scope, pattern, method })),
      ),
    )
  })
}

/** The scope itself and everything it includes, directly or not. */
function closure(scope: string, scopes: ReadonlyMap<string, PlainScope>): Set<string> {
  const reached = new Set([scope])
  for (const name of reached) {
    for (const included of scopes.get(name)?.includes ?? []) reached.add(included)
  }
  return reached
}

function readEndpoint(endpoint: PlainEndpoint, options: AllOptions): [string, string[]][] {
  const withHead = (methods: readonly string[]): string[] => {
    const upper = methods.map((method) => method.toUpperCase())
    return options.head === 'as-get' && upper.includes('GET') ? [...upper, 'HEAD'] : upper
  }
  if (typeof endpoint === 'string') return [[endpoint, withHead(options.methods)]]
  return Object.entries(endpoint).map(([pattern, methods]) => [
    pattern,
    withHead(typeof methods === 'string' ? [methods] : methods),
  ])
}
