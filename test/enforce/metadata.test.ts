import { describe, expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { createMetadata, metadataUrl } from '../../src/enforce/metadata.ts'
import type { Answer, ResourceMetadataOptions } from '../../src/enforce/metadata.ts'

const resource = 'https://api.example'
const PATH = '/.well-known/oauth-protected-resource'
const policy = loadPolicy(`
b: { label: B, endpoints: [b] }
a: { label: A, endpoints: [a] }
`)

function answer(options: Partial<ResourceMetadataOptions> = {}): Answer | undefined {
  return createMetadata({ resource, ...options }).answer('GET', PATH)
}

function document(options: Partial<ResourceMetadataOptions> = {}): unknown {
  return JSON.parse(answer(options)?.body ?? '')
}

describe('the address of the metadata (RFC 9728 §3.1)', () => {
  test.each([
    ['https://api.example', `https://api.example${PATH}`],
    ['https://api.example/', `https://api.example${PATH}`],
    ['https://api.example/rest', `https://api.example${PATH}/rest`],
    ['https://api.example/rest/', `https://api.example${PATH}/rest/`],
    ['https://api.example:8443/a/b', `https://api.example:8443${PATH}/a/b`],
    ['http://localhost:3000/rest', `http://localhost:3000${PATH}/rest`],
    ['http://127.0.0.1', `http://127.0.0.1${PATH}`],
  ])('of %s is %s', (from, to) => {
    expect(metadataUrl(from)).toBe(to)
  })

  test.each([
    'http://api.example',
    'https://api.example/?a',
    'https://api.example/#a',
    'https://user@api.example',
    'https://api.example/a b',
    '/rest',
    'api.example',
    'javascript:alert(1)',
    '',
    7,
    undefined,
  ])('of %j is a TypeError', (from) => {
    expect(() => metadataUrl(from as string)).toThrow(TypeError)
  })
})

describe('the document (RFC 9728 §2)', () => {
  test('has the resource, and leaves out what is not known', () => {
    expect(document()).toEqual({ resource, bearer_methods_supported: ['header'] })
  })

  test('has the scopes of a policy in document order', () => {
    expect(document({ policy })).toMatchObject({ scopes_supported: ['b', 'a'] })
  })

  test('has the scopes of a compiled policy', () => {
    const compiled = fromCompiled(JSON.parse(JSON.stringify(toCompiled(policy))))
    expect(document({ policy: compiled })).toMatchObject({ scopes_supported: ['b', 'a'] })
  })

  test('has the scopes of the policy of the moment', () => {
    let current = policy
    const { answer: ask } = createMetadata({ resource, policy: () => current })
    current = loadPolicy('c: { label: C, endpoints: [c] }')
    expect(ask('GET', PATH)?.body).toContain('"scopes_supported":["c"]')
  })

  test('leaves out members without elements (§3.2)', () => {
    expect(document({ policy: { scopes: [] }, authorizationServers: [] })).not.toHaveProperty(
      'scopes_supported',
    )
  })

  test('has further members, which win but over the resource', () => {
    const members = { resource_name: 'API', scopes_supported: ['a'], resource: 'https://evil.example' }
    expect(document({ policy, members })).toMatchObject({
      resource,
      resource_name: 'API',
      scopes_supported: ['a'],
    })
    expect(document({ policy, members: { scopes_supported: undefined } })).not.toHaveProperty(
      'scopes_supported',
    )
  })

  test.each<Partial<ResourceMetadataOptions>>([
    { authorizationServers: 'https://issuer.example' as never },
    { bearerMethods: 'header' as never },
    { policy: {} as never },
    { authorizationServers: [new URL('https://issuer.example')] as never },
    { bearerMethods: ['headers'] as never },
    { policy: 'scopes.yaml' as never },
    { members: 'x' as never },
    { resource: '/rest' },
    { authorizationServer: ['https://issuer.example'] } as never,
  ])('of %j is a TypeError at the start', (options) => {
    expect(() => answer(options)).toThrow(TypeError)
  })
})

describe('the answer', () => {
  const { answer: ask } = createMetadata({ resource, policy })

  test.each(['/', '/a', `${PATH}/`, `${PATH}x`, `/a${PATH}`, `http://h${PATH}`, `/${PATH}`, undefined, 7])(
    'to %j is left to others',
    (target) => {
      expect(ask('GET', target)).toBeUndefined()
    },
  )

  test('to other methods is 405 with those that there are', () => {
    expect(ask('POST', PATH)).toEqual({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' }, body: '' })
  })

  test('to a preflight is 204 for every origin, with the header that MCP clients send', () => {
    expect(ask('OPTIONS', PATH)).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': expect.stringContaining('MCP-Protocol-Version') as string,
      },
    })
    expect(ask('OPTIONS', '/a')).toBeUndefined()
  })

  test('names the baseline instead of all scopes, and scopes as clients ask for them', () => {
    const named = answer({ baseline: ['read'] })
    expect(JSON.parse(named?.body ?? '')).toMatchObject({ scopes_supported: ['read'] })
    const requestAs = (scope: string): string => `api://app/${scope}`
    const asked = answer({ policy: { scopes: ['read', 'write'], requestAs } })
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({
      scopes_supported: ['api://app/read', 'api://app/write'],
    })
    expect(() => answer({ baseline: ['a b'] })).toThrow(TypeError)
  })

  test('to an exception is 500 without details', () => {
    const boom = (): never => {
      throw new Error('secret')
    }
    expect(answer({ policy: boom })).toMatchObject({
      status: 500,
      body: expect.not.stringContaining('secret') as string,
    })
  })
})
