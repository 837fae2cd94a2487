/** Readers of the formats of `import`: each takes the data of a file to a {@link PolicyDraft}. */
import { formatNumber, quote } from '../diagnostic/words.ts'
import { LOGIN_SCOPES } from '../language/scope-token.ts'
import { entriesOf, isPlainObject, itemsOf, own, stringOf } from '../openapi/read/plain-object.ts'
import { appendPointer } from '../openapi/read/references.ts'
import { expressionParts, patternOf, type PolicyDraft, templateParts } from './draft.ts'

export interface ImportFormat {
  /** For people. */
  readonly what: string
  /** Whether the data looks like it. */
  readonly detect: (root: unknown) => boolean
  readonly read: (root: unknown, draft: PolicyDraft) => void
}

export type ImportFormatName = 'kibali' | 'github' | 'tyk' | 'oathkeeper' | 'auth0' | 'keycloak'

export const IMPORT_FORMATS: Readonly<Record<ImportFormatName, ImportFormat>> = {
  kibali: { what: 'a Kibali permissions file', detect: isKibali, read: readKibali },
  github: { what: "a permission table of GitHub's documentation", detect: isGitHub, read: readGitHub },
  tyk: { what: 'policies of Tyk', detect: (root) => tykPolicies(root).length > 0, read: readTyk },
  oathkeeper: {
    what: 'access rules of Ory Oathkeeper',
    detect: (root) => oathkeeperRules(root).length > 0,
    read: readOathkeeper,
  },
  auth0: {
    what: 'resource servers of Auth0 (a0deploy)',
    detect: (root) => auth0Servers(root).length > 0,
    read: readAuth0,
  },
  keycloak: { what: 'a realm export of Keycloak', detect: isKeycloak, read: readKeycloak },
}

const strings = (list: unknown): readonly string[] => itemsOf(list).filter((one) => typeof one === 'string')
/** Of a member; empty where it is not a string. */
const textOf = (value: unknown, member: string): string => stringOf(own(value, member)) ?? ''
/** Scalars of YAML arrive as text. */
const isFalse = (value: unknown): boolean => value === false || value === 'false'

function isKibali(root: unknown): boolean {
  return entriesOf(own(root, 'permissions')).some(([, value]) => own(value, 'pathSets') !== undefined)
}

const PROPERTY_FIELDS = ['includedProperties', 'excludedProperties'] as const

/** Each permission with the paths that it opens by itself. */
function readKibali(root: unknown, draft: PolicyDraft): void {
  const narrowed = new Set<string>()
  for (const [name, permission] of entriesOf(own(root, 'permissions'))) {
    const place = appendPointer('/permissions', name)
    const schemes = entriesOf(own(permission, 'schemes')).map(([, scheme]) => scheme)
    const text = (...fields: readonly string[]): string =>
      fields
        .flatMap((field) => schemes.flatMap((scheme) => stringOf(own(scheme, field)) ?? []))
        .find((one) => one.trim() !== '') ?? ''
    const scope = draft.scope(
      name,
      text('userDisplayName', 'adminDisplayName', 'userDescription', 'adminDescription'),
      place,
    )
    if (scope === undefined) continue
    const keys = new Set<string>()
    for (const [index, set] of itemsOf(own(permission, 'pathSets')).entries()) {
      const at = appendPointer(place, 'pathSets', index)
      const methods = strings(own(set, 'methods'))
      keys.add(strings(own(set, 'schemeKeys')).join(', '))
      for (const field of PROPERTY_FIELDS) if (own(set, field) !== undefined) narrowed.add(name)
      for (const [path, value] of entriesOf(own(set, 'paths'))) {
        const pathAt = appendPointer(at, 'paths', path)
        const needed =
          stringOf(own(set, 'alsoRequires')) ?? /AlsoRequires=([^;]+)/i.exec(stringOf(value) ?? '')?.[1]
        const pattern = patternOf(templateParts(path))
        if (pattern === undefined) draft.leftOut(`no request has the path ${quote(path)}`, pathAt)
        else if (needed === undefined) draft.grant(scope, pattern, methods, pathAt)
        else {
          draft.grant(scope, pattern, methods, pathAt, [needed])
          draft.leftOut(
            `${quote(path)} takes ${quote(needed)} beside ${quote(name)}; it is a comment`,
            pathAt,
          )
        }
      }
    }
    if (keys.size > 1)
      draft.changed(
        `${quote(name)} opens other paths by kind of sign-in (${[...keys].join('; ')}); the policy has all of them`,
        place,
      )
  }
  const [first] = narrowed
  if (first !== undefined) {
    const others = narrowed.size === 1 ? '' : ` and ${formatNumber(narrowed.size - 1)} more`
    draft.changed(
      `${quote(first)}${others}: ${PROPERTY_FIELDS.map((field) => quote(field)).join(' and ')} are not in a policy; all properties are open`,
      appendPointer('/permissions', first),
    )
  }
}

function isGitHub(root: unknown): boolean {
  return entriesOf(root).some(([, value]) =>
    itemsOf(own(value, 'permissions')).some((one) => own(one, 'requestPath') !== undefined),
  )
}

/** `NAME:read` and `NAME:write`; who may write may read. */
function readGitHub(root: unknown, draft: PolicyDraft): void {
  for (const [name, permission] of entriesOf(root)) {
    const place = appendPointer('', name)
    const title = stringOf(own(permission, 'displayTitle')) ?? stringOf(own(permission, 'title')) ?? name
    const levels = new Map<string, string>()
    for (const [index, row] of itemsOf(own(permission, 'permissions')).entries()) {
      const at = appendPointer(place, 'permissions', index)
      const [path, verb, access] = ['requestPath', 'verb', 'access'].map(
        (field) => stringOf(own(row, field)) ?? '',
      )
      if (path === undefined || access === undefined || verb === undefined || path === '' || access === '') {
        draft.leftOut(`a row of ${quote(name)} has no path or no access`, at)
        continue
      }
      const scope = levels.get(access) ?? draft.scope(`${name}:${access}`, `${title}: ${access}`, at)
      const pattern = patternOf(templateParts(path))
      if (scope === undefined) continue
      levels.set(access, scope)
      const others = own(row, 'additional-permissions')
      const needed = others === true || others === 'true' ? ['another permission'] : strings(others)
      if (pattern === undefined) draft.leftOut(`no request has the path ${quote(path)}`, at)
      else if (needed.length === 0) draft.grant(scope, pattern, [verb], at)
      else {
        draft.grant(scope, pattern, [verb], at, needed)
        draft.leftOut(
          `${quote(`${verb.toUpperCase()} ${path}`)} takes ${needed.map(quote).join(', ')} beside ${quote(scope)}; it is a comment`,
          at,
        )
      }
    }
    const order = ['read', 'write', 'admin'].flatMap((level) => levels.get(level) ?? [])
    for (const [index, scope] of order.entries()) {
      const below = order[index - 1]
      if (below !== undefined) draft.include(scope, below)
    }
  }
}

function tykPolicies(root: unknown): readonly (readonly [pointer: string, id: string, policy: unknown])[] {
  const isPolicy = (value: unknown): boolean => isPlainObject(own(value, 'access_rights'))
  if (isPolicy(root)) return [['', stringOf(own(root, 'id')) ?? textOf(root, '_id'), root]]
  const entries = Array.isArray(root)
    ? itemsOf(root).map((value, index) => [String(index), value] as const)
    : entriesOf(root)
  return entries
    .filter(([, value]) => isPolicy(value))
    .map(([key, value]) => [appendPointer('', key), stringOf(own(value, 'id')) ?? key, value])
}

/** Each policy is a scope: a token carries it by name. */
function readTyk(root: unknown, draft: PolicyDraft): void {
  for (const [place, id, policy] of tykPolicies(root)) {
    const name = stringOf(own(policy, 'name')) ?? id
    if (isFalse(own(policy, 'active'))) {
      draft.leftOut(`policy ${quote(name)} is not active`, place)
      continue
    }
    const scope = draft.scope(id === '' ? name : id, name, place)
    if (scope === undefined) continue
    for (const field of ['rate', 'quota_max', 'per']) {
      const value = own(policy, field)
      if (value !== undefined && ![0, -1, '0', '-1'].some((none) => none === value)) {
        draft.leftOut(
          `${quote(field)} of policy ${quote(name)}: a policy has no limits of rate`,
          appendPointer(place, field),
        )
        break
      }
    }
    for (const [api, rights] of entriesOf(own(policy, 'access_rights'))) {
      const at = appendPointer(place, 'access_rights', api)
      const urls = itemsOf(own(rights, 'allowed_urls'))
      if (urls.length === 0) {
        const shown = stringOf(own(rights, 'api_name')) ?? api
        draft.leftOut(
          `policy ${quote(name)} opens all of API ${quote(shown)}, whose paths are not in the file`,
          at,
        )
      }
      for (const [index, entry] of urls.entries()) {
        const urlAt = appendPointer(at, 'allowed_urls', index)
        grantExpression(draft, scope, textOf(entry, 'url'), strings(own(entry, 'methods')), urlAt)
      }
    }
  }
}

function grantExpression(
  draft: PolicyDraft,
  scope: string,
  expression: string,
  methods: readonly string[],
  pointer: string,
  together?: readonly string[],
): void {
  const parts = expressionParts(expression.replace(/^\^/, '').replace(/\$$/, ''))
  const pattern = parts === undefined ? undefined : patternOf(parts)
  if (pattern === undefined)
    draft.leftOut(`the expression ${quote(expression)} has no equal among patterns`, pointer)
  else draft.grant(scope, pattern, methods, pointer, together)
}

function oathkeeperRules(root: unknown): readonly (readonly [pointer: string, rule: unknown])[] {
  const isRule = (value: unknown): boolean =>
    own(own(value, 'match'), 'url') !== undefined && own(value, 'authenticators') !== undefined
  const spec = own(root, 'spec')
  if (isRule(spec)) return [['/spec', spec]]
  if (isRule(root)) return [['', root]]
  return itemsOf(root).flatMap((value, index) => (isRule(value) ? [[`/${index}`, value] as const] : []))
}

/** Handlers that let in who has no token. */
const OPEN_HANDLERS = ['noop', 'anonymous', 'unauthorized']

function readOathkeeper(root: unknown, draft: PolicyDraft): void {
  for (const [place, rule] of oathkeeperRules(root)) {
    const id = stringOf(own(rule, 'id')) ?? place
    const url = textOf(own(rule, 'match'), 'url')
    const methods = strings(own(own(rule, 'match'), 'methods'))
    const at = appendPointer(place, 'match')
    const handlers = itemsOf(own(rule, 'authenticators'))
    const open = handlers.map((one) => textOf(one, 'handler')).find((one) => OPEN_HANDLERS.includes(one))
    if (open !== undefined)
      draft.leftOut(
        `rule ${quote(id)} also lets in requests without a token (${quote(open)})`,
        appendPointer(place, 'authenticators'),
      )
    const authorizer = stringOf(own(own(rule, 'authorizer'), 'handler'))
    if (authorizer !== undefined && authorizer !== 'allow') {
      draft.leftOut(
        `rule ${quote(id)} is decided by ${quote(authorizer)} as well; it grants nothing here`,
        appendPointer(place, 'authorizer'),
      )
      continue
    }
    let isScoped = false
    for (const handler of handlers) {
      const needed = strings(own(own(handler, 'config'), 'required_scope'))
      const [first, ...others] = needed
      if (first === undefined) continue
      isScoped = true
      const scope = draft.scope(first, '', appendPointer(place, 'authenticators'))
      for (const other of others) draft.scope(other, '', appendPointer(place, 'authenticators'))
      if (scope === undefined) continue
      if (others.length > 0)
        draft.leftOut(`rule ${quote(id)} takes ${needed.map(quote).join(', ')} together; it is a comment`, at)
      const path = pathOfUrl(url)
      if (path === undefined) draft.leftOut(`the URL ${quote(url)} has no equal among patterns`, at)
      else grantExpression(draft, scope, path, methods, at, others.length > 0 ? others : undefined)
    }
    if (!isScoped && open === undefined)
      draft.leftOut(`rule ${quote(id)} asks for no scope: every token may use it, see \`$baseline\``, place)
  }
}

/** The path of a URL whose expressions are between `<` and `>`, with its expressions bare; undefined where it has no path. */
function pathOfUrl(url: string): string | undefined {
  const found = /^(?:<[^>]*>|[a-z]+):\/\/((?:<(?:[^<>]|<[^>]*>)*>|[^/<>])*)(\/.*)?$/.exec(url)
  if (found === null) return undefined
  const path = found[2] ?? '/'
  // Literal text is not an expression: what would mean something in one has no equal here.
  return path.replace(/<([^<>]*)>/g, (_, inner: string) =>
    inner === '**' ? '.*' : inner === '*' ? '[^/]+' : inner,
  )
}

function auth0Servers(root: unknown): readonly (readonly [pointer: string, server: unknown])[] {
  // Without scopes it still has a name, as all of Auth0's resources.
  const isServer = (value: unknown): boolean =>
    own(value, 'identifier') !== undefined &&
    (own(value, 'name') !== undefined ||
      itemsOf(own(value, 'scopes')).some((one) => own(one, 'value') !== undefined))
  if (isServer(root)) return [['', root]]
  return itemsOf(own(root, 'resourceServers')).flatMap((value, index) =>
    isServer(value) ? [[`/resourceServers/${index}`, value] as const] : [],
  )
}

/** Scopes with their descriptions; Auth0 has no paths. */
function readAuth0(root: unknown, draft: PolicyDraft): void {
  for (const [place, server] of auth0Servers(root)) {
    const name = textOf(server, 'identifier')
    const scopes = itemsOf(own(server, 'scopes'))
    if (scopes.length === 0) {
      draft.leftOut(`resource server ${quote(name)} has no scopes`, place)
      continue
    }
    for (const [index, one] of scopes.entries()) {
      const value = stringOf(own(one, 'value'))
      if (value !== undefined)
        draft.scope(value, textOf(one, 'description'), appendPointer(place, 'scopes', index))
    }
    draft.leftOut(
      `the endpoints of ${formatNumber(scopes.length)} scopes of ${quote(name)}: Auth0 does not know which paths they open`,
      appendPointer(place, 'scopes'),
    )
  }
}

function isKeycloak(root: unknown): boolean {
  return (
    own(root, 'realm') !== undefined &&
    (own(root, 'clientScopes') !== undefined || own(root, 'clients') !== undefined)
  )
}

/** Client scopes with their consent texts. What Authorization Services protect is decided by their own policies. */
function readKeycloak(root: unknown, draft: PolicyDraft): void {
  const listed = itemsOf(own(root, 'clientScopes'))
  let isForApi = false
  for (const [index, one] of listed.entries()) {
    const place = `/clientScopes/${index}`
    const name = textOf(one, 'name')
    if (stringOf(own(one, 'protocol')) === 'saml') {
      draft.leftOut(`client scope ${quote(name)} is for SAML`, place)
      continue
    }
    const attributes = own(one, 'attributes')
    if (isFalse(own(attributes, 'include.in.token.scope'))) {
      draft.leftOut(
        `client scope ${quote(name)} is not among the scopes of a token (\`include.in.token.scope\`)`,
        place,
      )
      continue
    }
    const text = textOf(attributes, 'consent.screen.text')
    // Strings in `${…}` are keys of a theme.
    const scope = draft.scope(
      name,
      /^\$\{.*\}$/.test(text) || text === '' ? textOf(one, 'description') : text,
      place,
    )
    isForApi ||= scope !== undefined && !LOGIN_SCOPES.has(scope)
  }
  if (isForApi)
    draft.leftOut(
      'the endpoints of client scopes: Keycloak does not know which paths they open',
      '/clientScopes',
    )
  for (const [index, client] of itemsOf(own(root, 'clients')).entries()) {
    const settings = own(client, 'authorizationSettings')
    const at = `/clients/${index}/authorizationSettings/resources`
    for (const [number, resource] of itemsOf(own(settings, 'resources')).entries()) {
      const uris = [...strings(own(resource, 'uris')), ...strings([own(resource, 'uri')])]
      if (uris.length === 0) continue
      const name = textOf(resource, 'name')
      draft.leftOut(
        `resource ${quote(name)} (${uris.slice(0, 3).map(quote).join(', ')}) is opened by policies of Keycloak, not by scopes of a token`,
        appendPointer(at, number),
      )
    }
  }
}
