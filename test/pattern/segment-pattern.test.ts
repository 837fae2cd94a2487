/**
 * `wildcard: segment` against picomatch itself, pattern by pattern: the corners of its syntax, written down
 * one by one because random generation would not find them all.
 */
import picomatch from 'picomatch'
import { describe, expect, test } from 'vitest'
import { accepts, nfaOf } from '../../src/automaton/nfa.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'
import type { Expression } from '../../src/pattern/expression.ts'
import { readSegmentPattern, UnsupportedSyntax } from '../../src/pattern/segment-pattern.ts'
import { read } from './rules.ts'

const SYNTAX: Readonly<Record<string, readonly string[]>> = {
  stars: [
    '*',
    'a*',
    '*a',
    '*a*',
    'a*b',
    '*/*',
    'a/*',
    '*/a',
    'a/*/b',
    '*.a',
    'a.*',
    '.*',
    '*.',
    '*.*',
    '*-*',
    '*/',
  ],
  'two stars': [
    '**',
    'a/**',
    '**/a',
    'a/**/b',
    '**a',
    'a**',
    'a**b',
    '**/',
    'a/**/',
    '**/*',
    '*/**',
    '**/**',
    'a/**/**',
    '**.',
    '.**',
    '**/.*',
    '**/*.a',
    '**/a/**',
    'a/**b',
    'a**/b',
    '**/..',
    'a/.*',
    '{a,b}.*',
  ],
  'more stars': ['***', 'a/***/b', '****', 'a***', '***/a'],
  'question marks': ['?', '??', 'a?', '?a', 'a?b', '?/?', '*?', '?*', '.?', '?.', '**?'],
  braces: [
    '{a,b}',
    'a{b,c}d',
    '{a,b}/c',
    '{a,{b,c}}',
    'a{,b}',
    '{a,}',
    '{,}',
    '{a,b}{c,d}',
    '*{a,b}',
    '{*,b}',
    '{a/b,c}',
    '{**,a}/b',
    '{.,..}/a',
    '{a,b}/**',
    '**/*.{a,b}',
    '{a}',
    '{}',
    'a{',
    'a}',
    '{a',
    '}{',
    '{a,b',
    'a,b',
    '{a,(b|c)}',
  ],
  ranges: [
    '{a..c}',
    '{c..a}',
    '{1..3}',
    '{01..03}',
    '{1..10}',
    '{a..}',
    '{..a}',
    '{..}',
    '{a..c..2}',
    '{-1..1}',
    'a{1..2}b',
    '{a..b}{1..2}',
  ],
  classes: [
    '[a]',
    '[ab]',
    '[a-c]',
    '[c-a]',
    '[!a]',
    '[^a]',
    '[!a-c]',
    '[a-]',
    '[-a]',
    '[a-c-e]',
    '[]a]',
    '[!]a]',
    '[*]',
    '[?]',
    '[.]',
    '[a/b]',
    '[a',
    'a]',
    '[]',
    '[!]',
    '[^]',
    '[^^]',
    '[a][b]',
    '[[]',
    '[]]',
    '[ab]*',
    '[\\]]',
    '[A-z]',
    '[Z-a]',
    '[+--]',
    '[a]/[b]',
    '[]a*{',
    '[\\x41-\\x43]',
    '*|[]|{2}a',
  ],
  'named classes': [
    '[[:alpha:]]',
    '[[:digit:]]',
    '[[:alnum:]_]',
    '[[:upper:]]*',
    '[![:digit:]]',
    '[[:xdigit:]]a',
    '[[:punct:]]',
    '[[:word:]]',
    '[:alpha:]',
    '[[.a.]]',
    '[[=a=]]',
    '[[:none:]]',
  ],
  parentheses: [
    '(a)',
    '(a|b)',
    '(a|b)/c',
    '(a)*',
    '(a)+',
    '(a)?',
    '()',
    '(|a)',
    '(a',
    'a)',
    '(a/b)',
    '((a))',
    '(a|(b|c))',
    '(?:a)',
    '(*)',
    '(**)',
    '(a)(b)',
    '$(a)',
    '(a|b)*',
    '(*|a)b',
  ],
  'no extglobs': ['?(a)', '*(a)', '+(a)', '@(a)', '!(a)', '@(a|b)c', '+(a|b)', '*(a|b)/c'],
  'no negation': ['!a', '!', '!!a', 'a!', '!*', '!(a)', '!/a'],
  'characters that mean something elsewhere': [
    '^',
    '^a',
    'a^',
    '$',
    'a$',
    'a|b',
    'a/b|c',
    'a/b|c/*',
    '|a',
    'a|',
    '|',
    '+',
    'a+',
    '+a',
    'a+b',
    '.',
    '..',
    '...',
    'a.b',
    '..a',
    '~a',
    '@a',
    '@',
    '%20',
    'a%2A',
    '<a>',
    '=',
    '&',
    '-',
    '_',
    ':a',
    'a:b',
    ',',
  ],
  quotes: ['"a"', '"a*"', '"', 'a"b', '""', "'a'", "a'b", '`a`', '"*"', '"a"b'],
  'backslash escapes': [
    '\\*',
    '\\?',
    '\\[a\\]',
    '\\{a,b\\}',
    '\\(a\\)',
    'a\\*b',
    '\\.',
    '\\/',
    'a\\/b',
    '\\\\',
    '\\!a',
    '\\+',
    '\\^',
    '\\$',
    '\\|',
    '\\-',
    '\\,',
    '\\"',
    '[\\*]',
    '{\\*,a}',
    '\\d',
    '\\w',
    '\\s',
    '\\D',
    '\\W',
    '\\S',
    '[\\d]',
    '[\\w-]',
  ],
  slashes: ['a', 'a/b', 'a/b/c', './a', 'a/./b', './', 'a//b', 'a/', './*', './**'],
}

function words(letters: readonly string[], longest: number): string[] {
  let last = ['']
  const all: string[] = []
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((word) => letters.map((letter) => word + letter))
    all.push(...last)
  }
  return all
}

const PATTERNS = Object.values(SYNTAX).flat()
/** Short paths, the patterns' own text, and some that patterns of this kind are written for. */
const PATHS = [
  ...words(['a', 'b', '.', '/', 'B', '1'], 4),
  ...PATTERNS,
  ...[
    'c',
    'd',
    'z',
    '-',
    '-1',
    '0',
    '2',
    '3',
    '10',
    '01',
    '03',
    'ac',
    'abd',
    'acd',
    'ad',
    'bc',
    'b/c',
    'a/c',
    'aab',
    'aaa',
    'x.a',
    'x.a.b',
    'c/x',
  ],
  ...[
    'a/b/c/d/e',
    'a/b/.c',
    '.a/.b/.c',
    'a/x/y/b',
    'a/x/y.a',
    '_a',
    'A',
    'Z',
    'é',
    'a%20',
    '%2A',
    'a%2F',
    '[',
    ']',
    '{',
    '}',
    '*',
    '**',
    '!',
    '\\',
  ],
]

function picomatchOf(pattern: string, caseSensitive: boolean): (path: string) => boolean {
  return picomatch(pattern, { dot: true, nonegate: true, noextglob: true, nocase: !caseSensitive })
}

function itemsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'sequence' || expression.kind === 'choice' ? expression.items : []
}

/** Paths that come to the pattern as they are: what the path rules change is not picomatch's business. */
const ACCEPTED = [...new Set(PATHS)].filter((path) => read(`/${path}`) === path && !path.endsWith('/'))

/** Where core and picomatch differ, over the accepted paths. */
function differences(pattern: string, caseSensitive: boolean): readonly string[] {
  const document = { s: { label: 's', endpoints: [{ [`/${pattern}`]: 'GET' }] } }
  const { policy, diagnostics } = parsePolicy(document, { wildcard: 'segment', caseSensitive })
  const isMatch = picomatchOf(pattern, caseSensitive)
  if (diagnostics.some(({ code }) => code === 'unescaped-syntax')) {
    // No document may have it any more; policies that were compiled before do.
    const nfa = nfaOf(readSegmentPattern(pattern, caseSensitive))
    return ACCEPTED.filter((path) => accepts(nfa, path) !== isMatch(path))
  }
  if (policy === null) return diagnostics.map(({ message }) => message)
  const { authorize } = policy.grant(['s'])
  return ACCEPTED.filter((path) => authorize('GET', `/${path}`) !== isMatch(path))
}

describe('decides as picomatch does', () => {
  for (const [kind, patterns] of Object.entries(SYNTAX)) {
    test(`on ${kind}`, () => {
      for (const pattern of patterns) expect(differences(pattern, true), pattern).toEqual([])
    })
  }

  test('on all of them with caseSensitive: false', () => {
    // Those that do not compile match their own text only: its own test, below.
    const compiled = PATTERNS.filter(
      (pattern) => !['a{', '{a', '{a,b', '[c-a]', '[+--]', '}{', '{', '*|[]|{2}a'].includes(pattern),
    )
    const wrong = compiled.map((pattern) => [pattern, differences(pattern, false)] as const)
    expect(wrong.filter(([, paths]) => paths.length > 0)).toEqual([])
  })

  test('on every named class that picomatch knows', () => {
    const names = [
      'alnum',
      'alpha',
      'ascii',
      'blank',
      'cntrl',
      'digit',
      'graph',
      'lower',
      'print',
      'punct',
      'space',
      'upper',
      'word',
      'xdigit',
    ]
    const wrong = names.map((name) => [name, differences(`[[:${name}:]]`, true)] as const)
    expect(wrong.filter(([, found]) => found.length > 0)).toEqual([])
  })

  test('on patterns that do not compile, which match exactly their own text, letter case included', () => {
    const wrong = ['{A', 'a{', '[C-A]', '[c-a]'].flatMap((pattern) => {
      const { authorize } = loadPolicy(
        { s: { label: 's', endpoints: [pattern] } },
        { wildcard: 'segment', caseSensitive: false },
      ).grant(['s'])
      const isMatch = picomatchOf(pattern, false)
      const paths = [pattern, pattern.toLowerCase(), pattern.toUpperCase()]
      return paths
        .filter((path) => authorize('GET', `/${path}`) !== isMatch(path))
        .map((path) => [pattern, path])
    })
    expect(wrong).toEqual([])
  })
})

test('the table has paths that match and paths that do not for nearly every pattern', () => {
  const idle = PATTERNS.filter((pattern) => {
    const answers = new Set(PATHS.map(picomatchOf(pattern, true)))
    return answers.size < 2
  })
  expect(idle.length).toBeLessThan(PATTERNS.length / 20)
})

describe('the optional leading slash', () => {
  test('is taken off once, so that the pattern is as without it', () => {
    for (const pattern of ['a/*', '{a,b}', '**/a', '!a', '[ab]', '?']) {
      const policy = loadPolicy(
        { with: { label: 'x', endpoints: [`/${pattern}`] }, without: { label: 'x', endpoints: [pattern] } },
        { wildcard: 'segment' },
      )
      for (const path of ['a', 'b', 'a/b', '!a', 'x/a', 'ab']) {
        expect(policy.authorize('with', 'GET', `/${path}`)).toBe(
          policy.authorize('without', 'GET', `/${path}`),
        )
      }
    }
  })

  test('alone is the root, which no star matches', () => {
    const policy = loadPolicy(
      { root: { label: 'x', endpoints: ['/'] }, star: { label: 'x', endpoints: ['**', '*', '/**'] } },
      { wildcard: 'segment' },
    )
    expect(policy.scopesFor('GET', '/')).toEqual(['root'])
  })
})

describe('escapes of a pattern', () => {
  const grants = (pattern: string, path: string): boolean =>
    loadPolicy({ s: { label: 'x', endpoints: [pattern] } }, { wildcard: 'segment' }).authorize(
      's',
      'GET',
      path,
    )

  test('are put into canonical form', () => {
    expect(grants('caf%c3%a9/*', '/caf%C3%A9/x')).toBe(true)
    expect(grants('m%65', '/me')).toBe(true)
    expect(grants('a%20b', '/a%20b')).toBe(true)
  })

  test('are three characters to a question mark, as to picomatch', () => {
    expect(grants('a???', '/a%20')).toBe(true)
    expect(grants('a?', '/a%20')).toBe(false)
  })

  test('that are malformed match no accepted path', () => {
    for (const pattern of ['%2%35', '%%32%30', '%', '%2', '%zz', '%%34%31']) {
      for (const path of ['/%25', '/%20', '/A', '/%2', '/5', '/20']) {
        expect(grants(pattern, path), `${pattern} ${path}`).toBe(false)
      }
    }
  })

  test('that would be an escape again after one decoding match no accepted path', () => {
    for (const pattern of ['%2541', '%25%34%31', '%25%32%46']) {
      for (const path of ['/A', '/a', '/%25', '/%41']) expect(grants(pattern, path), pattern).toBe(false)
    }
  })
})

describe('what picomatch would hand on to RegExp and patterns do not have', () => {
  const UNSUPPORTED: readonly (readonly [pattern: string, construct: string])[] = [
    ['(?=a)', '(?='],
    ['(?!a)b', '(?!'],
    ['(?<=a)b', '(?<'],
    ['(?<!a)b', '(?<'],
    ['(?<name>a)', '(?<'],
    ['\\1', '\\1'],
    ['(a)\\1', '\\1'],
    ['\\b', '\\b'],
    ['[\\b]', '\\b'],
    ['\\a', '\\a'],
    ['\\u0061', '\\u'],
    ['\\p{L}', '\\p'],
    ['\\cA', '\\c'],
    [`${'('.repeat(40)}a${')'.repeat(40)}`, 'nests groups deeper than 32'],
    ['[]a{2}', '{2}'],
    ['[]{2,3}', '{2,3}'],
    ['[]a{000000000000000001}', '{000000000000000001}'],
    ['a))(', 'do not pair up'],
    ['))|(', 'do not pair up'],
    ['(**/a', 'do not pair up'],
    ['**[]a]{a,*}{', 'do not pair up'],
  ]

  for (const [pattern, construct] of UNSUPPORTED) {
    test(`${pattern.slice(0, 20)} is refused, naming ${construct}`, () => {
      expect(() => readSegmentPattern(pattern, true)).toThrow(UnsupportedSyntax)
      const text = `s:\n  label: x\n  endpoints:\n    - '${pattern}'\n`
      const { policy, diagnostics } = parsePolicy(text, { wildcard: 'segment' })
      expect(policy).toBeNull()
      const isUnescaped = /[()|"]/.test(pattern)
      expect(diagnostics.map(({ code }) => code)).toEqual([
        isUnescaped ? 'unescaped-syntax' : 'invalid-pattern',
      ])
      if (isUnescaped) return
      const [found] = diagnostics
      expect(found?.message).toContain(construct)
      expect(text.slice(found?.span.start, found?.span.end)).toBe(`'${pattern}'`)
    })
  }

  test('is text where the wildcard is any', () => {
    for (const [pattern] of UNSUPPORTED) {
      expect(parsePolicy({ s: { label: 'x', endpoints: [pattern] } }).policy, pattern).not.toBeNull()
    }
  })
})

describe('unescaped syntax is refused', () => {
  const parsed = (text: string): ReturnType<typeof parsePolicy> => parsePolicy(text, { wildcard: 'segment' })
  const documentOf = (pattern: string): string => `s:\n  label: x\n  endpoints:\n    - ${pattern}\n`

  test.each([
    ['users(*)', '(', 'users\\(*\\)', '/users-and-passwords', '/users(a)'],
    ['reports/a|b', '|', 'reports/a\\|b', '/b', '/reports/a|b'],
    [`'"a"/*'`, '"', '\\"a\\"/*', '/a/b', '/"a"/b'],
    ['a)', ')', 'a\\)', '/a', '/a)'],
    [`'[(]a'`, '(', '[\\(]a', '/xa', '/(a'],
    ['"a\\\\\\\\(b"', '(', 'a\\\\\\(b', '/ab', undefined],
  ])('%s, with a fix that escapes it', (written, character, escaped, denied, granted) => {
    const text = documentOf(written)
    const { policy, diagnostics } = parsed(text)
    expect(policy).toBeNull()
    const [found] = diagnostics
    expect(found?.code).toBe('unescaped-syntax')
    expect(found?.message).toContain(`unescaped \`${character}\``)
    const edit = found?.fix?.edits[0]
    // Where the source has escapes of its own, there is no edit.
    if (written.startsWith('"')) return
    expect(found?.fix?.unsafe).toBeUndefined()
    const fixed = `${text.slice(0, edit?.span.start)}${edit?.text ?? ''}${text.slice(edit?.span.end)}`
    const after = parsed(fixed)
    expect(after.diagnostics).toEqual([])
    expect(after.policy?.scopes.get('s')?.endpoints[0]?.pattern).toBe(escaped)
    expect(after.policy?.authorize('s', 'GET', denied)).toBe(false)
    if (granted !== undefined) expect(after.policy?.authorize('s', 'GET', granted)).toBe(true)
  })

  test('escaped, and with the other wildcard, it is text', () => {
    for (const pattern of ['a\\(b\\)', 'a\\|b', 'a\\"b']) {
      expect(parsed(documentOf(`'${pattern}'`)).policy, pattern).not.toBeNull()
    }
    expect(parsePolicy(documentOf(`'users(*)|"a"'`)).policy?.authorize('s', 'GET', '/users(x)|"a"')).toBe(
      true,
    )
  })
})

/** Nodes of the tree; none for a pattern that is refused. */
function sizeOf(pattern: string): number {
  const nodes = (expression: Expression): number => {
    const parts = expression.kind === 'repeat' ? [expression.item] : itemsOf(expression)
    return parts.reduce((sum, part) => sum + nodes(part), 1)
  }
  try {
    return nodes(readSegmentPattern(pattern, true))
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return 0
    throw error
  }
}

test('no pattern, however odd, makes reading it throw or means more than four nodes for each character', () => {
  const long = [
    '*',
    '?',
    '**/',
    '(',
    ')',
    '{',
    '{,a}',
    '{a,b}',
    '[',
    '[[',
    '!',
    '+',
    '\\',
    '\\\\',
    '"',
    '.',
    '/',
    '(*)*',
    '{1..9}',
    '[!',
    '|',
    '%',
    '${',
  ]
  for (const piece of long) {
    const pattern = piece.repeat(Math.floor(1000 / piece.length))
    expect(() =>
      parsePolicy({ s: { label: 'x', endpoints: [pattern] } }, { wildcard: 'segment' }),
    ).not.toThrow()
    expect(sizeOf(pattern), piece).toBeLessThan(4 * pattern.length)
  }
})
