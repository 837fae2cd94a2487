/** From the data of each kind of document to what it says of scopes. */
import { isObject, ownMember } from '../source/own.ts'
import type { McpCoverage, McpLists } from '../mcp/coverage/types.ts'
import { type ApiDescription, isUnread } from '../openapi/model.ts'
import { type Finding, type Listing, SourceError } from './types.ts'

/** Members of metadata that `doctor` compares across documents. */
export interface Metadata {
  readonly listing: Listing
  /** Issuer identifiers: of the server itself, or those that the resource names. */
  readonly issuers: readonly string[]
}

/**
 * Authorization server metadata (RFC 8414 §2), or that of an OpenID provider.
 *
 * @throws SourceError when it is something else.
 */
export function readServerMetadata(value: unknown): Metadata {
  const root = objectOf(value, 'the document')
  const issuer = ownMember(root, 'issuer')
  if (typeof issuer !== 'string')
    throw new SourceError('it is not authorization server metadata: it has no `issuer` (RFC 8414 section 2)')
  return { listing: supported(root), issuers: [issuer] }
}

/**
 * Protected resource metadata (RFC 9728 §2).
 *
 * @throws SourceError when it is something else.
 */
export function readResourceMetadata(value: unknown): Metadata {
  const root = objectOf(value, 'the document')
  if (typeof ownMember(root, 'resource') !== 'string')
    throw new SourceError('it is not protected resource metadata: it has no `resource` (RFC 9728 section 2)')
  return { listing: supported(root), issuers: names(root, 'authorization_servers') }
}

/** The resource has to name the issuer, character by character (RFC 8414 §3.3). */
export function issuerFindings(server: Metadata, resource: Metadata): readonly Finding[] {
  const { issuers: expected } = resource
  if (expected.length === 0) return []
  return server.issuers
    .filter((issuer) => !expected.includes(issuer))
    .map((listed) => ({ kind: 'address', listed, expected }))
}

/** The scopes that security schemes declare, and those that operations ask for besides. */
export function readApi({ scopes: declared, operations, discovers, notes }: ApiDescription): Listing {
  const scopes = new Map([...declared.values()].map(({ name, description }) => [name, description]))
  for (const { security } of operations) {
    for (const one of security ?? []) {
      if (one.kind !== 'scopes') continue
      for (const name of one.scopes) if (!scopes.has(name)) scopes.set(name, '')
    }
  }
  const findings = notes.filter(isUnread).map(({ message: text, pointer }): Finding => {
    return { kind: 'unread', text, ...(pointer !== undefined && { pointer }) }
  })
  return { scopes, isComplete: !discovers, findings }
}

/** The scopes that tools say to need (`securitySchemes`, a table of scopes), and what `mcpCoverage` finds. */
export function readMcp({ tools = [] }: McpLists, { items, unused }: McpCoverage): Listing {
  const asked = tools.flatMap((tool) => (typeof tool === 'string' ? [] : scopesOfTool(tool)))
  const unreached = items.filter(({ reach }) => reach === 'none' || reach === 'refused')
  return {
    scopes: new Map(asked.map((name) => [name, ''])),
    isComplete: false,
    findings: [
      ...unreached.map(({ kind: item, name: listed }): Finding => ({ kind: 'unreached', item, listed })),
      ...unused.map(({ kind: item, pattern, scope }): Finding => ({ kind: 'unused', item, pattern, scope })),
    ],
  }
}

/** Lists of servers are not checked beyond their names, so any member may be anything. */
function scopesOfTool(tool: object): readonly string[] {
  const meta = ownMember(tool, '_meta')
  const holders = [tool, ...(isObject(meta) ? [meta] : [])]
  const schemes = holders.flatMap((holder) => listOf(ownMember(holder, 'securitySchemes')))
  const lists = schemes.map((scheme) => (isObject(scheme) ? ownMember(scheme, 'scopes') : undefined))
  return [...lists, ...listOf(ownMember(tool, 'scopes'))]
    .flatMap(listOf)
    .filter((name) => typeof name === 'string')
}

/**
 * The metadata of an AuthZEN decision point, which has addresses, or what has the scopes of subjects: the
 * configuration of `serve`, its section `authzen`, or the file that `subjectsFile` names.
 *
 * @throws SourceError when it is something else.
 */
export function readAuthzen(value: unknown): Listing {
  const root = objectOf(value, 'the document')
  const point = ownMember(root, 'policy_decision_point')
  if (typeof point === 'string')
    return { scopes: new Map(), isComplete: false, findings: endpoints(root, point) }
  const section = objectOf(ownMember(root, 'authzen') ?? root, '`authzen`')
  const subjects = ownMember(section, 'subjects')
  if (subjects === undefined && ownMember(section, 'subjectsFile') !== undefined)
    throw new SourceError('its subjects are in the file that `subjectsFile` names; give that one')
  if (subjects === undefined && section !== root)
    return { scopes: new Map(), isComplete: false, findings: [] }
  const scopes = Object.values(objectOf(subjects ?? section, '`subjects`')).flatMap((ids) =>
    Object.values(objectOf(ids, 'a type of `subjects`')).flatMap((scopes) => {
      if (typeof scopes === 'string') return scopes.split(' ').filter((name) => name !== '')
      if (Array.isArray(scopes) && scopes.every((name) => typeof name === 'string')) return scopes
      throw new SourceError(
        'it is not an AuthZEN configuration: a subject has neither a string nor a list of scopes',
      )
    }),
  )
  return { scopes: new Map(scopes.map((name) => [name, ''])), isComplete: false, findings: [] }
}

/** Endpoints belong to the decision point (AuthZEN 1.0 §9.1). */
function endpoints(root: object, point: string): readonly Finding[] {
  const evaluation = 'access_evaluation_endpoint'
  if (typeof ownMember(root, evaluation) !== 'string')
    throw new SourceError(`it is not an AuthZEN configuration: it has no \`${evaluation}\``)
  return Object.entries(root).flatMap(([name, listed]): readonly Finding[] => {
    if (!name.endsWith('_endpoint') || typeof listed !== 'string' || originOf(listed) === originOf(point))
      return []
    return [{ kind: 'address', listed, expected: [point] }]
  })
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url
}

function supported(root: object): Listing {
  const scopes = new Map(names(root, 'scopes_supported').map((name) => [name, '']))
  return { scopes, isComplete: true, findings: [] }
}

function names(root: object, member: string): readonly string[] {
  const list = ownMember(root, member) ?? []
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list
  throw new SourceError(`its \`${member}\` is not a list of strings`)
}

function objectOf(value: unknown, what: string): object {
  if (isObject(value)) return value
  throw new SourceError(`${what} is not an object`)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
