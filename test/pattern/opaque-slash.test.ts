/** `encodedSlash: opaque`: `%2F` is a character that no server decodes, as in a virtual host of RabbitMQ. */
import { describe, expect, test } from 'vitest'
import { compareScopes, unreachable } from '../../src/analysis/index.ts'
import { loadPolicy, parsePolicy } from '../../src/index.ts'

const policy = (encodedSlash: string) =>
  loadPolicy({
    $options: { encodedSlash },
    host: { label: 'x', endpoints: [{ 'api/queues/%2F/*': 'GET' }] },
    any: { label: 'x', endpoints: [{ 'api/queues/*': 'GET' }] },
  })

describe('an encoded slash that nobody decodes', () => {
  const { authorize } = policy('opaque')

  test.each(['/api/queues/%2F/q', '/api/queues/%2f/q', '/api/queues/%2F%2F/q', '/api/queues/a%2F..%2Fb/q'])(
    'is granted in %s',
    (path) => {
      expect(authorize(['any'], 'GET', path)).toBe(true)
    },
  )

  test('is a segment that patterns can spell', () => {
    expect(authorize(['host'], 'GET', '/api/queues/%2F/q')).toBe(true)
    expect(authorize(['host'], 'GET', '/api/queues//q')).toBe(false)
    expect(authorize(['host'], 'GET', '/api/queues/x/q')).toBe(false)
    expect(
      parsePolicy('$options: { encodedSlash: opaque }\ns: { label: x, endpoints: ["a/%2F/b"] }').diagnostics,
    ).toEqual([])
  })

  test.each(['/api/queues/..', '/api/queues/%2e%2E', '/api/queues/%252F', '/api//queues'])(
    'changes nothing for %s',
    (path) => {
      expect(authorize(['any'], 'GET', path)).toBe(false)
    },
  )

  test('is refused as a whole segment where it is data, since that may be decoded', () => {
    expect(policy('data').authorize(['any'], 'GET', '/api/queues/%2F/q')).toBe(false)
    expect(policy('data').authorize(['any'], 'GET', '/api/queues/a%2Fb/q')).toBe(true)
    expect(policy('refuse').authorize(['any'], 'GET', '/api/queues/a%2Fb/q')).toBe(false)
  })

  test('is known to the analysis', () => {
    expect(unreachable(policy('opaque'))).toEqual([])
    expect(unreachable(policy('data'))).toHaveLength(1)
    expect(compareScopes(policy('opaque'), 'host', 'any').relation).toBe('subset')
  })
})
