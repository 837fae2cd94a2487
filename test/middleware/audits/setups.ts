/** The options that the audits need servers with, in the words of no framework. */
import { bearerToken, InvalidRequestError, InvalidTokenError } from '../../../src/claims/index.ts'
import { loadPolicy } from '../../../src/index.ts'
import { metadataUrl } from '../../../src/enforce/metadata.ts'
import type {
  Awaitable,
  DecidingPolicy,
  ScopePolicyOptions,
  ScopesOfRequest,
} from '../../../src/enforce/types.ts'
import { policy } from './app.ts'

/** Values of the `Authorization` header, as the framework gives them. */
export type Authorization = Parameters<typeof bearerToken>[0]

export interface Setup extends Omit<ScopePolicyOptions<never>, 'policy' | 'scopes' | 'onDecision' | 'skip'> {
  readonly policy: DecidingPolicy | ((authorization: Authorization) => Awaitable<DecidingPolicy>)
  readonly scopes: (authorization: Authorization) => Awaitable<ScopesOfRequest>
  readonly onDecision?: () => unknown
}

/** A token of these tests is the list of its scopes, joined by `+`. */
export function scopesOf(authorization: Authorization): string[] | undefined {
  const bearer = bearerToken(authorization)
  return bearer.kind === 'token' ? bearer.token.split('+') : undefined
}

const boom = (): never => {
  throw new Error('secret detail')
}
const reject = (): Promise<never> => Promise.reject(new Error('secret detail'))
const scopesAre = (value: unknown): Partial<Setup> => ({ scopes: () => value as string[] })

export const RESOURCE = 'https://api.example/rest'

/** Grants what `policy` does not, and nothing that it does: to see that a request is judged by one of them. */
export const otherPolicy: DecidingPolicy = loadPolicy(
  'profile: { label: Profile, endpoints: [workers/you: GET] }',
  { basePath: '/rest' },
)

/** What the setup `changing` answers with, and what it waits for when the token has the scope `slow`. */
export const changing: { current: DecidingPolicy; entered: () => void; gate: Promise<void> } = {
  current: policy,
  entered: () => undefined,
  gate: Promise.resolve(),
}

async function changingPolicy(authorization: Authorization): Promise<DecidingPolicy> {
  const chosen = changing.current
  if (scopesOf(authorization)?.includes('slow') === true) {
    changing.entered()
    await changing.gate
  }
  return chosen
}

let turns = 0
async function alternatingPolicy(): Promise<DecidingPolicy> {
  turns += 1
  const chosen = turns % 2 === 0 ? policy : otherPolicy
  await new Promise((resolve) => setTimeout(resolve, turns % 5))
  return chosen
}

export type SetupName =
  | 'plain'
  | 'described'
  | 'report-only'
  | 'allow-header'
  | 'no-override'
  | 'throwing scopes'
  | 'rejecting scopes'
  | 'scopes are an object'
  | 'scopes are nested'
  | 'scopes are a number'
  | 'scopes are true'
  | 'throwing policy'
  | 'rejecting policy'
  | 'no policy'
  | 'throwing hook'
  | 'invalid token'
  | 'rejecting invalid token'
  | 'expired by jose'
  | 'malformed header'
  | 'baseline'
  | 'changing'
  | 'alternating'

const CHANGES: Readonly<Record<SetupName, Partial<Setup>>> = {
  plain: {},
  described: { realm: 'the "rest" of it', resourceMetadata: metadataUrl(RESOURCE) },
  'report-only': { mode: 'report-only' },
  'allow-header': { allowHeader: true },
  'no-override': { rejectMethodOverride: true },
  'throwing scopes': { scopes: boom },
  'rejecting scopes': { scopes: reject },
  'scopes are an object': scopesAre({ length: 1, 0: 'api' }),
  'scopes are nested': scopesAre([['api']]),
  'scopes are a number': scopesAre(7),
  'scopes are true': scopesAre(true),
  'throwing policy': { policy: boom },
  'rejecting policy': { policy: reject },
  'no policy': { policy: () => undefined as unknown as DecidingPolicy },
  'throwing hook': { onDecision: boom },
  'invalid token': {
    scopes: () => {
      throw new InvalidTokenError('secret detail')
    },
    baseline: ['profile', 'search'],
  },
  'rejecting invalid token': { scopes: () => Promise.reject(new InvalidTokenError('secret detail')) },
  'expired by jose': {
    scopes: () => Promise.reject(Object.assign(new Error('secret detail'), { code: 'ERR_JWT_EXPIRED' })),
  },
  'malformed header': {
    scopes: () => {
      throw new InvalidRequestError('secret detail')
    },
  },
  baseline: { baseline: ['profile', 'search'] },
  changing: { policy: changingPolicy },
  alternating: { policy: alternatingPolicy },
}

export function setupOf(name: SetupName): Setup {
  return { policy, scopes: scopesOf, ...CHANGES[name] }
}
