/** The notations of path templates, one by one, and which expressions take a slash. */
import { describe, expect, test } from 'vitest'
import { quote } from '../../src/diagnostic/words.ts'
import { bareName, readSyntax, takesSlash } from '../../src/openapi/read/template-syntax.ts'

/** `{x}` for a parameter of one segment, `{x+}` for one that spans; literal text as it is. */
function shown(path: string): string {
  return readSyntax(path)
    .parts.map((part) => ('literal' in part ? part.literal : `{${part.parameter}${part.spans ? '+' : ''}}`))
    .join('|')
}
const notesOf = (path: string): readonly string[] =>
  readSyntax(path).notes.map(({ code, message }) => `${code}: ${message}`)

describe('parameters', () => {
  test.each([
    ['/a/{x}', '/a/|{x}'],
    ['/a/{x}/b/{y}', '/a/|{x}|/b/|{y}'],
    ['/{x}{y}', '/|{x}|{y}'],
    ['/a', '/a'],
    ['', ''],
    ['/{ x }', '/|{x}'],
    ['/{x+}', '/|{x+}'],
    ['/{x*}', '/|{x+}'],
    ['/{x...}', '/|{x+}'],
    ['/{+x}', '/|{x+}'],
    ['/{*x}', '/|{x+}'],
    ['/{**x}', '/|{x+}'],
    ['/{x..}', '/|{x..}'],
    ['/{x+y}', '/|{x+y}'],
    ['/{x?y}', '/|{x?y}'],
    ['/{x$y}', '/|{x$y}'],
    ['/a{/x}', '/a/|{x}'],
    ['/a{/x*}', '/a/|{x+}'],
    ['/a{/+x}', '/a/|{x+}'],
    ['/a{.x}', '/a.|{x}'],
    ['/a{.x...}', '/a.|{x+}'],
  ])('%s', (path, expected) => {
    expect(shown(path)).toBe(expected)
    expect(notesOf(path)).toEqual([])
  })

  test.each([
    ['/{x:[0-9]+}', '/|{x}', 'x', '[0-9]+'],
    ['/{x:[0-9]{3}}/b', '/|{x}|/b', 'x', '[0-9]{3}'],
    ['/{x:\\}}', '/|{x}', 'x', '\\}'],
    ['/{x:\\{}', '/|{x}', 'x', '\\{'],
    ['/{x:3}', '/|{x}', 'x', '3'],
    ['/{x:int}', '/|{x}', 'x', 'int'],
    ['/{x:path}', '/|{x+}', 'x', 'path'],
    ['/{x:paths}', '/|{x}', 'x', 'paths'],
    ['/{x:xpath}', '/|{x}', 'x', 'xpath'],
    ['/{x:*}', '/|{x+}', 'x', '*'],
    ['/{x:**}', '/|{x+}', 'x', '**'],
    ['/{x:***}', '/|{x}', 'x', '***'],
    ['/{x:a*}', '/|{x}', 'x', 'a*'],
    ['/{x:*a}', '/|{x}', 'x', '*a'],
    ['/{x:.*}', '/|{x+}', 'x', '.*'],
    ['/{x:a/b}', '/|{x+}', 'x', 'a/b'],
    ['/{x:[^/]+}', '/|{x}', 'x', '[^/]+'],
    ['/{*x:int}', '/|{x+}', 'x', 'int'],
    ['/{x:a=b}', '/|{x}', 'x', 'a=b'],
    ['/{x:}', '/|{x}', 'x', ''],
    ['/a{/x:int}', '/a/|{x}', 'x', 'int'],
    ['/{:int}', '/|{}', '', 'int'],
    ['/{:a/b}', '/|{+}', '', 'a/b'],
  ])('with a constraint: %s', (path, expected, name, constraint) => {
    expect(shown(path)).toBe(expected)
    expect(notesOf(path)).toEqual([
      `parameter-syntax: parameter ${quote(name)} is read without its constraint ${quote(constraint)} in ${quote(path)}`,
    ])
  })

  test.each([
    ['/{x=*}', '/|{x}', '*'],
    ['/{x=**}', '/|{x+}', '**'],
    ['/v1/{x=a/*}', '/v1/a/|{x}', 'a/*'],
    ['/v1/{x=a/*/b/**}:get', '/v1/a/|{x}|/b/|{x+}|:get', 'a/*/b/**'],
    ['/{x=a/b}', '/a/b', 'a/b'],
    ['/{x=*-a.b~c%20}', '/|{x}|-a.b~c%20', '*-a.b~c%20'],
    ['/{+x=*}', '/|{x}', '*'],
  ])('with an assignment: %s', (path, expected, value) => {
    expect(shown(path)).toBe(expected)
    expect(notesOf(path)).toEqual([
      `parameter-syntax: parameter \`x\` is read as \`${value}\` in \`${path}\``,
    ])
  })

  test('with an assignment, and without a name', () => {
    expect(shown('/{=a/*}/b')).toBe('/a/|{}|/b')
    expect(notesOf('/{=a/*}')).toEqual([
      `parameter-syntax: parameter ${quote('')} is read as \`a/*\` in \`/{=a/*}\``,
    ])
  })

  test.each(['/a{?x,y}', '/a{&x}', '/a{ ?x }'])('%s is the path without the query', (path) => {
    expect(shown(path)).toBe('/a')
    expect(notesOf(path)).toEqual([
      `parameter-syntax: the query \`${path.slice(2)}\`, which is not a part of the path, is left out in \`${path}\``,
    ])
  })
})

describe('what is unclear', () => {
  const brace = 'unclear-template: a brace that does not enclose a parameter, read as a character, in'
  test.each([
    '/a/{id',
    '/a/id}',
    '/a/{',
    '/a/}',
    '/a/{#x}',
    '/a/{;x}',
    '/a/{x/y}',
    '/a{/x/y}',
    '/a/{x=b c/d}',
    '/a/{x=b/{c}',
    '/a/{b{c}:d}',
  ])('%s has a brace that is a character', (path) => {
    expect(notesOf(path)).toContainEqual(`${brace} \`${path}\``)
  })

  test('such text is literal', () => {
    expect(['/a/{id', '/a/id}', '/a/{x/y}', '/a/{;x}/b', '/a/{x=b c/d}'].map(shown)).toEqual([
      '/a/{id',
      '/a/id}',
      '/a/{x/y}',
      '/a/{;x}/b',
      '/a/{x=b c/d}',
    ])
    expect(shown('/a/{{id}}')).toBe('/a/{|{id}|}')
  })

  test('each note once', () => {
    expect(notesOf('/a/{{id}}')).toEqual([`${brace} \`/a/{{id}}\``])
  })

  test.each([
    ['/{x?}', '/|{x}', '{x?}'],
    ['/{x$}', '/|{x$}', '{x$}'],
    ['/{}', '/|{}', '{}'],
    ['/{+}', '/|{+}', '{+}'],
    ['/a{/}', '/a/|{}', '{/}'],
  ])('%s is a parameter of one segment', (path, expected, content) => {
    expect(shown(path)).toBe(expected)
    expect(notesOf(path)).toEqual([
      `unclear-template: the parameter \`${content}\` is read as one of a single segment in \`${path}\``,
    ])
  })

  test.each([
    ['/{x=a b}', '{x=a b}'],
    ['/{x=abc}', '{x=abc}'],
    ['/{x=}', '{x=}'],
    ['/{x=*!}', '{x=*!}'],
    ['/{x=!*}', '{x=!*}'],
  ])('%s is read without what follows the name', (path, content) => {
    expect(shown(path)).toBe('/|{x}')
    expect(notesOf(path)).toEqual([
      `unclear-template: the parameter \`${content}\` is read without what follows its name in \`${path}\``,
    ])
  })

  test.each([':id', ':_x1', '<id>', '<int:id>', '*', '**'])(
    'a segment %s looks like a parameter',
    (segment) => {
      const path = `/a/${segment}/b`
      expect(shown(path)).toBe(path)
      expect(notesOf(path)).toEqual([
        `unclear-template: \`${segment}\`, which looks like a parameter and is read as literal text, in \`${path}\``,
      ])
    },
  )

  test.each([
    '/a:b',
    '/:1',
    '/x:id',
    '/:id-',
    '/***',
    '/a*',
    '/*a',
    '/<a',
    '/a<b>',
    '/<b>a',
    '/<<a>',
    '/*{x}',
    '/{x}*',
    '/:{x}',
    '/<{x}>',
    '/<a{x}>/b',
  ])('%s does not', (path) => {
    expect(notesOf(path)).toEqual([])
  })
})

test.each([
  ['x', 'x'],
  [' x ', 'x'],
  ['x+', 'x'],
  ['x*', 'x'],
  ['x?', 'x'],
  ['x...', 'x'],
  ['x..', 'x..'],
  ['x*+?...', 'x'],
  ['+x', 'x'],
  ['**x', 'x'],
  ['/x', 'x'],
  ['/.+*x', 'x'],
  ['x+y*z', 'x+y*z'],
  ['x/y', 'x/y'],
])('bareName(%j) is %j', (name, expected) => {
  expect(bareName(name)).toBe(expected)
})

describe('takesSlash', () => {
  // Where a slash is named, and where something that matches one is enough.
  test.each([
    ['', false, false],
    ['abc', false, false],
    ['a/b', true, true],
    ['.', false, true],
    ['.*', false, true],
    ['\\.', false, false],
    ['\\/', true, true],
    ['\\x2f', true, true],
    ['\\x2F', true, true],
    ['\\u002f', true, true],
    ['\\x2e', false, false],
    ['\\u012f', false, false],
    ['\\x2', false, false],
    ['\\x2e.', false, true],
    ['\\dx2f', false, false],
    ['\\u002e/', true, true],
    ['\\S', false, true],
    ['\\D', false, true],
    ['\\W', false, true],
    ['\\s\\d\\w', false, false],
    ['\\\\', false, false],
    ['\\', false, false],
    ['[/]', true, true],
    ['[a-z/]', true, true],
    ['[a-z]', false, false],
    ['[^/]', false, false],
    ['[^a]', false, true],
    ['[^a/b]', false, false],
    ['[^\\S]', false, false],
    ['[^\\s]', false, true],
    ['[\\S]', false, true],
    ['[\\W\\d]', false, true],
    ['[\\d]', false, false],
    ['[\\x2f]', true, true],
    ['[\\/]', true, true],
    ['[!-~]', true, true],
    ['[/-0]', true, true],
    ['[.-/]', true, true],
    ['[0-9]', false, false],
    ['[+-.]', false, false],
    ['[\\x20-\\x30]', true, true],
    ['[!-\\x7e]', true, true],
    ['[^!-~]', false, false],
    ['[!-]', false, false],
    ['[-!~]', false, false],
    ['[!\\-~]', false, false],
    ['[!-.0-~]', false, false],
    ['[!-&-~]', false, false],
    ['[!-&--~]', true, true],
    ['[--0]', true, true],
    ['!-[^a]', false, true],
    ['[\\d-~]', false, false],
    ['[a\\]/]', true, true],
    ['[a]/', true, true],
    ['[a].', false, true],
    ['[\\]].', false, true],
    ['[^]]', false, true],
    ['[', false, false],
    ['[/', true, true],
    ['(/)', true, true],
    ['(?:/)', true, true],
    ['(?=/)', true, true],
    ['(?<=/)', true, true],
    ['(?!/)', false, false],
    ['(?<!/)', false, false],
    ['(?!/)a', false, false],
    ['(?!/)/', true, true],
    ['(?!(/)a/)b', false, false],
    ['(?!\\)/)b', false, false],
    ['(?![)]/)b', false, false],
    ['(?!a)[/]', true, true],
    ['(?!a).', false, true],
    ['(?!/', false, false],
    ['a(?!/)b', false, false],
    ['(?![a])/', true, true],
    ['((?!a)/)', true, true],
    ['(a(?!x))/', true, true],
  ])('%s: spelled %s, any %s', (expression, spelled, any) => {
    expect([takesSlash(expression, 'spelled'), takesSlash(expression, 'any')]).toEqual([spelled, any])
  })
})
