/** A radix tree finds again what was put into it, and has no node too many. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyNode, insert, type Node } from '../../src/matcher/trie.ts'
import { runs } from '../arbitrary/settings.ts'
import { textsOver } from '../properties/small-world.ts'

/** Every node with the text that leads to it. */
function nodesOf(node: Node, before = ''): [text: string, node: Node][] {
  const text = before + node.label
  return [[text, node], ...[...node.children.values()].flatMap((child) => nodesOf(child, text))]
}

function check(texts: readonly string[]): void {
  const root = emptyNode()
  const made = new Map<string, number>()
  for (const text of texts) {
    const number = made.get(text) ?? made.size
    made.set(text, number)
    const node = insert(root, text)
    expect([-1, number]).toContain(node.set)
    node.set = number
  }
  for (const [text, number] of made) expect(insert(root, text).set).toBe(number)
  const nodes = nodesOf(root)
  expect(new Map(nodes.map(([text, node]) => [text, node.set]))).toEqual(
    new Map(nodes.map(([text]) => [text, made.get(text) ?? -1])),
  )
  for (const [text, node] of nodes) {
    for (const [first, child] of node.children) expect(child.label.charCodeAt(0), text).toBe(first)
    // Where nothing ends and the ways do not part, no node is needed.
    if (node !== root) expect(made.has(text) || node.children.size > 1, text).toBe(true)
    expect(node.rest).toBe(-1)
    expect(node.star).toBeUndefined()
    expect([...node.middles, ...node.automata]).toEqual([])
  }
}

test('of all pairs and triples of short texts, in any order', () => {
  const texts = textsOver(['a', 'b'], 3)
  for (const a of texts) for (const b of texts) for (const c of texts) check([a, b, c])
})

test('of texts that begin alike', () => {
  const piece = fc.constantFrom('a', 'ab', 'abc', '/', 'b', 'workers/', 'workers/me')
  const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
  fc.assert(fc.property(fc.array(text, { maxLength: 20 }), check), runs(200))
})

test('a root has no label, and a node the one it is given', () => {
  expect(emptyNode().label).toBe('')
  expect(emptyNode('x')).toMatchObject({ label: 'x', set: -1, rest: -1 })
})
