/** The error for what is not an OpenAPI document: its message, with and without a place. */
import { expect, test } from 'vitest'
import { OpenApiError } from '../../src/openapi/error.ts'

test('without a place', () => {
  const error = new OpenApiError('it is a list')
  expect(error).toBeInstanceOf(Error)
  expect([error.name, error.code]).toEqual(['OpenApiError', 'ERR_INVALID_OPENAPI'])
  expect(error.message).toBe('the OpenAPI document cannot be used: it is a list')
  expect(error.reason).toBe('it is a list')
  expect(error.position).toBeUndefined()
})

test('with a place', () => {
  const error = new OpenApiError('it is not YAML', { line: 3, column: 7 })
  expect(error.message).toBe('the OpenAPI document cannot be used at 3:7: it is not YAML')
  expect(error.reason).toBe('it is not YAML')
  expect(error.position).toEqual({ line: 3, column: 7 })
})
