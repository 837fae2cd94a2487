/** From text, bytes or an object to plain data. */
import { expect, test } from 'vitest'
import { OpenApiError } from '../../src/openapi/error.ts'
import { parseData } from '../../src/openapi/read/parse.ts'

function errorOf(read: () => unknown): OpenApiError {
  try {
    read()
  } catch (error) {
    if (error instanceof OpenApiError) return error
  }
  throw new Error('nothing was thrown')
}

test.each([[{ a: 1 }], [[1]], [5], [null], [undefined], [new Uint16Array(2)]])(
  '%j is neither text nor bytes, and is returned itself',
  (value) => {
    expect(parseData(value)).toBe(value)
  },
)

test.each([
  ['YAML', 'openapi: 3.1.0\nlist: [a, b]\n', { openapi: '3.1.0', list: ['a', 'b'] }],
  ['JSON', '{"openapi":"3.1.0","number":5}', { openapi: '3.1.0', number: 5 }],
])('%s as text and as bytes', (_, text, value) => {
  expect(parseData(text)).toEqual(value)
  expect(parseData(new TextEncoder().encode(text))).toEqual(value)
})

test('what is wrong with a text is reported with its place', () => {
  const { reason, position } = errorOf(() => parseData('a: 1\n---\nb: 2\n'))
  expect(reason).toBe('a second YAML document begins here')
  expect(position).toEqual({ line: 2, column: 1 })
})

test('what is wrong with bytes is reported with its place', () => {
  const { reason, position } = errorOf(() => parseData(new Uint8Array([0x61, 0x0a, 0x62, 0x3a, 0xff])))
  expect(reason).toBe('the bytes from here on are not UTF-8')
  expect(position).toEqual({ line: 2, column: 3 })
})
