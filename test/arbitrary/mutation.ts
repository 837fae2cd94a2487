/**
 * Small changes to a path, each a way in which real requests come close to a pattern: another spelling of
 * the same path, another path that some server takes for the same, or simply a typing mistake.
 */
import fc from 'fast-check'

/** `place` says where, as a fraction of the length, so that one mutation fits every path. */
type Mutate = (path: string, at: number, insert: string) => string

const MUTATIONS: Readonly<Record<string, Mutate>> = {
  'flip case': (path, at) => replaceAt(path, at, flipCase),
  'escape a character': (path, at) => replaceAt(path, at, (text) => escape(text, false)),
  'escape in lower case': (path, at) => replaceAt(path, at, (text) => escape(text, true)),
  'drop a character': (path, at) => replaceAt(path, at, () => ''),
  'double a character': (path, at) => replaceAt(path, at, (text) => text + text),
  insert: (path, at, text) => path.slice(0, at) + text + path.slice(at),
  'insert before a slash': (path, at, text) => nearSlash(path, at, (slash) => text + slash),
  'insert after a slash': (path, at, text) => nearSlash(path, at, (slash) => slash + text),
  'replace a slash': (path, at, text) => nearSlash(path, at, () => text),
  'double a slash': (path, at) => nearSlash(path, at, (slash) => slash + slash),
  'drop a slash': (path, at) => nearSlash(path, at, () => ''),
  'toggle the trailing slash': (path) => (path.endsWith('/') ? path.slice(0, -1) : `${path}/`),
  'toggle the leading slash': (path) => (path.startsWith('/') ? path.slice(1) : `/${path}`),
  append: (path, _, text) => path + text,
  'append an extension': (path, at) =>
    path + (['.json', '.xml', '.JSON', '.json.xml', '.a', '.txt'][at % 6] ?? ''),
  'append a query': (path, at) => path + (['?', '?q=1', '?/../x', '?%zz#', '?a?b'][at % 5] ?? ''),
  'drop the first segment': (path) => path.replace(/^\/?[^/]*/, ''),
  prefix: (path, at) => (['/rest', '/Rest', '/api/v1', 'https://host', '/', '/res'][at % 6] ?? '') + path,
}

export const MUTATION_INSERTS: readonly string[] = [
  '.',
  '..',
  '../',
  './',
  '/',
  '//',
  '/../',
  '/./',
  '%2e',
  '%2E%2e',
  '.%2e',
  '..;x',
  ';x',
  ';',
  '%3B',
  '%3b',
  '%2F',
  '%2f',
  '\\',
  '%5C',
  '%5c',
  '%20',
  '%C3%A9',
  '%c3%a9',
  '%C3',
  '%A9',
  '%C0%AF',
  '%ED%A0%80',
  '%F4%90%80%80',
  '%25',
  '%252F',
  '%25%32%46',
  '%2541',
  '%',
  '%z',
  '%2',
  '%00',
  '%0a',
  '%7F',
  '%23',
  '%3F',
  '#',
  '#x',
  '?',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '\x7f',
  '\x85',
  '\xa0',
  'é',
  '\u212a',
  '\uff0e\uff0e',
  '\uff0f',
  '\u2025',
  '\u012e',
  '\u012f',
  '\ud800',
  '0',
  '5',
  'a',
  'A',
  'b',
  '*',
  '{',
  '"',
  '~',
  '+',
  '%2A',
  '%2B',
  '%7e',
  '.json',
  '@',
  ':',
  ':80',
]

export const MUTATION_KINDS: readonly string[] = Object.keys(MUTATIONS)

export interface Mutation {
  readonly kind: string
  readonly place: number
  readonly insert: string
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...MUTATION_KINDS),
  place: fc.integer({ min: 0, max: 60 }),
  insert: fc.constantFrom(...MUTATION_INSERTS),
})

export function mutate(path: string, { kind, place, insert }: Mutation): string {
  return MUTATIONS[kind]?.(path, path.length === 0 ? 0 : place % (path.length + 1), insert) ?? path
}

function replaceAt(path: string, at: number, change: (text: string) => string): string {
  return path.slice(0, at) + change(path.slice(at, at + 1)) + path.slice(at + 1)
}

/** At the first slash from the place on, or else the first of all. */
function nearSlash(path: string, at: number, change: (slash: string) => string): string {
  const from = path.indexOf('/', at)
  const place = from === -1 ? path.indexOf('/') : from
  return place === -1 ? path : replaceAt(path, place, change)
}

function flipCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()
}

function escape(text: string, lower: boolean): string {
  const escaped = [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('')
  return lower ? escaped : escaped.toUpperCase()
}
