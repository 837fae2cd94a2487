/** Items of lists are deleted with their line or comma, and every other byte stays. */
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../src/diagnostic/edits.ts'
import type { ListNode, Node } from '../../../src/yaml/node.ts'
import { deleteItems } from '../../../src/lint/edits/delete-item.ts'
import { readPolicy } from '../../../src/load.ts'

/** The list of endpoints of the first scope. */
function endpointsOf(text: string): ListNode {
  const root = readPolicy(text, {}).document?.root
  const field = (node: Node | undefined, name?: string): Node | undefined =>
    node?.kind === 'map'
      ? node.entries.find(({ key }) => name === undefined || key.text === name)?.value
      : undefined
  const list = field(field(root), 'endpoints')
  if (list?.kind !== 'list') throw new Error('no list')
  return list
}

function without(text: string, ...indexes: number[]): string | undefined {
  const edits = deleteItems(text, endpointsOf(text), new Set(indexes))
  return edits && applyEdits(text, edits)
}

function block(...lines: string[]): string {
  return `s:\n  label: x\n  endpoints:\n${lines.map((line) => `    ${line}\n`).join('')}# end\n`
}

function flow(list: string): string {
  return `s: {label: x, endpoints: ${list}}\n`
}

describe('of a block list', () => {
  const lines = ['# first', '- a: GET', '- b # why', '', '# second', '-   "c": [GET,', '      PUT]', '- d']
  test.each([
    [[0], ['# first', '- b # why', '', '# second', '-   "c": [GET,', '      PUT]', '- d']],
    [[2], ['# first', '- a: GET', '- b # why', '', '# second', '- d']],
    [[3], ['# first', '- a: GET', '- b # why', '', '# second', '-   "c": [GET,', '      PUT]']],
    [
      [0, 2, 3],
      ['# first', '- b # why', '', '# second'],
    ],
  ])('items %j go with their lines', (indexes, rest) => {
    expect(without(block(...lines), ...indexes)).toBe(block(...rest))
    const windows = block(...lines).replaceAll('\n', '\r\n')
    expect(without(windows, ...indexes)).toBe(block(...rest).replaceAll('\n', '\r\n'))
  })

  test('the last line may have no end, and the text a byte order mark', () => {
    expect(without('\ufeffs:\n  label: x\n  endpoints:\n  - a\n  - b', 1)).toBe(
      '\ufeffs:\n  label: x\n  endpoints:\n  - a\n',
    )
  })

  test.each([
    ['a comment behind it', ['- a # why', '- b'], 0],
    ['a comment inside', ['- a:', '    # why', '    - GET', '- b'], 0],
    ['an anchor', ['- &x a', '- b', '- *x'], 0],
    ['an anchor inside', ['- a: &m [GET]', '- b: *m'], 0],
    ['a dash on a line of its own', ['-', '  a', '- b'], 0],
    ['no other item', ['- a'], 0],
  ])('there is no edit for %s', (_, items, index) => {
    expect(without(block(...items), index)).toBeUndefined()
  })
})

describe('of a flow list', () => {
  test.each([
    ['[a, b: GET, "c"]', [0], '[b: GET, "c"]'],
    ['[a, b: GET, "c"]', [1], '[a, "c"]'],
    ['[a, b: GET, "c"]', [2], '[a, b: GET]'],
    ['[ a ,b, c ]', [0, 1], '[ c ]'],
    ['[a, b, c, d]', [1, 2], '[a, d]'],
    ['[a, b, c, d]', [0, 2], '[b, d]'],
    ['[a, {b: GET},]', [1], '[a,]'],
    ['[\r\n  a,\r\n  b # why\r\n]', [0], '[\r\n  b # why\r\n]'],
  ])('%s without %j', (list, indexes, rest) => {
    expect(without(flow(list), ...indexes)).toBe(flow(rest))
  })

  test.each([
    ['[a, # why\n  b]', 0],
    ['[a, # why\n  b]', 1],
    ['[&x a, *x]', 0],
    ['[? a : GET, b]', 0],
    ['[a]', 0],
  ])('there is no edit for %s', (list, index) => {
    expect(without(flow(list), index)).toBeUndefined()
  })
})

test('one item is one edit', () => {
  const text = flow('[a, b]')
  expect(deleteItems(text, endpointsOf(text), new Set([1]))).toEqual([
    { span: { start: 27, end: 30 }, text: '' },
  ])
  expect(deleteItems(text, endpointsOf(text), new Set([7]))).toBeUndefined()
})
