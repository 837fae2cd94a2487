/**
 * Forged data with a right checksum: its tables open what its own list of endpoints does not have. The list is
 * what people review, so such data is refused, whichever of the tables is forged.
 */
import { describe, expect, test } from 'vitest'
import { type CompiledData, seal } from '../../src/compiled/data.ts'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { pack, unpack } from '../../src/compiled/pack.ts'
import { loadPolicy } from '../../src/index.ts'

function compiled(text: string): CompiledData {
  return JSON.parse(JSON.stringify(toCompiled(loadPolicy(text)))) as CompiledData
}

function forge(data: CompiledData, tables: Partial<CompiledData['tables']>): string {
  return JSON.stringify(seal({ ...data, tables: { ...data.tables, ...tables } }))
}

const REFUSED = { code: 'ERR_INVALID_COMPILED_POLICY', message: expect.stringContaining('differ') as string }

describe('a scope without endpoints stays closed', () => {
  const data = compiled('a: {label: x, endpoints: [{workers/: GET}]}\nopenid: {label: y, endpoints: []}')
  const sets = unpack(data.tables.sets, Uint8Array)
  const hot = Int32Array.from(unpack(data.tables.hot, Int32Array)).fill(-1, 3)
  // Columns that no node uses, all of them set.
  const wide = new Uint8Array(data.tables.methods.length * 200).fill(1)
  wide[0] = sets[0] ?? 0

  test('with filters that let everything pass, and sets that nothing uses', () => {
    expect(fromCompiled(data).authorize('openid', 'GET', '/anything')).toBe(false)
    expect(() => fromCompiled(forge(data, { hot: pack(hot) }))).toThrow(expect.objectContaining(REFUSED))
    const all = forge(data, { sets: pack(wide), setCount: 200, hot: pack(hot) })
    expect(() => fromCompiled(all)).toThrow(expect.objectContaining(REFUSED))
  })

  test('with a tree that is read from its middle', () => {
    const label = Array.from('workers/', (char) => char.charCodeAt(0))
    const node = [label.length, ...label, 1, 0]
    const forged = forge(data, {
      code: pack(Uint16Array.from([...node, ...node])),
      roots: pack(Int32Array.from([0, -1])),
      slashRoots: pack(Int32Array.from([node.length, -1])),
      sets: pack(wide),
      setCount: 200,
      hot: pack(hot),
    })
    expect(() => fromCompiled(forged)).toThrow(expect.objectContaining(REFUSED))
  })
})

describe('with `wildcard: segment`', () => {
  const data = compiled(
    '$options: {wildcard: segment}\na: {label: x, endpoints: [{workers/*: GET}, {b: GET}]}',
  )

  test('an automaton is the one of its pattern', () => {
    expect(fromCompiled(data).authorize('a', 'GET', '/workers/me')).toBe(true)
    const everything = {
      accepting: pack(Uint8Array.of(1)),
      arcs: pack(Int32Array.of(0, 1)),
      first: pack(Uint16Array.of(0)),
      last: pack(Uint16Array.of(0xffff)),
      to: pack(Int32Array.of(0)),
    }
    const [, other] = data.tables.automata
    for (const automata of [
      [everything, everything],
      [everything, other],
      [other, other],
    ]) {
      const forged = forge(data, { automata: automata as CompiledData['tables']['automata'] })
      expect(() => fromCompiled(forged)).toThrow(expect.objectContaining(REFUSED))
    }
  })

  test('an explanation names the endpoint that grants', () => {
    const [lines = ''] = data.endpoints
    const swapped = lines.replace(/^(\S+) 0 /, '$1 1 ')
    expect(swapped).not.toBe(lines)
    expect(() => fromCompiled(JSON.stringify(seal({ ...data, endpoints: [swapped] })))).toThrow(
      expect.objectContaining({ code: REFUSED.code }),
    )
  })
})

test('what changes no decision may be as it was chosen: methods of endpoints that no request can match', () => {
  const data = compiled('a: {label: x, endpoints: [{a//b: [GET, PUT]}, {a%20b: GET}, {"c*": GET}]}')
  expect(data.tables.methods).toEqual(['GET', 'PUT'])
  expect(fromCompiled(data).authorize('a', 'GET', '/cx')).toBe(true)
})
