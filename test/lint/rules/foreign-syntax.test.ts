/** Syntax of regular expressions, globs and templates that does nothing in a pattern or a scope name. */
import { expect, test } from 'vitest'
import { lint } from '../../../src/lint/lint.ts'

function said(pattern: string, wildcard = 'any', name = 'orders'): string | undefined {
  const document = {
    $options: { wildcard },
    [name]: { label: 'Manage your orders', endpoints: [{ [pattern]: 'GET' }] },
  }
  return lint(JSON.stringify(document)).find(({ code }) => code === 'foreign-syntax')?.help
}

test.each([
  ['!/admin/*', 'delete the endpoint: what is not granted is denied, and nothing takes access away'],
  ['/orders/[0-9]+', 'write `/orders/*`'],
  ['/orders/[0-9]{3}', 'write `/orders/*`'],
  ['/orders/\\d+/x', undefined],
  ['^/b/.*$', 'write `/b/*`'],
  ['/b/c$', 'write `/b/c`'],
  ['/c/(x|y)', 'write `/c/x` and `/c/y`, or set `wildcard: segment` and use braces'],
  ['/l/{a,b}', 'write `/l/a` and `/l/b`, or set `wildcard: segment` and use braces'],
  ['/l/{1..9}', 'write one endpoint for each, or set `wildcard: segment` and use braces'],
  ['/g/<.*>', 'write `/g/*`'],
  ['/g/<[0-9]+>/x', 'write `/g/*/x`'],
  ['.*', 'write `*`'],
  ['/d/.*', 'write `/d/*`'],
  ['/d/.+/e', 'write `/d/*/e`'],
])('%s in a pattern: %s', (pattern, help) => {
  if (help !== undefined) expect(said(pattern)).toBe(help)
})

test.each([
  'reports/*.*',
  'files/report.*',
  'v1.0/x',
  'a[b]',
  'users/$count',
  '$batch',
  'a(b)',
  'users/{id}',
  'x/<id>',
  '*',
  'a-b/c!',
])('%s is nothing else', (pattern) => {
  expect(said(pattern)).toBeUndefined()
})

test('braces and classes mean something with `wildcard: segment`, regular expressions do not', () => {
  expect(said('l/{a,b}', 'segment')).toBeUndefined()
  expect(said('l/[0-9]', 'segment')).toBeUndefined()
  expect(said('d/.*', 'segment')).toBe('write `d/*`')
  expect(said('^b/*', 'segment')).toBe('write `b/*`')
})

test.each([
  ['orders:*', true],
  ['orders.*', true],
  ['*', true],
  ['group:{id}', true],
  ['patient/*.read', false],
  ['https://a.example/auth/x', false],
  ['orders:read', false],
])('the scope name %s: %j', (name, found) => {
  expect(said('a', 'any', name) !== undefined).toBe(found)
})
