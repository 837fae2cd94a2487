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

export interface PlainScope {
  readonly label: string
  readonly endpoints?: readonly PlainEndpoint[]
  readonly includes?: readonly string[]
}

/** Scope names to scopes; the one key `$options` holds options instead. */
export type PlainDocument = Readonly<Record<string, PlainScope | PlainOptions>>

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

/** The scopes of a document, without `$options` and `$schema`. */
export function scopesOf(document: PlainDocument): Map<string, PlainScope> {
  const entries = Object.entries(document).filter(([name]) => !name.startsWith('$'))
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
