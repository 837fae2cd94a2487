/**
 * Writes `vectors.json`: `node test/vectors/generate.ts`. Every decision in it is that of the reference in
 * `test/reference`, none that of the library. The same bytes each time: paths are chosen by a generator of
 * pseudo-random numbers of its own (mulberry32), once for each policy.
 */
import { writeFileSync } from 'node:fs'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainDocument, PlainEndpoint } from '../reference/document.ts'
import { isNameMethod, optionsOf, scopesOf } from '../reference/document.ts'
import { refusalsOf } from '../reference/request-path.ts'
import { NAME_DOCUMENTS, VECTOR_DOCUMENTS } from './documents.ts'

/** Scopes, method, path, and 1 (allow), 0 (deny) or the rules that refuse the path. */
export type Row = readonly [scopes: string, method: string, path: string, expected: 0 | 1 | string]

export interface Vectors {
  readonly about: readonly string[]
  readonly version: 1
  readonly policies: Readonly<
    Record<string, { readonly document: PlainDocument; readonly rows: readonly Row[] }>
  >
}

const ABOUT = [
  'Decisions of scope policies, for implementations in other languages. See test/vectors/README.md.',
  'policies: by name, a document as plain data, and rows: [scopes, method, path, expected].',
  'scopes: the text of a `scope` claim, names separated by single spaces; empty for no scope at all.',
  'path: the raw request target. expected: 1 allow; 0 deny; a string: the path is refused (and denied), by one',
  'of these rules, separated by `|`. Which of several rules is named is left to the implementation.',
  'Generated from a reference implementation by test/vectors/generate.ts. Do not edit.',
]

const MAX_ROWS = 260

function* numbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What stars may stand for, in order of how often it is tried. */
const FILLINGS = [
  'a',
  '',
  'x/y',
  'ticket',
  '.',
  '..',
  'a.json',
  '%C3%A9',
  'A',
  '%2F',
  'b;c',
  '1',
  '%2e',
  '*',
  '%20',
]

/** Targets of every kind that section 2 of the language tells apart, whatever the policy. */
const TARGETS = [
  ...[
    '',
    '/',
    '*',
    '?',
    '/?a=/b',
    '//',
    '/.',
    '/..',
    '/a/./b',
    '/a/../b',
    '/a/%2e%2e/b',
    '/a/%2E',
    '/.%2e/x',
  ],
  ...[
    '/a..b',
    '/...',
    '/.well-known/x',
    '/a//b',
    '//a',
    '/a/',
    '/a//',
    'a',
    'a/b',
    'https://host/a',
    'http://h',
  ],
  ...[
    'host:443',
    'host:443/a',
    '/host:443',
    'ab:c',
    '/a\\b',
    '/a%5Cb',
    '/a%5c',
    '/a%2Fb',
    '/a%2fb',
    '/a%2F',
    '/%2Fa',
  ],
  ...[
    '/a%2F..%2Fb',
    '/a%2F%2Fb',
    '/a;b',
    '/a;',
    '/;/a',
    '/..;/a',
    '/..;x/a',
    '/a%3Bb',
    '/a%3b',
    '/a%3Fb',
    '/a%23b',
  ],
  ...[
    '/..%3B/a',
    '/.%3Fx',
    '/a#b',
    '/#',
    '/a b',
    '/a%20b',
    '/a\tb',
    '/a\u0000',
    '/a\u007f',
    '/a\r\nb',
    '/a%00',
    '/a%0d%0A',
  ],
  ...[
    '/a%7F',
    '/a%1f',
    '/é',
    '/a\u2044b',
    '/a\u3002',
    '/\ud800',
    '/\udc00a',
    '/😀',
    '/a%',
    '/a%4',
    '/a%zz',
    '/%%41',
  ],
  ...[
    '/a%u0041',
    '/a%252e',
    '/a%25',
    '/a%25zz',
    '/100%25',
    '/a%25%34%31',
    '/%2541',
    '/a%C3%A9',
    '/a%c3%a9',
    '/a%C3',
  ],
  ...[
    '/a%C3%28',
    '/a%C0%AF',
    '/a%E0%80%AF',
    '/a%ED%A0%80',
    '/a%F4%90%80%80',
    '/a%F0%9F%98%80',
    '/a%80',
    '/a%FF',
    '/%61',
  ],
  ...[
    '/%41',
    '/~a',
    '/%7Ea',
    '/%7ea',
    '/a-b_c.d',
    '/a+b',
    '/a%2Bb',
    '/$a',
    '/a*b',
    '/a%2Ab',
    "/a'b",
    '/a(b)',
    '/a,b',
    '/a=b',
  ],
  ...[
    '/a&b',
    '/a@b',
    '/a:b',
    '/a!b',
    '/a"b',
    '/a<b>',
    '/a^b',
    '/a`b',
    '/a{b}',
    '/a|b',
    '/a[b]',
    '/a?b?c',
    '/a?../..',
  ],
]

const METHODS = [
  'GET',
  'POST',
  'DELETE',
  'HEAD',
  'get',
  'QUERY',
  'TRACE',
  'PUT',
  'OPTIONS',
  'PROPFIND',
  '',
  'GET ',
]

function rowsOf(document: PlainDocument, seed: number): readonly Row[] {
  const random = numbers(seed)
  const below = (bound: number): number => Math.floor(random.next().value * bound)
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T
  const policy = referencePolicy(document)
  const options = optionsOf(document)
  const prefix = options.basePath
  const patterns = [...scopesOf(document).values()].flatMap(({ endpoints = [] }) => endpoints.map(patternOf))
  const names = policy.scopes

  const filled = (pattern: string): string =>
    pattern
      .replaceAll(/\*+/g, () => FILLINGS[Math.floor(random.next().value ** 2 * FILLINGS.length)] ?? '')
      .replaceAll('?', () => (options.wildcard === 'segment' ? 'q' : '?'))
      .replaceAll(/\{[^}]*\}/g, (list) =>
        options.wildcard === 'segment' ? one(list.slice(1, -1).split(',')) : list,
      )
      .replaceAll(/\[a-c\]/g, () => one(['a', 'b', 'c', 'd']))
  const changes: readonly ((path: string) => string)[] = [
    (path) => path,
    (path) => path,
    (path) => path,
    (path) => `${path}/`,
    (path) => path.slice(0, -1),
    (path) => path.toUpperCase(),
    (path) =>
      `${path}${one(['.json', '.xml', '.tar.gz', '.json.gz', '.JSON', '?q=1', '?', '/..', '//', '%20', '#x'])}`,
    (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    (path) => path.replace('/', one(['//', '/./', '/../', '%2F', '\\', '/x/', ''])),
    (path) => `/x${path}`,
    (path) => path.slice(1),
  ]
  const rows = new Map<string, Row>()
  const add = (scopes: readonly string[], method: string, path: string): void => {
    const broken = [...refusalsOf(path, options)].sort()
    const allowed = policy.authorize(scopes, method, path)
    const refusal = broken.length > 0 ? broken.join('|') : refusedBehind(path)
    const row: Row = [scopes.join(' '), method, path, allowed ? 1 : (refusal ?? 0)]
    rows.set(JSON.stringify(row.slice(0, 3)), row)
  }
  /** An extension that is stripped can leave a dot segment, of which the reference says only that it is refused. */
  const refusedBehind = (path: string): string | undefined =>
    policy.testedPath(path) === undefined && isInside(path, prefix) ? 'dot-segment' : undefined

  const everything = names.filter((name) => name !== 'nothing')
  for (const path of seed === 1 ? TARGETS : TARGETS.filter((_, at) => at % 3 === seed % 3)) {
    add(everything, 'GET', path === '' || !path.startsWith('/') ? path : `${prefix}${path}`)
  }
  while (rows.size < MAX_ROWS) {
    const path = one(changes)(
      `${one([prefix, prefix, prefix, '/other'])}/${filled(one(patterns)).replace(/^\//, '')}`,
    )
    const held = one([[one(names)], [one(names), one(names)], everything, ['unknown', one(names)], []])
    add(held, METHODS[Math.floor(random.next().value ** 3 * METHODS.length)] ?? 'GET', path)
  }
  return [...rows.values()]
}

/** What tokens of names ask for: with every set of up to three scopes and aliases. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'tools/call': [
    ...[
      'whoami',
      'get_issue',
      'Get_issue',
      'get_issue ',
      'search_',
      'search_a/b',
      'x_list',
      'abc',
      'a-b-c',
      'acb',
    ],
    ...[
      'set_issue',
      'get/issue',
      'list_teams',
      'caf\u00e9',
      'cafe\u0301',
      'add_team',
      'del_team',
      '',
      'a\u0000',
      '\ud800',
      '*',
    ],
    ...['Get.json', 'Get', '/whoami', 'whoami?x'],
  ],
  'resources/read': [
    'repo://a/issues/1',
    'repo://a/b',
    'repo://a/b/c',
    'team://x',
    'REPO://a/b',
    'repo://a/../b',
    '',
  ],
  'prompts/get': ['help', 'helpme', 'triage', 'all', 'get_issue'],
  'tools/list': ['whoami'],
  GET: ['/status', '/issues/1', '/teams', '/whoami', '/public/a', '/public', '/public/', '/dir/', '/dir'],
  PUT: ['/teams'],
}

/** Those of them that are refused, whatever the policy. */
const REFUSED_NAMES: Readonly<Record<string, string>> = {
  '': 'empty-target',
  'a\u0000': 'control-character',
  '\ud800': 'invalid-utf8',
  'REPO://a/b': 'uri-form',
  'repo://a/../b': 'dot-segment',
}

function nameRowsOf(document: PlainDocument): readonly Row[] {
  const policy = referencePolicy(document)
  const aliases = [...scopesOf(document).values()].flatMap(({ aliases: own = [] }) => own)
  const words = [...policy.scopes, ...aliases.slice(0, 1), 'unknown']
  const expectedOf = (token: readonly string[], method: string, name: string): Row[3] => {
    const refused = isNameMethod(method) ? REFUSED_NAMES[name] : undefined
    return policy.authorize(token, method, name) ? 1 : (refused ?? 0)
  }
  const tokens = words.reduce<string[][]>(
    (sets, word) => [...sets, ...sets.map((set) => [...set, word])],
    [[]],
  )
  return tokens
    .filter((token) => token.length <= 3)
    .flatMap((token) =>
      Object.entries(NAMES).flatMap(([method, names]) =>
        names.map((name): Row => [token.join(' '), method, name, expectedOf(token, method, name)]),
      ),
    )
    .filter(([, , name], at) => at % 3 === 0 || name.includes('team'))
}

function patternOf(endpoint: PlainEndpoint): string {
  return typeof endpoint === 'string' ? endpoint : (Object.keys(endpoint)[0] ?? '')
}

function isInside(path: string, prefix: string): boolean {
  const bare = path.startsWith('/') ? path : `/${path}`
  return prefix === '' || bare === prefix || bare.startsWith(`${prefix}/`)
}

export function vectors(): Vectors {
  const policies = Object.entries(VECTOR_DOCUMENTS).map(([name, document], at) => [
    name,
    { document, rows: rowsOf(document, at + 1) },
  ])
  const ofNames = Object.entries(NAME_DOCUMENTS).map(([name, document]) => [
    name,
    { document, rows: nameRowsOf(document) },
  ])
  const all = Object.fromEntries([...policies, ...ofNames]) as Vectors['policies']
  return { about: ABOUT, version: 1, policies: all }
}

/** One row on a line, so that changes can be read; ASCII only. */
export function print({ about, version, policies }: Vectors): string {
  const list = Object.entries(policies).map(([name, { document, rows }]) => {
    const lines = rows.map((row) => `      ${JSON.stringify(row)}`).join(',\n')
    return `    ${JSON.stringify(name)}: {\n      "document": ${JSON.stringify(document)},\n      "rows": [\n${lines}\n      ]\n    }`
  })
  const head = about.map((line) => `    ${JSON.stringify(line)}`).join(',\n')
  const text = `{\n  "about": [\n${head}\n  ],\n  "version": ${version},\n  "policies": {\n${list.join(',\n')}\n  }\n}\n`
  return text.replaceAll(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export const FILE: URL = new URL('vectors.json', import.meta.url)

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, print(vectors()))
