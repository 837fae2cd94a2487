/**
 * The published table of path rules, line by line: the lines are read from the module header itself, so a
 * line without a check fails here, and so does a check without a line.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { read } from './rules.ts'

const SOURCE = new URL('../../src/pattern/request-path.ts', import.meta.url)

interface Row {
  readonly input: string
  readonly answer: string
  readonly option: string
}

function rowsOfHeader(): readonly Row[] {
  const rows: Row[] = []
  for (const line of readFileSync(SOURCE, 'utf8').split('\n')) {
    const cells = /^ \* \| \d +\|(.*)\|(.*)\|(.*)\|$/.exec(line)
    if (cells === null) continue
    const [, input = '', answer = '', option = ''] = cells.map((cell) => cell.trim())
    rows.push({ input, answer, option })
  }
  return rows
}

type Case = readonly [target: string, answer: string, options?: Partial<PathRules>]

const DELIMITERS = { delimiters: 'data' } as const
const SLASH = { encodedSlash: 'data' } as const

/** For each line: targets, answers, and what the option of the line changes. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  '`a?b`': [
    ['/a?b', 'a'],
    ['/a?b?c', 'a'],
    ['/a?/../\\;#\u0000é', 'a'],
    ['a?', 'a'],
    ['/?', ''],
  ],
  'nothing before the query': [
    ['', '<empty-target>'],
    ['?', '<empty-target>'],
    ['?/a', '<empty-target>'],
  ],
  'over 8,192 characters': [
    [`/${'a'.repeat(8191)}`, 'a'.repeat(8191)],
    ['a'.repeat(8192), 'a'.repeat(8192)],
    [`/${'a'.repeat(8192)}`, '<too-long>'],
    ['a'.repeat(8193), '<too-long>'],
    [`/a?${'b'.repeat(9000)}`, 'a'],
    ['/ab', 'ab', { pathLength: 3 }],
    ['/abc', '<too-long>', { pathLength: 3 }],
  ],
  '`*`': [
    ['*', '<asterisk-form>'],
    ['*?a', '<asterisk-form>'],
    ['/*', '*'],
    ['**', '**'],
  ],
  '`https://host/a`, `x:/a`, `http:a`': [
    ['https://host/a', '<absolute-form>'],
    ['HTTP://host', '<absolute-form>'],
    ['x+y.z-1://', '<absolute-form>'],
    ['x:/a', '<absolute-form>'],
    ['http:/a', '<absolute-form>'],
    ['http:a', '<absolute-form>'],
    ['HTTPS:', '<absolute-form>'],
    ['httpx:a', 'httpx:a'],
    ['a/http:b', 'a/http:b'],
    ['1x:/a', '1x:/a'],
    ['workers:me', 'workers:me'],
    ['/http:/a', 'http:/a'],
    ['/https:/a', 'https:/a'],
    ['/https://host/a', '<empty-segment>'],
    ['a/https://host', '<empty-segment>'],
  ],
  '`host:443`': [
    ['host:443', '<authority-form>'],
    [':0', '<authority-form>'],
    ['[::1]:443', '<authority-form>'],
    ['/host:443', 'host:443'],
    ['a/host:443', 'a/host:443'],
    ['host:443/', 'host:443/'],
    ['host:', 'host:'],
    ['host:44x', 'host:44x'],
  ],
  '`\\`': [
    ['/a\\b', '<backslash>'],
    ['\\', '<backslash>'],
    ['/a\\b', '<backslash>', { ...DELIMITERS, ...SLASH }],
  ],
  '`;`': [
    ['/a;b', '<semicolon>'],
    ['/;', '<semicolon>'],
    ['/a;b', 'a;b', DELIMITERS],
    ['/a;b', '<semicolon>', SLASH],
  ],
  '`#`': [
    ['/a#b', '<fragment>'],
    ['/a#b', '<fragment>', DELIMITERS],
    ['#', '<fragment>'],
  ],
  'a space': [
    ['/a b', '<space>'],
    [' /a', '<space>'],
    ['/a ', '<space>'],
  ],
  'U+0000 to U+001F, U+007F': [
    ['/a\u0000', '<control-character>'],
    ['/a\n', '<control-character>'],
    ['/a\u001f', '<control-character>'],
    ['/\u007f', '<control-character>'],
  ],
  'raw non-ASCII': [
    ['/caf\u00e9', '<non-ascii>'],
    ['/\u0080', '<non-ascii>'],
    ['/a\u{1f600}', '<non-ascii>'],
    ['/\ud800', '<non-ascii>'],
    ['/\uff0e\uff0e/a', '<non-ascii>'],
    ['/\ue065', '<non-ascii>'],
  ],
  '`%`, `%4`, `%zz`': [
    ['/a%', '<malformed-escape>'],
    ['/a%4', '<malformed-escape>'],
    ['/a%zz', '<malformed-escape>'],
    ['/a%4g', '<malformed-escape>'],
    ['/a%g4', '<malformed-escape>'],
    ['/%u0041', '<malformed-escape>'],
    ['/%%34', '<malformed-escape>'],
    ['/%4?1', '<malformed-escape>'],
  ],
  '`%2F`': [
    ['/a%2Fb', '<encoded-slash>'],
    ['/a%2fb', '<encoded-slash>'],
    ['/a%2fb', 'a%2Fb', SLASH],
    ['/a%2Fb', '<encoded-slash>', DELIMITERS],
  ],
  '`%5C`': [
    ['/a%5Cb', '<encoded-backslash>'],
    ['/a%5cb', '<encoded-backslash>', { ...DELIMITERS, ...SLASH }],
  ],
  '`%3B` `%3F` `%23`': [
    ['/a%3Bb', '<encoded-delimiter>'],
    ['/a%3fb', '<encoded-delimiter>'],
    ['/a%23b', '<encoded-delimiter>', SLASH],
    ['/a%3bb%3f%23', 'a%3Bb%3F%23', DELIMITERS],
  ],
  '`%00` to `%1F`, `%7F`': [
    ['/a%00', '<encoded-control>'],
    ['/a%0a', '<encoded-control>'],
    ['/a%1F', '<encoded-control>'],
    ['/a%7f', '<encoded-control>', { ...DELIMITERS, ...SLASH }],
    ['/a%20', 'a%20'],
  ],
  '`%25` and two hex digits, or `u`': [
    ['/%25u002e', '<double-encoding>'],
    ['/%25U', '<double-encoding>'],
    ['/%25%75002e', '<double-encoding>'],
    ['/%25x2e', '%25x2e'],
    ['/%2541', '<double-encoding>'],
    ['/%25zz', '%25zz'],
    ['/a%252F..', '<double-encoding>'],
    ['/%25%34%31', '<double-encoding>'],
    ['/%254%31', '<double-encoding>'],
    ['/%25%341', '<double-encoding>'],
    ['/%25a', '%25a'],
    ['/100%25', '100%25'],
    ['/%25/41', '%25/41'],
    ['/%25%25', '%25%25'],
    ['/%25%2541', '<double-encoding>'],
    ['/%25%20', '%25%20'],
    ['/%25%2F1', '%25%2F1', SLASH],
  ],
  '`%C3%28`, `%C0%AF`, `%ED%A0%80`': [
    ['/%C3%28', '<invalid-utf8>'],
    ['/%C0%AF', '<invalid-utf8>'],
    ['/%ED%A0%80', '<invalid-utf8>'],
    ['/%c3%a9', '%C3%A9'],
  ],
  '`//`': [
    ['//', '<empty-segment>'],
    ['//a', '<empty-segment>'],
    ['/a//b', '<empty-segment>'],
    ['/a//', '<empty-segment>'],
    ['/a%2F/b', '<empty-segment>', SLASH],
    ['/%2Fa', '<empty-segment>', SLASH],
    ['/a%2F%2Fb', '<empty-segment>', SLASH],
  ],
  'a segment `.` or `..`, also `%2E`': [
    ['/.', '<dot-segment>'],
    ['..', '<dot-segment>'],
    ['/a/./b', '<dot-segment>'],
    ['/a/..', '<dot-segment>'],
    ['/a/../b', '<dot-segment>'],
    ['/a/.%2e/b', '<dot-segment>'],
    ['/%2E%2e', '<dot-segment>'],
    ['/...', '...'],
    ['/.a', '.a'],
    ['/a..b/c..', 'a..b/c..'],
  ],
  '`m%65`, `caf%c3%a9`': [
    ['/m%65', 'me'],
    ['/caf%c3%a9', 'caf%C3%A9'],
    ['/%7e%2D%5f%2e%30%5A', '~-_.0Z'],
    ['/a%2bb%20c', 'a%2Bb%20c'],
  ],
  'one leading slash': [
    ['/a', 'a'],
    ['a', 'a'],
    ['/', ''],
  ],
  'the base path, as a whole and on a segment boundary': [
    ['/rest/a', 'a', { basePath: 'rest' }],
    ['rest/a', 'a', { basePath: 'rest' }],
    ['/rest', '', { basePath: 'rest' }],
    ['/rest/', '', { basePath: 'rest' }],
    ['/resting/a', '<outside>', { basePath: 'rest' }],
    ['/a/rest/b', '<outside>', { basePath: 'rest' }],
    ['/rest/rest/a', 'rest/a', { basePath: 'rest' }],
  ],
  'one slash at the end': [
    ['/a/', 'a/'],
    ['/a/', 'a', { trailingSlash: 'ignore' }],
    ['/a//', '<empty-segment>', { trailingSlash: 'ignore' }],
    ['/', '', { trailingSlash: 'ignore' }],
  ],
  '`.json`, `.xml` … at the end, as long as there is one': [
    ['/a.json', 'a', { extensions: ['json', 'xml'] }],
    ['/a.json.xml.json', 'a', { extensions: ['json', 'xml'] }],
    ['/.json', '', { extensions: ['json'] }],
    ['/a.JSON', 'a.JSON', { extensions: ['json'], caseSensitive: true }],
    ['/a.json', 'a.json'],
  ],
}

const ROWS = rowsOfHeader()

describe('each line of the table in the module header', () => {
  for (const { input, answer } of ROWS) {
    test(`${input} is ${answer}`, () => {
      const cases = CASES[input]
      expect(cases, 'a line without a check').toBeDefined()
      for (const [target, expected, options] of cases ?? []) {
        expect(read(target, options), `${target.slice(0, 40)} ${JSON.stringify(options ?? {})}`).toBe(
          expected,
        )
      }
      if (/^`[a-z0-9-]+`$/.test(answer) && answer !== '`a`') {
        const answers = (cases ?? []).map(([, expected]) => expected)
        expect(answers).toContain(`<${answer.slice(1, -1)}>`)
      }
    })
  }
})

test('the table is read from the header, and every check belongs to one of its lines', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(26)
  expect(ROWS.map(({ input }) => input).sort()).toEqual(Object.keys(CASES).sort())
})

test('every name of a refusal is produced by some line', () => {
  const names = Object.values(CASES).flatMap((cases) => cases.map(([, answer]) => answer))
  expect([...new Set(names.filter((name) => name.startsWith('<') && name !== '<outside>'))].sort()).toEqual(
    [
      'absolute-form',
      'asterisk-form',
      'authority-form',
      'backslash',
      'control-character',
      'dot-segment',
      'double-encoding',
      'empty-segment',
      'empty-target',
      'encoded-backslash',
      'encoded-control',
      'encoded-delimiter',
      'encoded-slash',
      'fragment',
      'invalid-utf8',
      'malformed-escape',
      'non-ascii',
      'semicolon',
      'space',
      'too-long',
    ].map((name) => `<${name}>`),
  )
})

test('a line that names an option has a check with that option', () => {
  for (const { input, option } of ROWS) {
    const name = /^[A-Za-z.]+/.exec(option)?.[0].replace('limits.', '')
    if (name === undefined) continue
    const used = (CASES[input] ?? []).some(([, , options]) => options !== undefined && name in options)
    expect(used, `${input} with ${option}`).toBe(true)
  }
})
