/**
 * Security schemes and requirements. Alternatives of a list are one or the other, schemes of one requirement
 * are asked for together, and so are the scopes of a scheme (OpenAPI 3.1 §4.8.30).
 *
 * What asks for no bearer token: `security: []`, `{}`, and credentials of other kinds (basic authentication and
 * its like, mutual TLS, API keys that are neither in `Authorization` nor RFC 6750's `access_token`). A scheme that
 * is unknown or not understood, and a `security` that is not valid in any part, let no request in and are reported:
 * taken for "no token", they would hide operations from every check.
 */
import { closest, quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { Alternative, DeclaredScope, Report } from '../model.ts'
import { entriesOf, isPlainObject, own, stringOf } from './plain-object.ts'
import { appendPointer, type References, ROOT_FILE } from './references.ts'

/** What is asked for of one operation; more is not a document for people. */
const MAX_ALTERNATIVES = 1000
const MAX_SCOPES = 100

/** `scopes`: a token whose scopes the scheme declares; `token`: a bearer token; `other`: credentials without one. */
type SchemeKind = 'scopes' | 'token' | 'other' | 'unknown'

/** HTTP authentication schemes (IANA registry) that carry an access token, and those that do not. */
const TOKEN_SCHEMES = ['bearer', 'dpop', 'gnap', 'privatetoken']
const OTHER_SCHEMES = [
  'basic',
  'concealed',
  'digest',
  'hoba',
  'mutual',
  'negotiate',
  'scram-sha-1',
  'scram-sha-256',
  'vapid',
]

export interface Schemes {
  readonly kinds: ReadonlyMap<string, SchemeKind>
  readonly scopes: ReadonlyMap<string, DeclaredScope>
  readonly discovers: boolean
}

export interface SecurityOptions {
  /** Each scope of a list is enough by itself. */
  readonly anyScope: boolean
  /** An extension of operations that lists scopes, instead of `security`. */
  readonly scopesFrom: string | undefined
}

/** `components.securitySchemes` of OpenAPI 3, `securityDefinitions` of Swagger 2.0. */
export function readSchemes(
  schemes: unknown,
  pointer: string,
  references: References,
  report: Report,
): Schemes {
  const kinds = new Map<string, SchemeKind>()
  const scopes = new Map<string, DeclaredScope>()
  let discovers = false
  if (schemes !== undefined && !isPlainObject(schemes)) {
    report({ code: 'unknown-scheme', message: 'the security schemes are not an object', pointer })
  }
  for (const [name, value] of entriesOf(schemes)) {
    const place = appendPointer(pointer, name)
    const chain = references.follow(value, ROOT_FILE, place)
    const scheme = chain.links.at(-1)?.object
    const kind = chain.complete ? kindOf(scheme) : 'unknown'
    kinds.set(name, kind)
    // A reference that is not followed has been reported.
    if (kind === 'unknown' && (chain.complete || chain.links.length === 0)) {
      report({
        code: 'unknown-scheme',
        message: `security scheme ${quote(name)} is of an unknown kind`,
        help: 'operations that ask for it are denied to everybody',
        pointer: place,
      })
    }
    const type = own(scheme, 'type')
    if (type === 'openIdConnect') discovers = true
    if (kind !== 'scopes' || type !== 'oauth2') continue
    // Swagger 2.0 has the scopes next to the only flow of a scheme.
    const flows = [scheme, ...entriesOf(own(scheme, 'flows')).map(([, flow]) => flow)]
    for (const flow of flows) {
      const declared = own(flow, 'scopes')
      if (declared !== undefined && !isPlainObject(declared)) {
        report({
          code: 'invalid-security',
          message: `\`scopes\` of security scheme ${quote(name)} is not an object`,
          help: 'write each scope with its description: `{ "things:read": "Read things" }`',
          pointer: place,
        })
      }
      for (const [scope, description] of entriesOf(declared)) {
        if (own(scheme, 'flows') === undefined && scope.startsWith('x-')) continue
        const known = scopes.get(scope)?.description ?? ''
        scopes.set(scope, { name: scope, description: known === '' ? (stringOf(description) ?? '') : known })
      }
    }
  }
  return { kinds, scopes, discovers }
}

function kindOf(scheme: unknown): SchemeKind {
  const lower = (field: string): string => (stringOf(own(scheme, field)) ?? '').toLowerCase()
  switch (own(scheme, 'type')) {
    case 'oauth2':
    case 'openIdConnect':
      return 'scopes'
    case 'basic':
    case 'mutualTLS':
      return 'other'
    case 'http':
      return TOKEN_SCHEMES.includes(lower('scheme'))
        ? 'token'
        : OTHER_SCHEMES.includes(lower('scheme'))
          ? 'other'
          : 'unknown'
    case 'apiKey': {
      const name = lower('name')
      const place = own(scheme, 'in')
      if (name === '' || (place !== 'header' && place !== 'query' && place !== 'cookie')) return 'unknown'
      const isToken =
        (place === 'header' && name === 'authorization') || (place === 'query' && name === 'access_token')
      return isToken ? 'token' : 'other'
    }
    default:
      return 'unknown'
  }
}

/** Something that is not valid; reported once for the list that it is in. */
class InvalidSecurity extends Error {}

export class SecurityReader {
  readonly #schemes: Schemes
  readonly #options: SecurityOptions
  readonly #report: Report
  /** Schemes of which something has been reported. */
  readonly #reported = new Set<string>()

  constructor(schemes: Schemes, options: SecurityOptions, report: Report) {
    this.#schemes = schemes
    this.#options = options
    this.#report = report
  }

  /** Null where there is no `security`. */
  read(list: unknown, pointer: string): readonly Alternative[] | null {
    if (list === undefined) return null
    return this.#valid('security', pointer, () => {
      if (!Array.isArray(list)) {
        throw new InvalidSecurity(`is ${shapeOf(list)}, not a list`)
      }
      if (list.length > MAX_ALTERNATIVES) {
        throw new OpenApiError(`an operation has more than ${MAX_ALTERNATIVES} alternatives in \`security\``)
      }
      // `security: []` takes the requirements of the document back.
      if (list.length === 0) return [{ kind: 'anybody' }]
      return Array.from(list.keys(), (index) => this.#requirement(own(list, String(index)), pointer)).flat()
    })
  }

  /** What an extension of an operation says of scopes; null where the operation does not have it. */
  readExtension(
    operation: unknown,
    pointer: string,
    security: readonly Alternative[] | null,
  ): readonly Alternative[] | null {
    const { scopesFrom } = this.#options
    const value = scopesFrom === undefined ? undefined : own(operation, scopesFrom)
    if (scopesFrom === undefined || value === undefined) return null
    const lists = this.#valid(scopesFrom, appendPointer(pointer, scopesFrom), () =>
      scopeLists(value).flatMap((scopes) => this.#split(this.#named(scopes), false)),
    )
    // The extension names scopes; that no token is needed is still for `security` to state.
    return [...(security ?? []).filter(({ kind }) => kind === 'anybody' || kind === 'other'), ...lists]
  }

  #valid(field: string, pointer: string, read: () => readonly Alternative[]): readonly Alternative[] {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InvalidSecurity)) throw error
      this.#report({
        code: 'invalid-security',
        message: `${quote(field)} ${error.message}, so it grants nothing`,
        help:
          field === 'security'
            ? 'write a list of objects that name schemes, each with its list of scopes: `[{ login: [read] }]`'
            : 'write a list of scopes, or of objects with a list `scopes`',
        pointer,
      })
      return [{ kind: 'unknown' }]
    }
  }

  #requirement(requirement: unknown, pointer: string): readonly Alternative[] {
    if (!isPlainObject(requirement))
      throw new InvalidSecurity(`has ${shapeOf(requirement)} where an object belongs`)
    const names = Object.keys(requirement)
    if (names.length === 0) return [{ kind: 'anybody' }]
    const scopes = new Set<string>()
    const kinds = new Set<SchemeKind>()
    for (const name of names) {
      const needed = own(requirement, name)
      if (!Array.isArray(needed)) {
        throw new InvalidSecurity(`has ${shapeOf(needed)} where the list of scopes of ${quote(name)} belongs`)
      }
      const kind = this.#schemes.kinds.get(name) ?? this.#missing(name, pointer)
      kinds.add(kind)
      const listed = this.#named(Array.from(needed.keys(), (index) => own(needed, String(index))))
      if (kind !== 'scopes' && kind !== 'token') continue
      if (kind === 'token' && listed.length > 0) this.#roles(name, pointer)
      for (const scope of listed) scopes.add(scope)
    }
    if (kinds.has('unknown')) return [{ kind: 'unknown' }]
    if (!kinds.has('scopes') && !kinds.has('token')) return [{ kind: 'other' }]
    if (!kinds.has('scopes') && scopes.size === 0) return [{ kind: 'token' }]
    return this.#split([...scopes], kinds.has('other'))
  }

  #split(scopes: readonly string[], others: boolean): readonly Alternative[] {
    if (scopes.length > MAX_SCOPES) {
      throw new OpenApiError(`an operation asks for more than ${MAX_SCOPES} scopes at once`)
    }
    return this.#options.anyScope && scopes.length > 1
      ? scopes.map((scope) => ({ kind: 'scopes', scopes: [scope], others }))
      : [{ kind: 'scopes', scopes, others }]
  }

  #named(values: readonly unknown[]): readonly string[] {
    const names = values.map((value) => {
      if (typeof value !== 'string') throw new InvalidSecurity(`has ${shapeOf(value)} where a scope belongs`)
      // Scalars of YAML arrive as text: `5` and `null` are scopes only where a scheme declares them.
      if (looksTyped(value) && !this.#schemes.scopes.has(value)) {
        throw new InvalidSecurity(`has ${quote(value)} where a scope belongs`)
      }
      return value
    })
    return [...new Set(names)]
  }

  #missing(name: string, pointer: string): 'unknown' {
    if (this.#reported.has(name)) return 'unknown'
    this.#reported.add(name)
    const near = closest(name, this.#schemes.kinds.keys())
    this.#report({
      code: 'unknown-scheme',
      message: `there is no security scheme ${quote(name)}`,
      help:
        near === undefined
          ? 'operations that ask for it are denied to everybody'
          : `did you mean ${quote(near)}?`,
      pointer,
    })
    return 'unknown'
  }

  #roles(name: string, pointer: string): void {
    if (this.#reported.has(name)) return
    this.#reported.add(name)
    this.#report({
      code: 'roles',
      message: `security scheme ${quote(name)} declares no scopes; the roles that operations list for it are taken for scopes`,
      pointer,
    })
  }
}

/** Lists of scopes that are enough, together, one list or the other. */
function scopeLists(value: unknown): readonly (readonly unknown[])[] {
  if (typeof value === 'string') return [value.split(/[\s,]+/).filter((name) => name !== '')]
  if (!Array.isArray(value)) throw new InvalidSecurity(`is ${shapeOf(value)}, not a list`)
  if (value.length > MAX_ALTERNATIVES) {
    throw new OpenApiError(`an operation has more than ${MAX_ALTERNATIVES} alternatives of scopes`)
  }
  const items = Array.from(value.keys(), (index) => own(value, String(index)))
  if (!items.some(isPlainObject)) return [items]
  return items.map((item) => {
    const scopes = own(item, 'scopes')
    if (!Array.isArray(scopes)) throw new InvalidSecurity('has an entry without a list `scopes`')
    return Array.from(scopes.keys(), (index) => own(scopes, String(index)))
  })
}

function looksTyped(text: string): boolean {
  return /^(?:[-+]?[\d.][\d._]*(?:e[-+]?\d+)?|true|false|null|~|)$/i.test(text)
}

function shapeOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object'
    ? 'an object'
    : typeof value === 'string'
      ? quote(value)
      : `a ${typeof value}`
}
