import { describe, expect, test } from 'vitest'
import { findingsOf, underlinedBy } from '../findings-of.ts'

const ID = 'equivalent-scopes'

function document(scopes: Record<string, string>, options = ''): string {
  return (
    options +
    Object.entries(scopes)
      .map(([name, endpoints]) => `${name}: {label: ${name}, ${endpoints}}\n`)
      .join('')
  )
}

describe('equivalent-scopes', () => {
  test('reports each scope of a group but the first, which it points to', () => {
    const text = document({
      a: 'endpoints: [x/*: GET, x/y: GET]',
      b: 'endpoints: [/x/*: [GET]]',
      c: 'endpoints: [x/*: PUT]',
      d: 'endpoints: [x/**: GET]',
    })
    expect(findingsOf(ID, text)).toEqual([
      { underlined: 'b', message: 'scope `b` allows exactly the same requests as scope `a`', related: 'a' },
      { underlined: 'd', message: 'scope `d` allows exactly the same requests as scope `a`', related: 'a' },
    ])
  })

  test('compares what is allowed, not what is written', () => {
    expect(
      underlinedBy(
        ID,
        document({ a: 'endpoints: [x]', b: 'endpoints: [x: [DELETE, GET, PATCH, POST, PUT]]' }),
      ),
    ).toEqual(['b'])
    expect(
      underlinedBy(
        ID,
        document(
          { a: 'endpoints: [Xy: GET]', b: 'endpoints: [xY: GET]' },
          '$options: {caseSensitive: false}\n',
        ),
      ),
    ).toEqual(['b'])
    expect(
      underlinedBy(
        ID,
        document(
          { a: 'endpoints: ["x/a*": GET, "x/[^a]*": GET]', b: 'endpoints: [x/*: GET]' },
          '$options: {wildcard: segment}\n',
        ),
      ),
    ).toEqual(['b'])
  })

  test('is silent about near misses, empty scopes, and scopes that only include another', () => {
    expect(
      underlinedBy(ID, document({ a: 'endpoints: [x/*: GET]', b: 'endpoints: [x/*: GET, x: GET]' })),
    ).toEqual([])
    expect(
      underlinedBy(ID, document({ a: 'endpoints: []', b: 'endpoints: []', c: 'endpoints: [a//b]' })),
    ).toEqual([])
    expect(underlinedBy(ID, document({ a: 'endpoints: [x: GET]', b: 'includes: [a]' }))).toEqual([])
    expect(underlinedBy(ID, document({ a: 'endpoints: [x/: GET]', b: 'endpoints: [x: GET]' }))).toEqual([])
  })

  test('patterns that ask for a slash at their end are compared by search', () => {
    expect(
      underlinedBy(ID, document({ a: 'endpoints: [x/: GET, x: GET]', b: 'endpoints: [x: GET, /x/: GET]' })),
    ).toEqual(['b'])
  })
})
