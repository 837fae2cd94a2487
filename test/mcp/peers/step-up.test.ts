/**
 * A real client against a real server and a real authorization server: the client of the SDK begins with the
 * baseline, sees only the tools of its token, and steps up by itself with the scopes that a denial names.
 */
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { bearerScopes } from '../../../src/claims/index.ts'
import { metadataUrl } from '../../../src/mcp/index.ts'
import { protectedResourceMetadata } from '../../../src/middleware/express.ts'
import { tablePolicy } from '../table-policy.ts'
import { journey, startProvider } from './journey.ts'
import { freePort, missingPeers, startEverything, startGuarded } from './peers.ts'

const POLICY = tablePolicy({
  'tools/call echo': [['tools:echo']],
  'tools/call get-sum': [['tools:echo', 'tools:sum']],
})
const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops) stop()
})

describe.skipIf(missingPeers !== undefined)(
  `the client of the SDK${missingPeers === undefined ? '' : ` (${missingPeers})`}`,
  () => {
    test('lists what its token may use, and steps up once with all scopes that a denial names', async () => {
      const { issuer, asked, jwk, stop } = await startProvider()
      stops.push(stop)
      const server = await startEverything()
      stops.push(server.stop)

      const port = await freePort()
      const resource = `http://127.0.0.1:${String(port)}/mcp`
      const keys = createLocalJWKSet({ keys: [jwk] })
      const verify = async (token: string): Promise<unknown> =>
        (await jwtVerify(token, keys, { issuer, audience: resource })).payload
      const metadata = protectedResourceMetadata({
        resource,
        authorizationServers: [issuer],
        baseline: ['tools:echo'],
      })
      const guarded = await startGuarded(
        {
          policy: POLICY,
          scopes: bearerScopes(verify),
          baseline: ['tools:echo'],
          resourceMetadata: metadataUrl(resource),
          filterLists: true,
        },
        server.port,
        { port, before: metadata },
      )
      stops.push(guarded.stop)

      const { connect, first, code } = await journey(resource)
      const begun = first()
      await expect(begun.client.connect(begun.transport)).rejects.toThrow(/Unauthorized/)
      await begun.transport.finishAuth(code())
      expect(asked).toEqual(['tools:echo'])

      const { client, transport } = await connect()
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual(['echo'])
      const sum = { name: 'get-sum', arguments: { a: 20, b: 22 } }
      await expect(client.callTool(sum)).rejects.toThrow(/Unauthorized/)
      await transport.finishAuth(code())
      const { content } = await client.callTool(sum)
      expect(content[0]?.text).toContain('42')
      // Exactly one further authorization, with all that the tool needs.
      expect(asked).toEqual(['tools:echo', 'tools:echo tools:sum'])
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo', 'get-sum'])
      await client.close()
    }, 60_000)
  },
)
