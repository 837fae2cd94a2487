/** What the linter states of tools, resources and prompts, of keys of several names and of deprecated scopes. */
import { describe, expect, test } from 'vitest'
import { fix, lint } from '../../../../src/lint/index.ts'
import { findingsOf } from '../findings-of.ts'

const underlined = (id: string, text: string): readonly string[] =>
  findingsOf(id, text).map((finding) => finding.underlined)

describe('names that are granted more than once', () => {
  test('a name that is listed twice, a star written twice, and not the same name under another field', () => {
    const text = `
a:
  label: Do things
  tools: [one, two, one, "x*", "x**"]
  prompts: [one]
`
    expect(underlined('duplicate-endpoint', text)).toEqual(['one', '"x**"'])
    expect(underlined('redundant-endpoint', text)).toEqual([])
  })

  test('a name that a star covers, here, in an included scope and in $baseline', () => {
    const text = `
$baseline: { tools: [whoami] }
a:
  label: Do things
  tools: [get_x, "get_*", whoami, got_x]
b:
  label: Do more
  includes: [a]
  tools: [get_y, "*_x", set_y]
  resources: ["r://a/*", "r://a/b", "r://*"]
`
    expect(findingsOf('redundant-endpoint', text).map((one) => [one.underlined, one.related])).toEqual([
      ['get_x', '"get_*"'],
      ['whoami', 'whoami'],
      ['get_y', '"get_*"'],
      ['"r://a/*"', '"r://*"'],
      ['"r://a/b"', '"r://a/*"'],
    ])
  })

  test('fixes delete them, and grant the same', () => {
    const text = `a:\n  label: Do things\n  tools: [one, one, "get_*", get_x]\n  prompts:\n    - p*\n    - p1 # why\n    - p2\n`
    expect(fix(text).text).toBe(
      `a:\n  label: Do things\n  tools: [one, "get_*"]\n  prompts:\n    - p*\n    - p1 # why\n`,
    )
  })

  test('the last name of a list that an included scope covers stays', () => {
    const text = `a:\n  label: Do a\n  tools: [x]\nb:\n  label: Do b\n  includes: [a]\n  tools: [x]\n`
    expect(underlined('redundant-endpoint', text)).toEqual(['x'])
    expect(fix(text).text).toBe(text)
  })
})

test.each([
  ['/repos/*/issues', true],
  ['GET /issues', true],
  ['repos/*/*/issues', true],
  ['repos/{owner}/x', true],
  ['https://example.com/a', true],
  ['issues/create', false],
  ['admin/*', false],
  ['get_issue', false],
  ['*', false],
  ['GET', false],
])('path-in-name: %s looks like a path: %s', (tool, isPath) => {
  const text = `a:\n  label: Do things\n  tools: ["${tool}"]\n  resources: ["repo://x/*/y"]\n`
  expect(underlined('path-in-name', text)).toEqual(isPath ? [`"${tool}"`] : [])
})

test.each([
  ['delete_issue', true],
  ['createIssue', true],
  ['issue_write', true],
  ['get_issue', false],
  ['get_workflow_run', false],
  ['whoami', false],
  ['*', false],
  ['delete_*', true],
])('label-contradicts-tools: %s states a change: %s', (tool, states) => {
  const text = `a:\n  label: Read your issues\n  tools: ["${tool}"]\nb:\n  label: Change your issues\n  tools: ["${tool}"]\n`
  expect(underlined('label-contradicts-tools', text)).toEqual(states ? ['Read'] : [])
})

test('label-contradicts-tools looks into included scopes', () => {
  const text = `a:\n  label: Change it\n  tools: [set_x]\nb:\n  label: Read it\n  includes: [a]\n  endpoints: []\n`
  expect(findingsOf('label-contradicts-tools', text)).toEqual([
    {
      underlined: 'Read',
      message: 'the label says `Read`, but the scope grants the tool `set_x`, by way of scope `a`',
      related: 'set_x',
    },
  ])
})

describe('redundant-combination', () => {
  const scopes = `
a:
  label: Do a
  endpoints:
    - x/*: [GET, PUT]
  tools: ["get_*"]
b:
  label: Do b
  tools: [set_b]
`
  test('names what one scope grants alone, and nothing else', () => {
    const text = `${scopes}"a b":\n  endpoints:\n    - x/y: GET\n    - x/z: DELETE\n  tools: [get_x, new, set_b]\n`
    expect(findingsOf('redundant-combination', text)).toEqual([
      { underlined: 'x/y', message: '`x/y` does not need `a b`: scope `a` grants it alone' },
      { underlined: 'get_x', message: '`get_x` does not need `a b`: scope `a` grants it alone' },
      { underlined: 'set_b', message: '`set_b` does not need `a b`: scope `b` grants it alone' },
    ])
  })

  test('a scope that includes the others has the key alone', () => {
    const text = `${scopes}c:\n  label: Do c\n  includes: [a, b]\n  tools: [z]\n"a c":\n  tools: [new]\n`
    expect(findingsOf('redundant-combination', text)).toEqual([
      { underlined: '"a c"', message: 'scope `c` includes all of `a c`, and has these grants alone' },
    ])
  })

  test('where the base path is an option, and where stars are of segments', () => {
    const text = `${scopes}"a b":\n  endpoints:\n    - x/y: GET\n    - x/*: GET\n`
    const based = `$options: { basePath: /rest }\n${text}`
    expect(underlined('redundant-combination', based)).toEqual(['"a b"'])
    const segments = `$options: { wildcard: segment }\n${text}`
    expect(underlined('redundant-combination', segments)).toEqual(['x/y'])
  })
})

test('deprecated-scope-included: by includes and by keys of several names, unless the other is deprecated, too', () => {
  const text = `
old:
  label: Do old
  tools: [x]
  deprecated: true
new:
  label: Do new
  includes: [old]
  tools: [y]
older:
  label: Do older
  includes: [old]
  tools: [z]
  deprecated: { use: [new] }
"new old":
  tools: [w]
`
  expect(findingsOf('deprecated-scope-included', text)).toEqual([
    { underlined: 'old', message: 'scope `old` is deprecated, and `new` includes it', related: 'old' },
    { underlined: '"new old"', message: 'scope `old` is deprecated, and `new old` needs it', related: 'old' },
  ])
})

test('foreign-syntax: an alias with braces is plain text, as a name is', () => {
  const text = 'a:\n  label: Do a\n  tools: [x]\n  aliases: ["a:{id}"]\n'
  expect(underlined('foreign-syntax', text)).toEqual(['"a:{id}"'])
})

test('a document with thousands of names is judged in bounded time', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `"a*${index}*"`)
  const text = `a:\n  label: Do things\n  tools: [${names.join(', ')}]\n`
  expect(lint(text).every(({ severity }) => severity !== 'error')).toBe(true)
})
