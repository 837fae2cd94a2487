/** A real oidc-provider whose consent step is the recipe. Everybody who logs in is Kim. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { ConsentStep } from '../../examples/consent/oidc-provider.ts'
import type * as Recipe from '../../examples/consent/oidc-provider.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { recipe } from './recipe.ts'

const { interaction, interactionsPolicy } = recipe<typeof Recipe>('oidc-provider.ts')

export const RESOURCE = 'https://api.example'

export interface OidcServer {
  readonly base: string
  /** What people are asked about; to be replaced between two requests. */
  policy: Policy
  /** Stored consent, as text, by account and client. */
  readonly records: Map<string, string>
  readonly close: () => void
}

export interface OidcClient {
  readonly id: string
  readonly redirectUri: string
  /** Native clients are asked at every login (RFC 8252 §8.6). */
  readonly type: 'native' | 'web'
}

export async function startOidcServer(text: string, clients: readonly OidcClient[]): Promise<OidcServer> {
  const held: { provider?: Provider } = {}
  const server = createServer((req, res) => {
    const { provider } = held
    if (provider === undefined) throw new Error('not started')
    void (async () => {
      if (req.url?.startsWith('/interaction/') !== true) {
        await provider.callback()(req, res)
        return
      }
      const { prompt } = await provider.interactionDetails(req, res)
      if (prompt.name === 'login') {
        await provider.interactionFinished(req, res, { login: { accountId: 'kim' } })
        return
      }
      const step: ConsentStep = {
        provider,
        policy: state.policy,
        resource: RESOURCE,
        service: 'Example Shop',
        records,
      }
      await interaction(req, res, step)
    })().catch((error: unknown) => {
      res.statusCode = 500
      res.end(String((error as Error).stack))
    })
  })
  const records: ConsentStep['records'] = {
    load: (account, client) => {
      const stored = state.records.get(`${account} ${client}`)
      return Promise.resolve(stored === undefined ? undefined : (JSON.parse(stored) as never))
    },
    save: (account, client, record) => {
      state.records.set(`${account} ${client}`, JSON.stringify(record))
      return Promise.resolve()
    },
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: OidcServer = {
    base,
    policy: loadPolicy(text),
    records: new Map(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  held.provider = new Provider(base, {
    clients: clients.map(({ id, redirectUri, type }) => ({
      client_id: id,
      client_name: 'Budget',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none' as const,
      grant_types: ['authorization_code', 'refresh_token'],
      application_type: type,
    })),
    scopes: ['openid', 'offline_access'],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: {
      url: (_, { uid }) => `/interaction/${uid}`,
      policy: interactionsPolicy(() => ({ policy: state.policy, records })),
    },
    cookies: { keys: ['x'] },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: [...state.policy.scopes.keys()].join(' '),
          audience: RESOURCE,
          accessTokenFormat: 'jwt',
        }),
      },
    },
  })
  return state
}
