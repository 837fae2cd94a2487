import { describe, expect, test } from 'vitest'
import { overridesMethod } from '../../src/enforce/method-override.ts'

const none = (): undefined => undefined

describe('a method override', () => {
  test.each([
    '/a?_method=DELETE',
    '/a?b=c&_method=PUT',
    '/a?_method',
    '/a?_METHOD=PUT',
    '/a?%5Fmethod=PUT',
    '/a?_%6D%65thod=PUT',
    '/a?_method[]=PUT',
    '/a?_method[a]=PUT',
    '/a?_method%5B%5D=PUT',
    '/a?b;_method=PUT',
    '/a?b?_method=PUT',
    '/a?+_method=PUT',
    '/a?%00&_method=%zz',
    '/a?[_method]=DELETE',
    '/a?%5B_method%5D=DELETE',
    '/a?.method=DELETE',
    '/a?a[b][_method]=DELETE',
    '/a?_method%00x=DELETE',
    '/a?%255Fmethod=DELETE',
    '/a?%u005Fmethod=DELETE',
  ])('is in %s', (target) => {
    expect(overridesMethod(target, none)).toBe(true)
  })

  test.each([
    '/a',
    '/_method=PUT',
    '/a?',
    '/a?method=PUT',
    '/a?a_method=PUT',
    '/a?a=_method',
    '/a?_methods=1',
    '/a?%',
    '/a?back=%2Fb%3F_method%3DPUT',
    '/a?filter[method]=GET',
    '/a?payment_method=card&a.methods=1',
    '/a?payment_method[]=card&x_method=1',
  ])('is not in %s', (target) => {
    expect(overridesMethod(target, none)).toBe(false)
  })

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('is the header %s', (name) => {
    for (const value of ['DELETE', '', 'GET', ['a', 'b']]) {
      expect(overridesMethod('/a', (asked) => (asked === name ? value : null))).toBe(true)
    }
  })
})

describe('every spelling of the parameter that a query parser reads', () => {
  /** What may be around the name, by Rack, PHP, qs, and the body parsers of Node. */
  const AROUND: readonly [before: string, after: string][] = [
    ['', ''],
    ['[', ']'],
    ['[[', ']]'],
    ['a[', ']'],
    ['a[b][', '][]'],
    ['a.', ''],
    ['', '[]'],
    ['', '[0][a]'],
    [' ', ''],
    ['\t', ' '],
    ['', '\0'],
    ['', '\0[a]'],
  ]
  const NAMES = ['_method', '_METHOD', '_Method']
  const ENCODINGS: readonly ((name: string) => string)[] = [
    (name) => name.replace(/[\0\t ]/g, (char) => encodeURIComponent(char)),
    (name) => name.replace(/[^a-z]/gi, (char) => hex(char)),
    (name) => name.replace(/./gsu, (char) => hex(char)),
    (name) => name.replace(/./gsu, (char) => hex(char).toLowerCase()),
    (name) => name.replace(/./gsu, (char) => hex(char).replace('%', '%25')),
    (name) => name.replace(/[^a-z]/gi, (char) => hex(char)).replace(/^%20/, '+'),
  ]
  const PLACES: readonly ((name: string) => string)[] = [
    (name) => `/a?${name}=DELETE`,
    (name) => `/a?b=c&${name}=DELETE`,
    (name) => `/a?${name}=&${name}=DELETE`,
    (name) => `/a?b=c;${name}=DELETE`,
    (name) => `/a?${name}`,
  ]
  const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

  test('is found, wherever it is and however it is encoded', () => {
    const missed: string[] = []
    for (const [before, after] of AROUND)
      for (const name of NAMES)
        for (const encode of ENCODINGS)
          for (const place of PLACES) {
            const target = place(encode(`${before}${name}${after}`))
            if (!overridesMethod(target, none)) missed.push(target)
          }
    expect(missed).toEqual([])
  })

  test('and none is found where the name is a part of another word', () => {
    const found: string[] = []
    for (const [before, after] of AROUND)
      for (const name of ['a_method', '_methods', 'method', '_meth0d', '__method', '_method_'])
        for (const encode of ENCODINGS)
          for (const place of PLACES) {
            const target = place(encode(`${before}${name}${after}`))
            if (overridesMethod(target, none)) found.push(target)
          }
    expect(found).toEqual([])
  })
})
