/** A real gRPC server and client over HTTP/2, with the middleware in between. */
import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js'
import { connect, createServer, type Http2Server, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearerScopes, InvalidTokenError } from '../../src/claims/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { scopePolicy } from '../../src/middleware/express.ts'
import { protect } from '../../src/middleware/fetch.ts'
import { ScopePolicyGuard } from '../../src/middleware/nest.ts'

const policy = loadPolicy(`
"orders:read": { label: Read orders, endpoints: ["orders.v1.Orders/Get": POST, "orders.v1.Orders/Watch": POST] }
"orders": { label: All of orders, endpoints: ["orders.v1.Orders/*": POST] }
`)

const same = (bytes: Buffer): Buffer => bytes
const method = (name: string, responseStream: boolean): ServiceDefinition[string] => ({
  path: `/orders.v1.Orders/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
})

const served: string[] = []
const orders = new Server()
orders.addService(
  { get: method('Get', false), delete: method('Delete', false), watch: method('Watch', true) },
  {
    get: (call: { request: Buffer }, done: (error: null, reply: Buffer) => void) => {
      served.push('Get')
      done(null, Buffer.from(`order ${call.request.toString()}`))
    },
    delete: (_call: unknown, done: (error: null, reply: Buffer) => void) => {
      served.push('Delete')
      done(null, Buffer.from(''))
    },
    watch: (call: { write: (reply: Buffer) => void; end: () => void }) => {
      served.push('Watch')
      for (const reply of ['one', 'two']) call.write(Buffer.from(reply))
      call.end()
    },
  },
)

/** A token of these tests is the list of its scopes, joined by `+`, with a dot for the colon; `expired` is one that is not valid. */
const scopes = bearerScopes((token) => {
  if (token === 'expired') throw new InvalidTokenError()
  if (token === 'broken') throw new Error('secret detail')
  return { scope: token.replaceAll('.', ':').replaceAll('+', ' ') }
})
const guard = scopePolicy({ policy, scopes, grpc: true, realm: 'orders', onDecision: () => undefined })

let front: Http2Server
let client: Client

beforeAll(async () => {
  const port = await new Promise<number>((resolve, reject) => {
    orders.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound)
      else reject(error)
    })
  })
  const upstream = connect(`http://127.0.0.1:${port}`)
  // The server is shut down before it.
  upstream.on('error', () => undefined)
  front = createServer((request, response) => {
    guard(request, response, () => {
      const onward = upstream.request(request.headers)
      onward.on('response', ({ ':status': code, ...headers }: IncomingHttpHeaders) => {
        response.writeHead(Number(code), headers)
      })
      onward.on('data', (chunk: Buffer) => response.write(chunk))
      onward.on('trailers', (trailers: IncomingHttpHeaders) => {
        response.addTrailers(trailers)
      })
      onward.on('end', () => response.end())
      request.pipe(onward)
    })
  })
  front.on('close', () => {
    upstream.close()
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  client = new Client(`127.0.0.1:${(front.address() as AddressInfo).port}`, credentials.createInsecure())
})

afterAll(() => {
  client.close()
  front.close()
  orders.forceShutdown()
})

function metadataOf(authorization: string | undefined): Metadata {
  const metadata = new Metadata()
  if (authorization !== undefined) metadata.set('authorization', authorization)
  return metadata
}

/** The answer, or the status and the details of the error. */
function call(name: string, authorization?: string): Promise<string | [number, string]> {
  served.length = 0
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      `/orders.v1.Orders/${name}`,
      same,
      same,
      Buffer.from('7'),
      metadataOf(authorization),
      (error: ServiceError | null, reply?: Buffer) => {
        resolve(error === null ? (reply?.toString() ?? '') : [error.code, error.details])
      },
    )
  })
}

describe('a gRPC server behind the middleware', () => {
  test('serves what the scopes grant, by POST on the path of the method', async () => {
    expect(await call('Get', 'Bearer orders.read')).toBe('order 7')
    expect(await call('Delete', 'Bearer orders')).toBe('')
    expect(served).toEqual(['Delete'])
  })

  test('serves streams', async () => {
    const path = '/orders.v1.Orders/Watch'
    const stream = client.makeServerStreamRequest(
      path,
      same,
      same,
      Buffer.from(''),
      metadataOf('Bearer orders'),
    )
    const replies: string[] = []
    for await (const reply of stream) replies.push(String(reply))
    expect(replies).toEqual(['one', 'two'])
  })

  test('is not reached by what is denied, and the client reads why', async () => {
    expect(await call('Delete', 'Bearer orders.read')).toEqual([
      status.PERMISSION_DENIED,
      'the access token lacks the scope',
    ])
    expect(await call('Get')).toEqual([status.UNAUTHENTICATED, 'an access token is needed'])
    expect(await call('Get', 'Bearer expired')).toEqual([
      status.UNAUTHENTICATED,
      'the access token is invalid or expired',
    ])
    expect(await call('Get', 'Bearer a b')).toEqual([
      status.INVALID_ARGUMENT,
      'the Authorization header is malformed',
    ])
    expect(await call('..%2fOrders/Get', 'Bearer orders')).toEqual([
      status.INVALID_ARGUMENT,
      'the request path is refused (encoded-slash)',
    ])
    expect(await call('Get', 'Bearer broken')).toEqual([status.INTERNAL, 'the request could not be judged'])
    expect(served).toEqual([])
  })

  test('gives the challenge as metadata', async () => {
    const challenge = await new Promise((resolve) => {
      const path = '/orders.v1.Orders/Delete'
      client.makeUnaryRequest(
        path,
        same,
        same,
        Buffer.from(''),
        metadataOf('Bearer orders.read'),
        (error) => {
          resolve(error?.metadata.get('www-authenticate')[0])
        },
      )
    })
    expect(challenge).toBe(
      'Bearer realm="orders", error="insufficient_scope", error_description="the access token lacks the scope", scope="orders"',
    )
  })
})

describe('the option `grpc`', () => {
  const handler = (): Response => new Response('reached')
  const ask = async (
    contentType: string,
    grpc?: boolean,
  ): Promise<[number, string | null, string | null]> => {
    const guarded = protect(handler, { policy, scopes: () => '', ...(grpc === undefined ? {} : { grpc }) })
    const request = new Request('http://a/orders.v1.Orders/Get', {
      method: 'POST',
      headers: { 'content-type': contentType },
    })
    const response = await guarded(request)
    expect(await response.text()).toMatch(response.status === 200 ? /^$/ : /"error":/)
    return [response.status, response.headers.get('content-type'), response.headers.get('grpc-status')]
  }

  test('is about requests of gRPC and gRPC-Web, in their own media type', async () => {
    expect(await ask('application/grpc', true)).toEqual([200, 'application/grpc', '7'])
    expect(await ask('Application/gRPC+proto', true)).toEqual([200, 'application/grpc', '7'])
    expect(await ask('application/grpc-web+proto', true)).toEqual([200, 'application/grpc-web', '7'])
    expect(await ask('application/grpc-web-text', true)).toEqual([200, 'application/grpc-web-text', '7'])
    expect(await ask('application/json', true)).toEqual([403, 'application/json', null])
  })

  test('is off by default: a client does not choose that a denial has status 200', async () => {
    expect(await ask('application/grpc')).toEqual([403, 'application/json', null])
  })

  test('is refused where the response is not the middleware’s to word', () => {
    const options = { policy, HttpException: Error, grpc: true }
    expect(() => new ScopePolicyGuard(options as never)).toThrow('`grpc` is an option of the middleware')
  })
})
