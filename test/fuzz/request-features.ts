/** What is special about a request, as the reference reads it. */
import type { ReferencePolicy } from '../reference/authorize.ts'
import { canonical } from '../reference/characters.ts'
import { LONGEST_PATH, withoutQuery } from '../reference/request-path.ts'
import type { Judged } from './judged.ts'

/** Every rule of the specification that refuses a path. Such requests are allowed by nothing. */
export const REFUSALS: readonly string[] = [
  'empty-target',
  'too-long',
  'asterisk-form',
  'absolute-form',
  'authority-form',
  'backslash',
  'semicolon',
  'fragment',
  'space',
  'control-character',
  'non-ascii',
  'malformed-escape',
  'encoded-slash',
  'encoded-backslash',
  'encoded-delimiter',
  'encoded-control',
  'double-encoding',
  'invalid-utf8',
  'empty-segment',
  'dot-segment',
]

const COMMON = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])

/** Those that can be allowed and denied. */
const OPEN = [
  'path: ordinary',
  'path: escape decoded',
  'path: escape kept',
  'path: encoded slash as data',
  'path: delimiter as data',
  'path: query',
  'path: no leading slash',
  'path: slash at the end',
  'path: root',
  'path: extension taken off',
  'path: segment that begins with a dot',
  'path: capital letter',
  'path: star as text',
  'path: at the length limit',
  'method: common',
  'method: HEAD',
  'method: uncommon',
  'scopes: one',
  'scopes: several',
  'scopes: some unknown',
  'scopes: an alias',
  'name: tool',
  'name: resource',
  'name: prompt',
]

/** Those that nothing may allow. */
const CLOSED = ['path: outside the base path', 'method: unknown or not upper case', 'scopes: none']

export const OPEN_REQUEST_FEATURES: readonly string[] = OPEN
export const CLOSED_REQUEST_FEATURES: readonly string[] = [
  ...REFUSALS.map((rule) => `refused: ${rule}`),
  ...CLOSED,
]

const NAMES: Readonly<Record<string, string>> = {
  'tools/call': 'name: tool',
  'resources/read': 'name: resource',
  'prompts/get': 'name: prompt',
}

const KNOWN_METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|[A-Z]+(?:-[A-Z]+)*)$/

export function featuresOfRequest(judged: Judged, reference: ReferencePolicy): string[] {
  const { scopes, method } = judged.request
  const found: string[] = []
  const known = scopes.filter((name) => reference.isKnown(name)).length
  if (scopes.some((name) => reference.isKnown(name) && !reference.scopes.includes(name)))
    found.push('scopes: an alias')
  // A baseline is granted without any scope.
  if (known > 0 || !reference.holds([], '$baseline'))
    found.push(known === 0 ? 'scopes: none' : known === 1 ? 'scopes: one' : 'scopes: several')
  if (known < scopes.length && known > 0) found.push('scopes: some unknown')
  if (judged.isName) return [...found, NAMES[method] as string]
  if (COMMON.has(method)) found.push('method: common')
  else if (method === 'HEAD') found.push('method: HEAD')
  else if (KNOWN_METHODS.test(method) && method !== 'ANY') found.push('method: uncommon')
  else found.push('method: unknown or not upper case')
  return [...found, ...featuresOfPath(judged, reference)]
}

function featuresOfPath(
  { request: { path }, broken, tested }: Judged,
  { options }: ReferencePolicy,
): string[] {
  if (broken.size > 0) return [...broken].map((rule) => `refused: ${rule}`)
  const raw = withoutQuery(path)
  if (tested === undefined) {
    // A dot segment where an extension was, or not the API's path.
    const base = canonical(options.basePath).split('/').filter(Boolean).join('/')
    const inside = `${canonical(raw).replace(/^\//, '')}/`.startsWith(`${base}/`) || base === ''
    return [inside ? 'refused: dot-segment' : 'path: outside the base path']
  }
  const found = {
    'escape decoded': canonical(raw).length < raw.length,
    'escape kept': canonical(raw).includes('%'),
    'encoded slash as data': /%2f/i.test(raw),
    'delimiter as data': /;|%3b|%3f|%23/i.test(raw),
    query: path.includes('?'),
    'no leading slash': !path.startsWith('/'),
    'slash at the end': raw.length > 1 && raw.endsWith('/'),
    root: tested === '',
    'extension taken off': options.extensions.some((one) => raw.endsWith(`.${one}`)),
    'segment that begins with a dot': /(?:^|\/)\.[^/]/.test(canonical(raw)),
    'capital letter': /[A-Z]/.test(raw.replace(/%../g, '')),
    'star as text': raw.includes('*'),
    'at the length limit': raw.length === LONGEST_PATH,
  }
  const names = Object.entries(found).flatMap(([name, holds]) => (holds ? [`path: ${name}`] : []))
  return names.length === 0 ? ['path: ordinary'] : names
}
