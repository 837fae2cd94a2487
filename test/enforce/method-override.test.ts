import { describe, expect, test } from 'vitest'
import { overridesMethod } from '../../src/enforce/method-override.ts'

const none = (): undefined => undefined

describe('a wish for another method', () => {
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
  ])('is not in %s', (target) => {
    expect(overridesMethod(target, none)).toBe(false)
  })

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('is the header %s', (name) => {
    for (const value of ['DELETE', '', 'GET', ['a', 'b']]) {
      expect(overridesMethod('/a', (asked) => (asked === name ? value : null))).toBe(true)
    }
  })
})
