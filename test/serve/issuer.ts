/** An issuer of tokens for tests: a key set over HTTP, tokens signed by its keys, introspection. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { onTestFinished } from 'vitest'

export const ISSUER = 'https://login.example'
export const AUDIENCE = 'https://api.example'

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** An HTTP server on loopback for the length of a test. */
export async function listening(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      handler(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export interface Key {
  readonly jwk: Readonly<Record<string, unknown>>
  readonly sign: (claims?: JWTPayload, header?: Readonly<Record<string, unknown>>) => Promise<string>
}

/** Without an id where `kid` is empty. */
export async function createKey(kid = 'one', alg = 'ES256'): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const jwk = { ...(await exportJWK(publicKey)), alg, ...(kid !== '' && { kid }) }
  return {
    jwk,
    sign: (claims = {}, header = {}) =>
      new SignJWT({ sub: 'ada', client_id: 'app', iss: ISSUER, aud: AUDIENCE, ...claims })
        .setProtectedHeader({ alg, ...(kid !== '' && { kid }), ...header })
        .setIssuedAt()
        .setExpirationTime(claims.exp ?? '5m')
        .sign(privateKey),
  }
}
