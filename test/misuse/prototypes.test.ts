/**
 * Prototypes that somebody has written to, before a policy is loaded and after: the usual end of a merge of
 * hostile JSON. No request is granted that is not granted without, and `authorize` does not throw.
 *
 * What replaces built-in functions is code in the same process, which could as well replace this package.
 * Wrappers that still do their work, as monitoring installs them, must change nothing.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { parsePolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { DOCUMENTS, type Loose, PATHS, subjects } from './subjects.ts'

// Two documents are enough: what is written to prototypes makes everything slow.
const CHOSEN = ['many', 'segment']
const chosen = ([name]: readonly [string, unknown]): boolean => CHOSEN.some((one) => name.startsWith(one))

const SUBJECTS = (await subjects()).filter(chosen)
const TEXTS = Object.entries(DOCUMENTS)
  .filter(chosen)
  .map(([name, document]) => [name, JSON.stringify(document)] as const)

const SCOPES = (): readonly unknown[] => [['narrow'], new Set(['narrow']), 'narrow', ['nobody'], [], 'x', [,]] // eslint-disable-line no-sparse-arrays

const METHODS = ['GET', 'TRACE']
const OPEN = { enumerable: true, writable: true, configurable: true }

/** Without a prototype: `get` and `set` may be what has been written to one. */
function bare(descriptor: PropertyDescriptor): PropertyDescriptor {
  return Object.assign(Object.create(null) as PropertyDescriptor, descriptor)
}

/** Everything that is decided, in one row: booleans, or what was thrown by a method that may throw. */
function decisions({ authorize, grant, explain, methodsFor }: Loose): readonly unknown[] {
  const row: unknown[] = []
  const add = (value: unknown): void => {
    // Not `push`: a prototype of arrays may have been written to.
    Object.defineProperty(row, row.length, bare({ value, ...OPEN }))
  }
  for (const scopes of SCOPES()) {
    for (const path of PATHS) {
      for (const method of METHODS) {
        add(authorize(scopes, method, path))
        add(guarded(() => grant(scopes).authorize(method, path)))
        add(guarded(() => explain(scopes, method, path).allowed))
        add(guarded(() => methodsFor(scopes, path).includes(method)))
      }
    }
  }
  return row
}

function guarded(ask: () => unknown): unknown {
  try {
    return ask()
  } catch {
    return false
  }
}

const plain = SUBJECTS.map(([, policy]) => decisions(policy))
const plainLoaded = TEXTS.map(([, text]) => decisions(loaded(text) as unknown as Loose))

function loaded(text: string): Policy | null {
  return parsePolicy(text).policy
}

/** Restores what a test has changed. */
let restore: (() => void)[] = []
afterEach(() => {
  for (const undo of restore.reverse()) undo()
  restore = []
})

function define(target: object, name: PropertyKey, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(target, name)
  restore.push(() => {
    if (before === undefined) Reflect.deleteProperty(target, name)
    else Object.defineProperty(target, name, before)
  })
  Object.defineProperty(target, name, bare({ configurable: true, ...descriptor }))
}

/** Runs with something changed and puts it back before anything is expected: `expect` would suffer, too. */
function during<T>(change: () => void, work: () => T): T {
  try {
    change()
    return work()
  } finally {
    for (const undo of restore.reverse()) undo()
    restore = []
  }
}

type Rows = readonly (readonly unknown[] | null)[]

function widened(rows: Rows, before: Rows): number {
  return rows.reduce(
    (sum, row, at) =>
      sum + (row ?? []).filter((value, of) => value === true && before[at]?.[of] !== true).length,
    0,
  )
}

// No destructuring of arrays, which calls `return` of an iterator: one may have been written to a prototype.
const asked = (): Rows => SUBJECTS.map((subject) => decisions(subject[1]))
/** Loading may fail, as long as it does not load something that grants more. */
const loadedAnew = (): Rows =>
  TEXTS.map((named) => {
    let policy: Policy | null
    try {
      policy = loaded(named[1])
    } catch {
      return null
    }
    return policy && decisions(policy as unknown as Loose)
  })

test('the questions are answered differently', () => {
  for (const row of [...plain, ...plainLoaded]) expect(new Set(row)).toEqual(new Set([true, false]))
})

/** What is read of plain objects somewhere between the text and the decision. */
const NAMES = [
  ...['allowed', 'reason', 'refusal', 'path', 'withoutSlash', 'text', 'rule', 'layout', 'tables', 'data'],
  ...['preset', 'basePath', 'extensions', 'caseSensitive', 'trailingSlash', 'wildcard', 'head', 'methods'],
  ...[
    'encodedSlash',
    'delimiters',
    'pathLength',
    'limits',
    'bytes',
    'depth',
    'aliases',
    'errors',
    'endpoints',
  ],
  ...['label', 'includes', 'optional', 'description', 'group', 'risk', 'pattern', 'method', 'name', 'span'],
  ...['scopes', 'kind', 'entries', 'items', 'key', 'value', 'unread', 'anchor', 'source', 'tag', 'type'],
  ...[
    'get',
    'set',
    'writable',
    'enumerable',
    'return',
    'next',
    'done',
    'then',
    'toJSON',
    'raw',
    'index',
    'input',
  ],
  ...['expression', 'runs', 'meaning', 'endsInSlash', 'GET', 'narrow', 'wide', 'nobody', 'x', '0', '1', '-1'],
]
const VALUES: readonly unknown[] = ['wide', ['wide', '*', 'GET']]

describe('Object.prototype', () => {
  test('with the reading of a granted path, as one merge can write it: nothing is read from there', () => {
    const merged = { refusal: {}, path: 'workers/me', withoutSlash: 'workers/me', text: '/workers/me' }
    const rows = during(
      () => {
        for (const [name, value] of Object.entries(merged)) {
          define(Object.prototype, name, { value, enumerable: true, writable: true })
        }
      },
      () => [asked(), loadedAnew()] as const,
    )
    expect(widened(rows[0], plain)).toBe(0)
    expect(rows[0]).toEqual(plain)
    expect(widened(rows[1], plainLoaded)).toBe(0)
  })

  test.each(NAMES)('with a member `%s`', (name) => {
    for (const value of VALUES) {
      const rows = during(
        () => {
          define(Object.prototype, name, { value, enumerable: true, writable: true })
        },
        () => [asked(), loadedAnew()] as const,
      )
      expect(widened(rows[0], plain), `${name}: ${String(value)}`).toBe(0)
      expect(widened(rows[1], plainLoaded), `${name}: ${String(value)}, before loading`).toBe(0)
    }
  })
})

describe('Array.prototype', () => {
  test.each(['0', '1', '2', '47', 'wide', 'toJSON', 'methods'])('with an element `%s`', (name) => {
    for (const value of ['wide', 'narrow', 0, ['wide']]) {
      const rows = during(
        () => {
          define(Array.prototype, name, { value, enumerable: true, writable: true })
        },
        () => [asked(), loadedAnew()] as const,
      )
      expect(widened(rows[0], plain)).toBe(0)
      expect(widened(rows[1], plainLoaded)).toBe(0)
    }
  })
})

const OTHERS: readonly (readonly [name: string, prototype: object])[] = [
  ['String', String.prototype],
  ['Number', Number.prototype],
  ['Set', Set.prototype],
  ['Map', Map.prototype],
  ['Function', Function.prototype],
]

describe.each(OTHERS)('%s.prototype', (_, prototype) => {
  test('with members that it does not have', () => {
    for (const name of [
      '0',
      '1',
      'wide',
      'narrow',
      'allowed',
      'refusal',
      'toJSON',
      'methods',
      'scopes',
      'first',
    ]) {
      const rows = during(
        () => {
          define(prototype, name, { value: 'wide', enumerable: true, writable: true })
        },
        () => [asked(), loadedAnew()] as const,
      )
      expect(widened(rows[0], plain), name).toBe(0)
      expect(widened(rows[1], plainLoaded), name).toBe(0)
    }
  })
})

/** Functions of prototypes by which a value could lie about what it holds. */
const LIES: readonly (readonly [name: string, prototype: object, member: PropertyKey, lie: unknown])[] = [
  ['Set.prototype.has', Set.prototype, 'has', () => true],
  [
    'Set.prototype.forEach',
    Set.prototype,
    'forEach',
    (say: (name: string) => void) => {
      say('wide')
    },
  ],
  ['String.prototype.toString', String.prototype, 'toString', () => 'wide'],
  ['String.prototype.valueOf', String.prototype, 'valueOf', () => 'wide'],
  ['Array.prototype.toString', Array.prototype, 'toString', () => 'wide'],
  ['Array.prototype.join', Array.prototype, 'join', () => 'wide'],
  ['Object.prototype.toString', Object.prototype, 'toString', () => '[object Array]'],
  ['Object.prototype.hasOwnProperty', Object.prototype, 'hasOwnProperty', () => true],
  ['Object.prototype.valueOf', Object.prototype, 'valueOf', () => 'wide'],
]

test.each(LIES)('%s replaced by a lie after loading', (_, prototype, member, value) => {
  const rows = during(() => {
    define(prototype, member, { value, writable: true })
  }, asked)
  expect(widened(rows, plain)).toBe(0)
})

test('wrappers around every function of the prototypes change nothing', () => {
  let called = 0
  const wrapAll = (): void => {
    for (const prototype of [Array, String, Set, Map].map((of) => of.prototype as object)) {
      for (const name of Reflect.ownKeys(prototype)) {
        const value = Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown
        if (name === 'constructor' || typeof value !== 'function') continue
        const original = value as (...given: unknown[]) => unknown
        define(prototype, name, {
          writable: true,
          value(this: unknown, ...given: unknown[]): unknown {
            called += 1
            return Reflect.apply(original, this, given)
          },
        })
      }
    }
  }
  const rows = during(wrapAll, () => [asked(), loadedAnew()] as const)
  expect(called).toBeGreaterThan(1000)
  expect(rows[0]).toEqual(plain)
  expect(rows[1]).toEqual(plainLoaded)
})

test('options are read of the object itself, not of its prototype', () => {
  const text = 's: {label: s, endpoints: [a]}'
  const inherited = Object.create({ caseSensitive: false, preset: 'cerb', wildcard: 'segment' }) as object
  const fromPrototype = during(
    () => {
      define(Object.prototype, 'caseSensitive', { value: false, enumerable: true, writable: true })
    },
    () => parsePolicy(text, {}).policy?.authorize('s', 'GET', '/A'),
  )
  expect(fromPrototype).toBe(false)
  const policy = ((): Policy | null => {
    try {
      return parsePolicy(text, inherited).policy
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError)
      return null
    }
  })()
  expect(policy?.authorize('s', 'GET', '/A') ?? false).toBe(false)
})

test('compiled data is read of the object itself, not of its prototype', () => {
  const policy = loaded('s: {label: s, endpoints: [a]}')
  const data = toCompiled(policy as Policy)
  for (const name of Object.keys(data)) {
    const without = Object.fromEntries(Object.entries(data).filter(([key]) => key !== name))
    const opened = during(
      () => {
        define(Object.prototype, name, { value: data[name as keyof typeof data], enumerable: true })
      },
      () => guarded(() => fromCompiled(without).authorize('s', 'GET', '/b')),
    )
    expect(opened).toBe(false)
  }
})
