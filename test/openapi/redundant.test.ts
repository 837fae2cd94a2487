/** Endpoints that others of the same scope take in: which are left out, and which only look like it. */
import { describe, expect, test } from 'vitest'
import { withoutRedundant } from '../../src/openapi/import/redundant.ts'

/** `GET,PUT a/b` as an endpoint. */
function kept(...endpoints: readonly string[]): readonly string[] {
  const drafts = endpoints.map((endpoint) => {
    const [methods = '', pattern = ''] = endpoint.split(' ')
    return { pattern, methods: methods.split(',') }
  })
  return withoutRedundant(drafts).map(({ pattern, methods }) => `${methods.join()} ${pattern}`)
}

/** Whether `pattern` is left out next to `wide`; in either order, with the same answer. */
function takesIn(wide: string, pattern: string): boolean {
  const rest = kept(`GET ${wide}`, `GET ${pattern}`)
  expect(kept(`GET ${pattern}`, `GET ${wide}`).toSorted()).toEqual(rest.toSorted())
  return !rest.includes(`GET ${pattern}`)
}

describe('a pattern takes in another', () => {
  test.each([
    ['*', 'a'],
    ['users/*', 'users/me'],
    ['*/a', 'b/a'],
    ['a/*/c', 'a/b/c'],
    ['*/*', 'a/b'],
    ['*/*', 'a/*'],
    ['*', '?*'],
    ['*', 'a?*'],
    ['?*.json', 'a.json'],
    ['a?*', 'ab'],
    ['a?*b', 'a-b'],
    ['a?*', 'ab?*'],
    ['?*', 'a*'],
    ['a/?*b', 'a/a?*b'],
    ['a?*?*', 'ab?*?*'],
    ['?*b?*', 'ab?*'],
    ['*/b/', 'a/b/'],
    ['**/*', 'a'],
    ['**/*', 'a/b/c'],
    ['**/*', '*'],
    ['**/*', 'a/**/*'],
    ['a/**/*', 'a/b'],
    ['a/**/*', 'a/b/c'],
    ['a/**/*', 'a/**/*/b'],
    ['a/**/*', 'a/**/*/*'],
    ['a/**/*', 'a/b/**/*'],
    ['a/**/*', 'a/b/**/*/c'],
    ['a/**/*/z', 'a/b/z'],
    ['a/**/*/z', 'a/b/c/z'],
    ['a/**/*/z', 'a/**/*/b/z'],
    ['a/**/*/z', 'a/z/z'],
    ['a/**/*/b/**/*', 'a/x/b/y'],
    ['a/**/*/b/**/*', 'a/x/y/b/b/z'],
    ['*/**/*', 'a/b'],
  ])('%s, %s', (wide, pattern) => {
    expect(takesIn(wide, pattern)).toBe(true)
  })

  test.each([
    ['users/*', 'users'],
    ['users/*', 'users/me/files'],
    ['users/*', 'users/'],
    ['users/*', 'groups/me'],
    ['users/*', 'users/**/*'],
    ['*', '/'],
    ['**/*', '/'],
    ['a/*', 'b'],
    ['?*', '*'],
    ['a?*', 'a'],
    ['a?*', 'ba'],
    ['?*b', 'b'],
    ['?*b', 'bc'],
    ['?*b', '*b'],
    ['a?*a', 'a'],
    ['a?*a', 'aa'],
    ['a?*', 'a*'],
    ['a?*', 'a*/**/*'],
    ['a?*b', 'a*b'],
    ['?*?*', 'ab'],
    ['?*?*', '?*'],
    ['?*b?*', 'ab'],
    ['\\*', '\\(?*'],
    ['a*', 'ab'],
    ['?*.json', 'a.xml'],
    ['a/**/*', 'a'],
    ['a/**/*', 'a/'],
    ['a/**/*', 'a/b/'],
    ['a/**/*', 'b/a'],
    ['a/**/*/z', 'a/z'],
    ['a/**/*/z', 'a/b/c'],
    ['a/**/*/z', 'a/z/b'],
    ['a/**/*/*', 'a/b'],
    ['a/**/*/*', 'a/**/*'],
    ['a/*', 'a/**/*'],
    ['a/**/*/b/**/*', 'a/x/b'],
    ['a/**/*/b/**/*', 'a/b/y'],
    ['*/**/*', 'a'],
  ])('or not: %s, %s', (wide, pattern) => {
    expect(takesIn(wide, pattern)).toBe(false)
  })
})

describe('methods', () => {
  test('have to be there, all of them', () => {
    expect(kept('GET a/*', 'PUT a/b')).toEqual(['GET a/*', 'PUT a/b'])
    expect(kept('GET a/*', 'GET,PUT a/b')).toEqual(['GET a/*', 'GET,PUT a/b'])
    expect(kept('GET,PUT a/*', 'PUT a/b')).toEqual(['GET,PUT a/*'])
  })

  test('may be those of several patterns', () => {
    expect(kept('GET a/*', 'PUT */b', 'GET,PUT a/b', 'GET,PUT,POST a/b/c')).toEqual([
      'GET a/*',
      'PUT */b',
      'GET,PUT,POST a/b/c',
    ])
    expect(kept('GET a/**/*', 'PUT a/*/*', 'GET,PUT a/b/c')).toEqual(['GET a/**/*', 'PUT a/*/*'])
  })
})

test('patterns keep their order', () => {
  expect(kept('GET c', 'GET a/b', 'GET b', 'GET a/*', 'GET a')).toEqual([
    'GET c',
    'GET b',
    'GET a/*',
    'GET a',
  ])
})

test('a pattern is not left out because of itself, nor two because of each other', () => {
  expect(kept('GET a/*', 'GET b/?*c', 'GET **/*/d')).toEqual(['GET a/*', 'GET b/?*c', 'GET **/*/d'])
  expect(kept('GET a?*/**/*', 'GET a?**/**/*')).toEqual(['GET a?**/**/*'])
  expect(kept('GET a?**/**/*', 'GET a?*/**/*')).toEqual(['GET a?*/**/*'])
  expect(kept('GET **/*/*', 'GET **/*/**/*')).toEqual(['GET **/*/**/*'])
})

test('without a star none takes in another', () => {
  expect(kept('GET a', 'GET a/b', 'PUT a')).toEqual(['GET a', 'GET a/b', 'PUT a'])
})

test('many parameters that span segments, and a path of many segments, take no time', () => {
  const wide = `${'**/*/'.repeat(40)}z`
  const path = Array.from({ length: 400 }, () => 'a').join('/')
  expect(takesIn(wide, path)).toBe(false)
  expect(takesIn(wide, `${path}/z`)).toBe(true)
})
