import { expect, test } from 'vitest'
import { inUsualOrder } from '../../src/language/methods.ts'

test('methods are in the usual order, each once, the others by name', () => {
  expect(inUsualOrder(['TRACE', 'CONNECT', 'DELETE', 'HEAD', 'PATCH', 'GET', 'PUT', 'GET', 'POST'])).toEqual([
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'CONNECT',
    'HEAD',
    'TRACE',
  ])
  expect(inUsualOrder([])).toEqual([])
})
