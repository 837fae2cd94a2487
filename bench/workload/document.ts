/**
 * The policies of the benchmark, as plain data and as YAML text. The smallest is the default document
 * of the reference implementation; the others are generated with the same few shapes of pattern that
 * written policies have: mostly a prefix of two words, then literal segments with no, one or two stars.
 */
import type { PlainDocument, PlainEndpoint, PlainScope } from '../../test/reference/document.ts'
import { type Random, seeded } from './random.ts'
import { AREAS, PARTS, RESOURCES, SUFFIXES } from './words.ts'

export interface Size {
  /** As it is written in tables: `200x25`. */
  readonly name: string
  readonly scopes: number
  /** Endpoints of each scope; those of the default document are what they are. */
  readonly endpoints: number
}

export const SIZES: readonly Size[] = [
  { name: '4', scopes: 4, endpoints: 1 },
  { name: '20x10', scopes: 20, endpoints: 10 },
  { name: '200x25', scopes: 200, endpoints: 25 },
  { name: '2000x25', scopes: 2000, endpoints: 25 },
]

const DEFAULT_DOCUMENT: PlainDocument = {
  profile: { label: 'Access your profile information', endpoints: [{ 'workers/me': 'GET' }] },
  search: { label: 'Search records on your behalf', endpoints: [{ 'records/*/search': ['GET'] }] },
  'api:read-only': {
    label: 'Make any read-only API request on your behalf',
    endpoints: [{ '*': ['GET'] }],
  },
  api: { label: 'Make any API request on your behalf', endpoints: ['*'] },
}

export function documentOf(size: Size): PlainDocument {
  if (size.name === '4') return DEFAULT_DOCUMENT
  const random = seeded(size.scopes * 1000 + size.endpoints)
  const document: Record<string, PlainScope> = {}
  for (let index = 0; index < size.scopes; index++) {
    const pair = Math.floor(index / VERBS.length)
    const area = AREAS[pair % AREAS.length] ?? ''
    const resource = RESOURCES[Math.floor(pair / AREAS.length) % RESOURCES.length] ?? ''
    const verb = VERBS[index % VERBS.length] ?? ''
    document[`${area}.${resource}:${verb}`] = {
      label: `${verb} the ${resource} of ${area}`,
      endpoints: endpointsOf(`${area}/${resource}`, resource, verb, size.endpoints, random),
    }
  }
  return document
}

const VERBS: readonly string[] = ['read', 'write', 'admin']
const WRITING: readonly (readonly string[])[] = [
  ['GET', 'POST'],
  ['PUT', 'PATCH'],
  ['DELETE'],
  ['GET', 'PUT', 'PATCH', 'DELETE'],
]

function endpointsOf(
  prefix: string,
  resource: string,
  verb: string,
  count: number,
  random: Random,
): PlainEndpoint[] {
  const patterns = new Set([prefix, `${prefix}/*`])
  while (patterns.size < count) patterns.add(patternUnder(prefix, resource, random))
  return [...patterns].map((pattern) => withMethods(pattern, verb, random))
}

/** One pattern; the numbers are percentages. */
function patternUnder(prefix: string, resource: string, random: Random): string {
  const part = random.pick(PARTS)
  const other = random.pick(PARTS)
  const dice = random.below(100)
  if (dice < 25) return `${prefix}/${part}/${other}`
  if (dice < 50) return `${prefix}/*/${part}`
  if (dice < 63) return `${prefix}/${part}/*`
  if (dice < 76) return `${prefix}/*/${part}/*`
  if (dice < 88) return `${prefix}/*/${part}/*/${other}`
  if (dice < 94) return `${prefix}/${part}/*${random.pick(SUFFIXES)}`
  if (dice < 97) return `${prefix}/${part}-*`
  return `*/${resource}/${part}/${other}`
}

function withMethods(pattern: string, verb: string, random: Random): PlainEndpoint {
  if (random.chance(0.1)) return pattern
  if (verb === 'read') return { [pattern]: random.chance(0.8) ? 'GET' : ['GET', 'POST'] }
  return { [pattern]: random.pick(WRITING) }
}

/** The document as YAML, in the layout that people write. */
export function yamlOf(document: PlainDocument): string {
  const lines: string[] = []
  for (const [name, value] of Object.entries(document)) {
    lines.push(`${JSON.stringify(name)}:`)
    if (!('label' in value)) {
      for (const [option, chosen] of Object.entries(value))
        lines.push(`  ${option}: ${JSON.stringify(chosen)}`)
      continue
    }
    lines.push(`  label: ${value.label}`, '  endpoints:')
    for (const endpoint of value.endpoints ?? []) lines.push(`    - ${endpointText(endpoint)}`)
  }
  return `${lines.join('\n')}\n`
}

function endpointText(endpoint: PlainEndpoint): string {
  if (typeof endpoint === 'string') return JSON.stringify(endpoint)
  const [pattern = '', methods = ''] = Object.entries(endpoint)[0] ?? []
  const list = typeof methods === 'string' ? methods : `[${methods.join(', ')}]`
  return `${JSON.stringify(pattern)}: ${list}`
}
