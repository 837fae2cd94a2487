/** What the fuzzing of texts begins with, and the words that it puts in. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const GOLDEN = fileURLToPath(new URL('../../golden/', import.meta.url))

/** Documents of the tests, and the cases of a file `{ cases: [{ yaml }] }` such as one made of yaml-test-suite. */
export function documentCorpus(suite?: string): readonly Uint8Array[] {
  const golden = readdirSync(GOLDEN)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => new Uint8Array(readFileSync(GOLDEN + name)))
  if (suite === undefined) return golden
  const { cases } = JSON.parse(readFileSync(suite, 'utf8')) as { cases: { yaml: string }[] }
  return [...golden, ...cases.map(({ yaml }) => new TextEncoder().encode(yaml))]
}

const WORDS = [
  ...[
    '$options',
    '$schema',
    'label',
    'endpoints',
    'includes',
    'description',
    'group',
    'risk',
    'optional',
    'x-a',
  ],
  ...[
    'preset',
    'basePath',
    'extensions',
    'caseSensitive',
    'trailingSlash',
    'wildcard',
    'head',
    'encodedSlash',
  ],
  ...[
    'delimiters',
    'methods',
    'cerb',
    'segment',
    'as-get',
    'ignore',
    'data',
    'refuse',
    '/rest',
    'low',
    'true',
  ],
  ...[
    'GET',
    'POST',
    'get',
    'Get',
    'HEAD',
    'ANY',
    'GTE',
    '[GET, POST]',
    '"GET, POST"',
    'null',
    '~',
    '1e3',
    'on',
  ],
  ...[
    '*',
    '**',
    '/**',
    '{a,b}',
    '[ab]',
    '[!a]',
    '[[:alpha:]]',
    '{1..3}',
    '+(a)',
    '(?=a)',
    '\\',
    '/',
    '//',
    '..',
  ],
  ...['%2F', '%2e', '%C3%A9', '%zz', '%25', '%252F', ';', '?', 'https://a/b', 'GET /a'],
  ...[
    'a:\n  label: x\n  endpoints:\n    - b\n',
    '- ',
    ': ',
    '? ',
    ',',
    '{',
    '}',
    '[',
    ']',
    '- - ',
    '"',
    "'",
    '|\n',
    '>-\n',
  ],
  ...[
    '&a ',
    '*a',
    '<<: *a\n',
    '!!str ',
    '!!binary ',
    '!x ',
    '%YAML 1.2\n---\n',
    '%TAG ! x\n',
    '---\n',
    '...\n',
    '#',
    ' # x\n',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\0',
    '\x85',
    '\u2028',
    '\ufeff',
    '\u202e',
    '\u200b',
    '\ud83d\ude00',
    'é',
  ],
  ...[
    '\\x41',
    '\\u0041',
    '\\uD800',
    '\\n',
    '\\/',
    '__proto__',
    'constructor',
    'toString',
    'en',
    'de-CH',
    'x-y-z',
  ],
  '# scope-policy-disable-next-line duplicate-label -- why\n',
  '# scope-policy-disable-line',
  '#[GET]',
]

export const DOCUMENT_WORDS: readonly Uint8Array[] = WORDS.map((word) => new TextEncoder().encode(word))
