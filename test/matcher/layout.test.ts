/**
 * Code units of the tables against the trees they were laid out from, read back by the description in
 * `src/matcher/tables.ts` and nothing else. Offsets of more than 16 bits at the sizes where they begin.
 */
import { describe, expect, test } from 'vitest'
import { layOut } from '../../src/matcher/layout.ts'
import { emptyNode, insert, type Node } from '../../src/matcher/trie.ts'

interface Read {
  readonly label: string
  readonly set: number
  readonly rest: number
  readonly wide: boolean
  readonly children: Readonly<Record<string, Read>>
  readonly more?: unknown
}

/** What stands behind `more` is known from the place only: a tree, or a list of pairs with runs or automata. */
type More = 'star' | 'middles' | 'automata'

function readNode(code: readonly number[], start: number, mores: readonly More[]): Read {
  let at = start
  const next = (): number => code[at++] ?? NaN
  const length = next()
  const label = String.fromCharCode(...Array.from({ length }, next))
  const head = next()
  const set = (head & 1) === 0 ? -1 : next()
  const rest = (head & 8) === 0 ? -1 : next()
  const wide = (head & 2) !== 0
  const offset = (): number => start + (wide ? next() * 65536 + next() : next())
  const more = (head & 4) === 0 ? undefined : offset()
  const characters = Array.from({ length: head >> 4 }, () => String.fromCharCode(next()))
  const children = characters.map((character) => [character, readNode(code, offset(), mores)] as const)
  return {
    label,
    set,
    rest,
    wide,
    children: Object.fromEntries(children),
    ...(more === undefined ? {} : { more: readMore(code, more, mores) }),
  }
}

function readMore(code: readonly number[], start: number, [kind, ...inner]: readonly More[]): unknown {
  if (kind === 'star') return readNode(code, start, inner)
  let at = start
  const next = (): number => code[at++] ?? NaN
  return Array.from({ length: next() }, () =>
    kind === 'middles'
      ? { set: next(), runs: Array.from({ length: next() }, next) }
      : { set: next(), automaton: next() },
  )
}

/** The same of the tree; `wide` is left to the reader. */
function plain(node: Node, label = node.label): unknown {
  const children = [...node.children].map(([first, child]) => [
    String.fromCharCode(first),
    plain(child, child.label.slice(1)),
  ])
  const { set, rest, star, middles, automata } = node
  const more =
    star !== undefined
      ? plain(star)
      : middles.length > 0
        ? middles
        : automata.length > 0
          ? automata
          : undefined
  return {
    label,
    set,
    rest,
    wide: expect.any(Boolean) as boolean,
    children: Object.fromEntries(children) as unknown,
    ...(more === undefined ? {} : { more }),
  }
}

function check(root: Node, mores: readonly More[], before: readonly number[] = []): Read {
  const code = [...before]
  expect(layOut(root, code)).toBe(before.length)
  const read = readNode(code, before.length, mores)
  expect(read).toEqual(plain(root))
  return read
}

describe('a tree is laid out as it is', () => {
  test('empty, and with a label of its own', () => {
    check(emptyNode(), [])
    check(Object.assign(emptyNode('ab'), { set: 0, rest: 0 }), [])
  })

  test('with children, sets and rests, wherever it begins', () => {
    const root = emptyNode()
    for (const [number, text] of ['', 'workers/me', 'workers/you', 'w', 'records/', 'workers/'].entries()) {
      insert(root, text).set = number
      if (number % 2 === 0) insert(root, text).rest = number
      insert(root, `${text}x`).rest = number
    }
    check(root, [], [])
    check(root, [], [7, 7, 7])
  })

  test('with trees of endings behind stars, and middles there', () => {
    const root = emptyNode('a')
    for (const text of ['', 'b', 'bc']) {
      const star = emptyNode()
      insert(star, 'zy').set = 3
      const end = insert(star, 'zx')
      end.middles.push({ set: 1, runs: [0, 70_000, 2] }, { set: 2, runs: [] })
      insert(star, 'q').middles.push({ set: 5, runs: [1] })
      insert(root, text).star = star
    }
    check(root, ['star', 'middles'])
  })

  test('with automata', () => {
    const root = emptyNode()
    root.automata.push({ set: 1, automaton: 2 }, { set: 0, automaton: 0 })
    insert(root, 'a').automata.push({ set: 9, automaton: 4 })
    insert(root, 'ab').set = 1
    check(root, ['automata'])
  })
})

describe('offsets take two units', () => {
  /** A node of `size` units if each of its offsets took one: leaves with long labels, one to fill up. */
  function sized(size: number, more: (node: Node) => void): Node {
    const root = emptyNode()
    more(root)
    for (const first of 'abcdefgh') insert(root, `${first}${'x'.repeat(8000)}`)
    const last = insert(root, 'i')
    const code: number[] = []
    layOut(root, code)
    last.label += 'y'.repeat(size - code.length)
    return root
  }

  test.each<[string, readonly More[], (node: Node) => void]>([
    ['children alone', [], () => undefined],
    ['a set and a rest', [], (node) => Object.assign(node, { set: 0, rest: 0 })],
    ['a star', ['star'], (node) => (node.star = Object.assign(emptyNode('e'), { set: 1 }))],
    ['automata', ['automata'], (node) => node.automata.push({ set: 1, automaton: 1 })],
    ['middles', ['middles'], (node) => node.middles.push({ set: 1, runs: [3, 4] })],
  ])('as soon as the node may need them, and not before: %s', (_, mores, more) => {
    for (const size of [0xfffe, 0xffff, 0x10000, 0x10001]) {
      const read = check(sized(size, more), mores)
      expect(read.wide, `${size}`).toBe(size > 0xffff)
      expect(Object.values(read.children).some((child) => child.wide)).toBe(false)
    }
  })

  test('where what stands before a child is that long, its own offsets counted', () => {
    const before = sized(0x10000, (node) => {
      for (const first of 'ABCDEFGHIJKLMNOP') insert(node, first)
    })
    before.label = 'a'
    const root = emptyNode()
    root.children.set(0x61, before)
    insert(root, 'b').set = 1
    const read = check(root, [])
    expect(read.children['a']?.wide).toBe(true)
    expect(read.wide).toBe(true)
  })

  test('all the way up to the root, and with a distance beyond 17 bits', () => {
    const root = emptyNode()
    for (let index = 0; index < 40; index++) {
      insert(root, `${String.fromCharCode(0x41 + index)}/${'z'.repeat(4000)}`).set = index
      insert(root, `s/${String.fromCharCode(0x41 + index)}${'z'.repeat(4000)}`).rest = index
    }
    const read = check(root, [])
    expect(read.wide).toBe(true)
    expect(read.children['s']?.wide).toBe(true)
    expect(read.children['A']?.wide).toBe(false)
  })
})
