/**
 * Random small documents with names, keys of several names, aliases, inclusion and a baseline decide as the slow
 * reference does, in every form of a policy that decides; sets that are said to allow a request are the smallest ones.
 */
import { expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainDocument } from '../reference/document.ts'

const SCOPES = ['a', 'b', 'c', 'd']
const PATTERNS = ['x', 'y', 'x*', '*y', '*', 'x*y', 'xx', 'x/y']
const REQUESTS = [
  ...['x', 'y', 'xy', 'xx', 'xzy', 'x/y', 'z'].map((name) => ['tools/call', name] as const),
  ...['x', 'yy'].map((name) => ['prompts/get', name] as const),
  ...['/x', '/x/', '/y/', '/xx'].map((path) => ['GET', path] as const),
]
const TOKENS: readonly (readonly string[])[] = [...SCOPES, 'alias'].reduce<string[][]>(
  (sets, name) => [...sets, ...sets.map((set) => [...set, name])],
  [[]],
)

/** Mulberry32. */
function random(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound)
  }
}

function documentOf(seed: number): PlainDocument {
  const below = random(seed)
  const some = (): readonly string[] => PATTERNS.filter(() => below(4) === 0)
  const grants = (): object => ({
    endpoints: [...some(), ...(below(3) === 0 ? ['x/'] : [])].map((pattern) => ({ [pattern]: 'GET' })),
    tools: some(),
    ...(below(2) === 0 && { prompts: some() }),
  })
  const scopes = SCOPES.map((name, index) => [
    name,
    {
      label: 'x',
      ...grants(),
      includes: SCOPES.slice(0, index).filter(() => below(5) === 0),
      ...(name === 'b' && below(2) === 0 && { aliases: ['alias'] }),
    },
  ])
  const keys = ['a b', 'b c', 'c a d'].filter(() => below(2) === 0).map((key) => [key, grants()])
  const baseline = below(4) === 0 ? [['$baseline', { tools: some(), endpoints: [{ y: 'GET' }] }]] : []
  return Object.fromEntries([...baseline, ...scopes, ...keys]) as PlainDocument
}

const isSubset = (small: readonly string[], big: readonly string[]): boolean =>
  small.every((name) => big.includes(name))

test('100 random documents', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const document = documentOf(seed)
    const reference = referencePolicy(document)
    const policy = loadPolicy(document)
    const compiled = fromCompiled(JSON.stringify(toCompiled(policy)))
    for (const [method, name] of REQUESTS) {
      const allowed = TOKENS.filter((token) => reference.authorize(token, method, name))
      for (const form of [policy, compiled]) {
        const what = `${seed} ${method} ${name}`
        expect(
          TOKENS.filter((token) => form.authorize(token, method, name)),
          what,
        ).toEqual(allowed)
        expect(
          TOKENS.filter((token) => form.grant(token).authorize(method, name)),
          what,
        ).toEqual(allowed)
        const sets = form.setsFor(method, name)
        const own = allowed.filter((token) => !token.includes('alias'))
        const smallest = own.filter(
          (token) => !own.some((other) => other !== token && isSubset(other, token)),
        )
        expect(sets.map((set) => [...set].sort().join(' ')).sort(), what).toEqual(
          smallest.map((set) => [...set].sort().join(' ')).sort(),
        )
      }
    }
  }
})
