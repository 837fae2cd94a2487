/**
 * Arguments that no program should pass. Each is made anew for every call, with the names that a reader
 * could find in it at best: a decision may be that of these names, or a denial, never more.
 */
import { createContext, runInContext } from 'node:vm'

export interface Hostile {
  readonly what: string
  readonly make: () => unknown
  /** Names that it holds as a list, a set or a string of names does. */
  readonly holds: readonly string[]
}

const otherRealm = createContext({})
const elsewhere = (code: string): unknown => runInContext(code, otherRealm)

function proxied(target: object, handler: ProxyHandler<object>): object {
  return new Proxy(target, handler)
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

const fail = (): never => {
  throw new Error('a trap that throws')
}
const TRAPS = [
  'get',
  'has',
  'ownKeys',
  'getPrototypeOf',
  'getOwnPropertyDescriptor',
  'apply',
  'construct',
] as const
const throwing: ProxyHandler<object> = Object.fromEntries(TRAPS.map((trap) => [trap, fail]))

/** An element that is another name each time it is read. */
export function changing(...names: readonly unknown[]): unknown[] {
  let reads = 0
  const list: unknown[] = []
  Object.defineProperty(list, 0, { get: () => names[Math.min(reads++, names.length - 1)], enumerable: true })
  return list
}

function* endless(): Generator<string> {
  for (;;) yield 'wide'
}

class EndlessArray extends Array<string> {
  override [Symbol.iterator](): ArrayIterator<string> {
    return endless()
  }
}

class EagerArray extends Array<string> {
  override includes = (): boolean => true
  override some = (): boolean => true
  override indexOf = (): number => 0;
  override [Symbol.iterator](): ArrayIterator<string> {
    return ['wide'][Symbol.iterator]()
  }
}

class LyingSet extends Set<string> {
  override has = (): boolean => true
  override forEach = (say: (name: string, same: string, set: Set<string>) => void): void => {
    say('wide', 'wide', this)
  };
  override [Symbol.iterator](): SetIterator<string> {
    return endless()
  }
  override get size(): number {
    return fail()
  }
}

const coercible = (): object => ({
  toString: () => 'wide',
  valueOf: () => 'wide',
  toJSON: () => 'wide',
  [Symbol.toPrimitive]: () => 'wide',
})

const grows = (): unknown[] => {
  const list: unknown[] = ['nobody']
  Object.defineProperty(list, 0, { get: () => (list.push('nobody') > 0 ? 'nobody' : ''), enumerable: true })
  return list
}

const shrinks = (): unknown[] => {
  const list: unknown[] = ['nobody', 'wide']
  Object.defineProperty(list, 0, { get: () => 'nobody'.slice((list.length = 1) - 1), enumerable: true })
  return list
}

/** Nothing that any of the types holds. */
const NOTHING: readonly (readonly [what: string, make: () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['true', () => true],
  ['a number', () => 1],
  ['not a number', () => Number.NaN],
  ['a bigint', () => 1n],
  ['a symbol', () => Symbol('wide')],
  ['a well-known symbol', () => Symbol.iterator],
  ['a function', () => () => 'wide'],
  ['a class', () => LyingSet],
  ['a boxed string', () => new String('wide')],
  ['a boxed string of another realm', () => elsewhere("new String('wide')")],
  ['a boxed symbol', () => Object(Symbol('wide')) as unknown],
  ['what becomes a string', coercible],
  ['an array of arrays', () => [['wide']]],
  ['an array of boxed strings', () => [new String('wide'), coercible(), Symbol('wide'), 1n, null, undefined]],
  ['an array with holes', () => new Array<string>(3)],
  ['the longest array', () => new Array<string>(2 ** 32 - 1)],
  ['an array with a name behind a space', () => ['x wide', 'wide ', ' wide', 'wide\n']],
  [
    'an array with a name as a member',
    () => Object.assign([], { wide: 'wide', '-1': 'wide', '1.5': 'wide' }),
  ],
  ['what is like an array', () => ({ 0: 'wide', length: 1 })],
  ['what inherits from an array', () => Object.create(['wide']) as unknown],
  ['what inherits from a set', () => Object.create(new Set(['wide'])) as unknown],
  ['an array whose prototype holds a name', () => Object.setPrototypeOf(new Array(1), ['wide']) as unknown],
  [
    'arguments',
    () =>
      // Called so that it takes what it does not name.
      Reflect.apply(
        function (): unknown {
          // eslint-disable-next-line prefer-rest-params -- the very object
          return arguments
        },
        undefined,
        ['wide'],
      ) as unknown,
  ],
  [
    'what is like a set',
    () => ({
      has: () => true,
      size: 1,
      forEach: (say: (name: string) => void) => {
        say('wide')
      },
      [Symbol.iterator]: endless,
    }),
  ],
  ['what never ends', endless],
  ['an iterable that never ends', () => ({ [Symbol.iterator]: endless })],
  ['an array without elements that never ends', () => new EndlessArray()],
  ['an array without elements that says it has all', () => new EagerArray()],
  ['a set that lies', () => new LyingSet(['nobody'])],
  ['a map', () => new Map([['wide', 'wide']])],
  ['a weak set', () => new WeakSet()],
  ['a typed array', () => new TextEncoder().encode('wide')],
  ['a buffer', () => new ArrayBuffer(8)],
  ['a date', () => new Date(0)],
  ['a regular expression', () => /wide/],
  ['a promise', () => Promise.resolve(['wide'])],
  ['an error', () => new Error('wide')],
  ['a location', () => new URL('https://host/wide')],
  ['search parameters', () => new URLSearchParams('scope=wide')],
  ['a null-prototype object', () => Object.create(null) as unknown],
  ['a proxy that throws', () => proxied({}, throwing)],
  ['a proxy of an array that throws', () => proxied(['wide'], throwing)],
  ['a proxy of a set', () => proxied(new Set(['wide']), {})],
  ['a proxy of a function', () => proxied(() => 'wide', throwing)],
  ['a revoked proxy', () => revoked({})],
  ['a revoked proxy of an array', () => revoked(['wide'])],
  [
    'a proxy of an array with an endless length',
    () => proxied([], { get: (_, name) => (name === 'length' ? Number.POSITIVE_INFINITY : 'nobody') }),
  ],
  [
    'a proxy of an array with an odd length',
    () => proxied([], { get: (_, name) => (name === 'length' ? { valueOf: () => 1 } : 'wide') }),
  ],
  [
    'a proxy of an array without own elements',
    () => proxied([], { get: (_, name) => (name === 'length' ? 1 : 'wide') }),
  ],
  ['an array that grows while it is read', grows],
  ['an array that shrinks while it is read', shrinks],
  [
    'an array whose element throws',
    () => Object.defineProperty(['nobody'], 1, { get: fail, enumerable: true }),
  ],
]

const HOLDING: readonly (readonly [what: string, make: () => unknown, holds: readonly string[]])[] = [
  ['a frozen array', () => Object.freeze(['narrow']), ['narrow']],
  ['a frozen set', () => Object.freeze(new Set(['narrow'])), ['narrow']],
  ['an array with a null prototype', () => Object.setPrototypeOf(['narrow'], null) as unknown, ['narrow']],
  ['an array that never ends', () => EndlessArray.from(['narrow']), ['narrow']],
  [
    'an array that says it has all',
    () => Object.setPrototypeOf(['narrow'], EagerArray.prototype) as unknown,
    ['narrow'],
  ],
  ['an array of another realm', () => elsewhere("['narrow']"), ['narrow']],
  ['a set of another realm', () => elsewhere("new Set(['narrow'])"), ['narrow']],
  [
    'a subclass of another realm',
    () => elsewhere("new (class extends Array {})('narrow', 'nobody')"),
    ['narrow'],
  ],
  ['a proxy of an array', () => proxied(['narrow'], {}), ['narrow']],
  ['an element that changes', () => changing('narrow', 'wide'), ['narrow', 'wide']],
  ['an element that stops being a string', () => changing('narrow', 1n, Symbol('x'), null), ['narrow']],
  ['an element that changes to nobody', () => changing('narrow', 'nobody'), ['narrow']],
  ['a set that lies and holds a name', () => new LyingSet(['narrow']), ['narrow']],
  ['an array with holes and a name', () => Object.assign(new Array(9), { 7: 'narrow' }), ['narrow']],
  ['many names', () => [...Array.from({ length: 2_000 }, (_, at) => `n${at}`), 'narrow'], ['narrow']],
  ['a string with odd spaces', () => '  narrow   nobody ', ['narrow']],
  ['a string with other white space', () => 'narrow\twide wide\n', []],
]

export const HOSTILE: readonly Hostile[] = [
  ...NOTHING.map(([what, make]) => ({ what, make, holds: [] })),
  ...HOLDING.map(([what, make, holds]) => ({ what, make, holds })),
]
