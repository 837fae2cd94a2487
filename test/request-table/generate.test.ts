import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { generateTable } from '../../src/request-table/index.ts'
import { generated, judgeFor, SCOPES } from './judge.ts'

test('the table of the default document reads as its specification', async () => {
  await expect(generated(loadPolicy(SCOPES))).toMatchFileSnapshot('golden/scopes.txt')
})

test('the table of a `segment` policy with options, too', async () => {
  const document = `
$options: { wildcard: segment, basePath: /rest, trailingSlash: ignore, head: as-get, extensions: [json] }
files:
  label: Files
  endpoints:
    - files/*.{txt,md}: GET
    - "files/**": POST
    - never/../never: GET
openid:
  label: Who you are
  endpoints: []
"on":
  label: A name that other readers take for a boolean
  includes: [files]
`
  await expect(generated(loadPolicy(document))).toMatchFileSnapshot('golden/segment.txt')
})

test('options that are not in the document are written down', () => {
  const options = { preset: 'cerb', extensions: ['json'], caseSensitive: true } as const
  const table = generateTable(loadPolicy(SCOPES, options), { policy: '../my scopes.yaml', options })
  expect(table).toContain(
    'policy: "../my scopes.yaml"\n$options:\n  preset: cerb\n  extensions: [json]\n  caseSensitive: true\n',
  )
  expect(judgeFor(table, loadPolicy(SCOPES, options))).toMatchObject({
    invalid: false,
    failed: 0,
    percent: 100,
  })
})

function expectTable(document: string): string {
  const policy = loadPolicy(document)
  const table = generated(policy)
  expect(judgeFor(table, policy)).toMatchObject({ invalid: false, findings: [], percent: 100 })
  return table
}

describe('a table is bounded', () => {
  test('in rows for an endpoint', () => {
    const table = expectTable('a:\n  label: A\n  endpoints:\n    - very/long/*/path/*/with/*/stars: GET\n')
    expect(table.match(/^ {2}- /gm)?.length).toBe(4)
  })

  test('in names on a row: a request that many scopes may is asked of one', () => {
    const document = Array.from(
      { length: 40 },
      (_, at) => `s${at}:\n  label: S\n  endpoints: [a: GET]\n`,
    ).join('')
    const table = expectTable(document)
    expect(table).toContain('  - request: GET /a\n    scopes: [s39]\n    expect: allow\n')
    expect(table).not.toContain('[s0, s1')
  })
})

describe('found by properties', () => {
  test('a row that is too long for one line and lists nobody', () => {
    const long = 'item-'.repeat(15)
    const table = expectTable(
      `a:\n  label: A\n  endpoints: [{ ${long}: [GET, CHECKIN] }, { b: [ACL, BIND, COPY, LOCK] }]\n`,
    )
    expect(table).toMatch(/: \[\] # other methods$/m)
  })
})

describe('whatever a policy holds, the table is YAML and commands nobody', () => {
  test('names that YAML or build servers read as something else', () => {
    const names = [
      'on',
      '1e3',
      '~',
      '*',
      '&a',
      '!x',
      '#x',
      'a#b',
      '##vso[x]',
      '##[x]',
      '[',
      '{',
      '-',
      '?',
      ':',
      'a:',
      '%x',
      '@x',
      '`x',
      '=',
      '__proto__',
      'refused',
      "'",
    ]
    const document = names
      .map((name) => `${JSON.stringify(name)}:\n  label: L\n  endpoints: [a, "*", b/c]\n`)
      .join('')
    const table = expectTable(document)
    expect(table).not.toMatch(/##(?=\w*\[)/)
  })

  test('patterns longer than a key of YAML may be', () => {
    expectTable(`a:\n  label: A\n  endpoints: ["${'long/'.repeat(300)}end", "${'x'.repeat(3000)}/*"]\n`)
  })

  test('patterns with what paths can hold', () => {
    expectTable(
      'a:\n  label: A\n  endpoints: ["a:b", "a,b", "a=b&c", "!$()*+@~\'", "[x]", "{x}", "%7B%20%C3%A9", "\\"q\\"", "a|b", "^`<>"]\n',
    )
  })

  test('no scope and no endpoint', () => {
    expectTable('openid:\n  label: O\n  endpoints: []\n')
  })
})

test('two scopes that allow together what none allows alone', () => {
  expectTable(
    'a:\n  label: A\n  endpoints: [public/]\nb:\n  label: B\n  endpoints: [public/*]\nc:\n  label: C\n  endpoints: [public]\n',
  )
})
