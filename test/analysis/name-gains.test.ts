/** What one scope may do with names that another may not, and a name that both may use. */
import { describe, expect, test } from 'vitest'
import { commonName, nameGains, type NameGains } from '../../src/analysis/name-gains.ts'
import { requestSetsOf } from '../../src/analysis/request-sets.ts'
import { loadPolicy } from '../../src/index.ts'
import type { InterpretedEndpoint } from '../../src/policy/policy-data.ts'

interface Names {
  readonly tools?: readonly string[]
  readonly resources?: readonly string[]
  readonly prompts?: readonly string[]
}

interface Scope {
  readonly names: readonly InterpretedEndpoint[]
  readonly allows: (method: string, name: string) => boolean
}

function scopesOf(a: Names, b: Names): readonly [Scope, Scope] {
  const policy = loadPolicy({
    a: { label: 'a', endpoints: [], ...a },
    b: { label: 'b', endpoints: [], ...b },
  })
  const scope = (name: string): Scope => ({
    names: requestSetsOf(policy).namesOf([name]),
    allows: (method, path) => policy.authorize([name], method, path),
  })
  return [scope('a'), scope('b')]
}

function gains(a: Names, b: Names): NameGains {
  const [one, other] = scopesOf(a, b)
  return nameGains(one.names, other.names, one.allows, other.allows)
}

/** The name that shows what the tools `a` allow and the tools `b` do not. */
function example(a: string, ...b: readonly string[]): string | undefined {
  return gains({ tools: [a] }, { tools: b }).endpoints[0]?.witness.path
}

function common(a: Names, b: Names): unknown {
  const [one, other] = scopesOf(a, b)
  const answer = commonName(
    one.names,
    other.names,
    (method, name) => one.allows(method, name) && other.allows(method, name),
  )
  return answer !== null && 'path' in answer ? `${answer.method} ${answer.path}` : answer
}

function commonTool(a: readonly string[], b: readonly string[]): unknown {
  return common({ tools: a }, { tools: b })
}

describe('nameGains', () => {
  test('lists each pattern that allows more, with its method and a name', () => {
    expect(
      gains({ tools: ['get_*', 'delete_*'], prompts: ['triage'], resources: ['x:a'] }, { tools: ['get_*'] }),
    ).toStrictEqual({
      endpoints: [
        { endpoint: 'delete_*', methods: ['tools/call'], witness: { method: 'tools/call', path: 'delete_' } },
        {
          endpoint: 'x:a',
          methods: ['resources/read'],
          witness: { method: 'resources/read', path: 'x:a' },
        },
        { endpoint: 'triage', methods: ['prompts/get'], witness: { method: 'prompts/get', path: 'triage' } },
      ],
    })
    expect(gains({}, { tools: ['a'] })).toStrictEqual({ endpoints: [] })
  })

  test('lists no pattern that another one of the same method covers', () => {
    expect(gains({ tools: ['a', 'a*', 'a*b'] }, { tools: ['x', 'a*'] }).endpoints).toEqual([])
    expect(gains({ tools: ['*'] }, { tools: ['*'] }).endpoints).toEqual([])
    expect(gains({ resources: ['x:%C3%A9*'] }, { resources: ['x:*'] }).endpoints).toEqual([])
    expect(gains({ tools: ['a'] }, { prompts: ['a'] }).endpoints).toHaveLength(1)
  })

  test('no character of a pattern is taken for what a star leaves open', () => {
    for (const character of ['\uffff', '\ue02a', 'x', '?']) {
      expect(example('a*b', `a${character}b`)).toBe('ab')
    }
  })

  test('a pattern that no URI matches counts on neither side', () => {
    const never = { resources: ['x:/../*'] }
    expect(gains(never, { resources: ['x:a'] })).toStrictEqual({ endpoints: [] })
    expect(gains({ resources: ['x:a'] }, never).endpoints).toHaveLength(1)
  })

  test('the name is a short one', () => {
    expect(example('a*')).toBe('a')
    expect(example('a*', 'a')).toBe('ax')
    expect(example('a*', 'a', '*x')).toBe('aq')
    expect(example('a*b*')).toBe('ab')
    expect(example('a*b*', 'ab')).toBe('axb')
    expect(example('a*b*', 'ab', 'a*b')).toBe('abx')
    expect(example('a*b*', 'ab*', 'a*b')).toBe('axbx')
    expect(example('*')).toBe('x')
  })

  test('a star is filled with a letter that the pattern does not have', () => {
    expect(example('ax*', 'ax')).toBe('axq')
    expect(example('*', '*x*')).toBe('a')
    expect(example('xaqzj0_-kwy*', 'xaqzj0_-kwy')).toBe('xaqzj0_-kwy*')
  })

  test('a name is found whatever the other patterns spell', () => {
    expect(example('*', ...Array.from('xaqzj0_-kwy', (letter) => `*${letter}*`))).toBe('*')
    expect(example('*/*', '/', '/*', '*/', ...Array.from('xaqzj0_-kwy', (letter) => `*${letter}*`))).toBe(
      '*/*',
    )
  })

  test('a URI begins with a scheme, and has its escapes', () => {
    const uri = (a: string, ...b: readonly string[]): string | undefined =>
      gains({ resources: [a] }, { resources: b }).endpoints[0]?.witness.path
    expect(uri('*')).toBe('x:')
    expect(uri('*/b')).toBe('x:/b')
    expect(uri('*/*', '*/')).toBe('x:/x')
    expect(uri('x:%c3%a9*')).toBe('x:%C3%A9')
    expect(example('\ue0c3*')).toBe('\ue0c3')
  })

  test('no scheme is put before other names', () => {
    const asked: string[] = []
    const { names } = scopesOf({ tools: ['*'] }, {})[0]
    const found = nameGains(
      names,
      [],
      (_, name) => {
        asked.push(name)
        return false
      },
      () => false,
    )
    expect(found).toStrictEqual({ endpoints: [], undecided: 'no example of * was found' })
    expect(asked).toContain('x')
    expect(asked).not.toContain('x:')
  })

  test('without an example it is undecided, beside what was found', () => {
    expect(gains({ resources: ['a/*', 'x:a', 'b/*'] }, {})).toStrictEqual({
      endpoints: [
        {
          endpoint: 'x:a',
          methods: ['resources/read'],
          witness: { method: 'resources/read', path: 'x:a' },
        },
      ],
      undecided: 'no example of b/* was found',
    })
  })
})

describe('commonName', () => {
  test.each([
    [['a'], ['a'], 'a'],
    [['a'], ['b'], null],
    [['a'], ['ab'], null],
    [['ab'], ['a'], null],
    [['b', 'a'], ['c', 'a'], 'a'],
    [['a*'], ['abc'], 'abc'],
    [['abc'], ['a*'], 'abc'],
    [['a*'], ['b*'], null],
    [['*a'], ['*b'], null],
    [['a*'], ['*b'], 'ab'],
    [['*b'], ['a*'], 'ab'],
    [['a*c'], ['ab*'], 'abc'],
    [['ab*'], ['a*c'], 'abc'],
    [['a*a'], ['a'], null],
    [['*ab'], ['*b'], 'ab'],
    [['*b*'], ['a*c'], 'abc'],
    [['*ab*cd*'], ['*bc*'], 'abcd'],
    [['a*'], [], null],
    [[], [], null],
  ])('of the tools %j and %j: %j', (a, b, name) => {
    expect(commonTool(a, b)).toBe(name === null ? null : `tools/call ${name}`)
  })

  test('a shortest name', () => {
    expect(commonTool(['*abc', '*'], ['*'])).toBe('tools/call abc')
    expect(commonTool(['*aab*'], ['*ba*'])).toBe('tools/call aaba')
    expect(commonTool(['*ab*ab'], ['*bab*'])).toBe('tools/call abab')
  })

  test('patterns of many stars without a common name', () => {
    expect(commonTool([`${'*a'.repeat(14)}*c`], [`${'*b'.repeat(14)}*d`])).toBeNull()
  })

  test('of one method, with a pattern that can match', () => {
    expect(common({ tools: ['a'] }, { prompts: ['a'] })).toBeNull()
    expect(common({ tools: ['a'], prompts: ['b'] }, { tools: ['b'], prompts: ['*'] })).toBe('prompts/get b')
    const never = ['x:/../*']
    expect(common({ resources: never }, { resources: ['x:a'] })).toBeNull()
    expect(common({ resources: ['x:a'] }, { resources: never })).toBeNull()
  })

  test('stars of both leave room for what an accepted name needs', () => {
    expect(commonTool(['*'], ['*'])).toBe('tools/call x')
    expect(common({ resources: ['*'] }, { resources: ['*.md'] })).toBe('resources/read x:.md')
    expect(common({ resources: ['*.md'] }, { resources: ['*'] })).toBe('resources/read x:.md')
    expect(common({ resources: ['*/a*'] }, { resources: ['*b'] })).toBe('resources/read x:/axb')
    expect(common({ resources: ['*/a*'] }, { resources: ['*/*'] })).toBe('resources/read x:/ax')
  })

  test('without an example it is undecided', () => {
    const undecided = { undecided: 'no example of a/* and a/b* was found' }
    expect(common({ resources: ['a/*'] }, { resources: ['c:', 'a/b*'] })).toEqual(undecided)
    expect(common({ resources: ['a/*', 'x:a'] }, { resources: ['a/b*', 'x:a'] })).toBe('resources/read x:a')
  })
})
