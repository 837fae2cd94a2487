/**
 * The path rules on strings of any code units: what is refused, and the canonical form of what is not, as the
 * reference says; and decisions of a few policies that differ in their options.
 */
import { DEFAULT_OPTIONS } from '../../../src/language/options.ts'
import { loadPolicy } from '../../../src/index.ts'
import { printCanonical } from '../../../src/pattern/canonical.ts'
import { readPath } from '../../../src/pattern/request-path.ts'
import type { PathRules } from '../../../src/pattern/request-path.ts'
import { referencePolicy } from '../../reference/authorize.ts'
import { canonical } from '../../reference/characters.ts'
import type { PlainDocument, PlainOptions } from '../../reference/document.ts'
import { LONGEST_PATH, refusalsOf, withoutQuery } from '../../reference/request-path.ts'
import type { Said } from './check-source.ts'

const OPTIONS: readonly PlainOptions[] = [
  {},
  { preset: 'cerb' },
  { basePath: '/a', extensions: ['json', 'xml'] },
  { basePath: '/caf%C3%A9' },
  { extensions: ['gz', 'tar.gz', 'a'], trailingSlash: 'ignore' },
  { caseSensitive: false },
  { encodedSlash: 'data' },
  { delimiters: 'data' },
  { encodedSlash: 'data', delimiters: 'data', extensions: ['a'], trailingSlash: 'ignore' },
  { wildcard: 'segment' },
  { wildcard: 'segment', caseSensitive: false, encodedSlash: 'data', delimiters: 'data' },
]

const PATTERNS = [
  '/',
  'a',
  'a/',
  'a/*',
  '*',
  '*/',
  '*a*',
  '*.a',
  'a%20b',
  '*%C3%A9',
  'A/b',
  '%2F*',
  '.a/*',
  '*;a',
  '%25*',
]

/** One scope in so many is asked alone. */
const SOME = 5

const POLICIES = OPTIONS.map((options) => {
  const scopes = PATTERNS.map((pattern, place) => [
    `s${place}`,
    { label: 'x', endpoints: [{ [pattern]: 'GET' }] },
  ])
  const document = Object.fromEntries([['$options', options], ...scopes]) as PlainDocument
  return { policy: loadPolicy(document), reference: referencePolicy(document) }
})

const RULES: readonly PathRules[] = (['refuse', 'data'] as const).flatMap((encodedSlash) =>
  (['refuse', 'data'] as const).map((delimiters) => ({
    ...DEFAULT_OPTIONS,
    encodedSlash,
    delimiters,
    pathLength: LONGEST_PATH,
  })),
)

/** The first byte says how the others become code units: as they are, as UTF-8, or in pairs. */
export function pathOf(bytes: Uint8Array): string {
  const rest = Buffer.from(bytes.subarray(1))
  const encoding = (['latin1', 'utf8', 'latin1', 'utf16le'] as const)[(bytes[0] ?? 0) % 4]
  return rest.toString(encoding)
}

export function checkPath(bytes: Uint8Array): Said {
  const path = pathOf(bytes)
  for (const rules of RULES) {
    const broken = refusalsOf(path, rules)
    const reading = readPath(path, rules)
    if (reading.refusal !== undefined && !broken.has(reading.refusal)) return `readPath: ${reading.refusal}`
    if (reading.refusal !== undefined) continue
    if (broken.size > 0) return `readPath: accepts what is ${[...broken].join()}`
    const expected = canonical(withoutQuery(path)).replace(/^\//, '')
    if (printCanonical(reading.path ?? '') !== expected) return 'readPath: another canonical form'
  }
  for (const { policy, reference } of POLICIES) {
    const tested = reference.testedPath(path)
    // A few of them, others for every path; all of them together below.
    for (const scope of reference.scopes.filter((_, place) => (place + path.length) % SOME === 0)) {
      const expected = tested !== undefined && reference.allows([scope], 'GET', tested)
      if (policy.authorize([scope], 'GET', path) !== expected)
        return `authorize: ${JSON.stringify([reference.options, scope])}`
    }
    const { allowed } = policy.explain(reference.scopes, 'GET', path)
    if (allowed !== (tested !== undefined && reference.allows(reference.scopes, 'GET', tested)))
      return 'explain'
  }
  return undefined
}

export const PATH_CORPUS: readonly Uint8Array[] = [
  '/',
  '/a/b',
  '/a/../b',
  '/caf%C3%A9/x',
  '/rest/a.json',
  '/a%20b?q',
  '/a%2Fb;c',
  '*',
  'https://a/b',
  'a:80',
  '/a.tar.gz/',
].flatMap((path) => [0, 1].map((form) => Uint8Array.of(form, ...new TextEncoder().encode(path))))

export const PATH_WORDS: readonly Uint8Array[] = [
  ...[
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%3B',
    '%3f',
    '%23',
    '%00',
    '%7F',
    '%25',
    '%2541',
    '%25%34',
    '%C3%A9',
    '%c3',
    '%A9',
  ],
  ...[
    '%C0%AF',
    '%E0%80%AF',
    '%ED%A0%80',
    '%F4%8F%BF%BF',
    '%F4%90%80%80',
    '%F0%9F%98%80',
    '%EF%BC%8E',
    '%',
    '%4',
    '%zz',
  ],
  ...[
    '/',
    '//',
    '/./',
    '/../',
    '/..;/',
    '.',
    '..',
    '...',
    '\\',
    ';',
    '#',
    '?',
    ' ',
    '\t',
    '\0',
    '\x7f',
    '\x80',
    'é',
  ],
  ...[
    '.json',
    '.xml',
    '.a',
    '.tar.gz',
    '/rest',
    '/a',
    'A',
    'a',
    'b',
    '*',
    ':80',
    '://',
    '\u212a',
    '\uff0f',
    '\u202e',
  ],
].map((word) => new TextEncoder().encode(word))
