/**
 * The options of a middleware, checked once when it is created: a mistake is the programmer's and stops the
 * start of the server with a `TypeError`, instead of denying every request later.
 *
 * Only own properties count. A `mode` inherited from a polluted `Object.prototype` would switch the
 * middleware off.
 */
import { challenge } from '../claims/challenge.ts'
import { quote, suggest } from '../diagnostic/words.ts'
import type { DecidingPolicy, Mode, RequestReader, ScopePolicyOptions } from './types.ts'

/** Options with every default filled in. */
export interface ResolvedOptions<Request> {
  readonly policy: ScopePolicyOptions<Request>['policy']
  readonly scopes: NonNullable<RequestReader<Request>['scopes']>
  readonly onDecision: ScopePolicyOptions<Request>['onDecision']
  readonly mode: Mode
  readonly skip: ScopePolicyOptions<Request>['skip']
  readonly rejectMethodOverride: boolean
  readonly grpc: boolean
  /** The parameters that every challenge has. */
  readonly challengeParameters: ChallengeParameters
}

export interface ChallengeParameters {
  readonly realm?: string | undefined
  readonly resourceMetadata?: string | undefined
  readonly allowHeader?: boolean | undefined
  readonly baseline?: readonly string[] | undefined
}

/** Every option of {@link ScopePolicyOptions}, which the type checker holds complete. */
const COMMON = Object.keys({
  policy: 0,
  scopes: 0,
  realm: 0,
  resourceMetadata: 0,
  onDecision: 0,
  mode: 0,
  skip: 0,
  rejectMethodOverride: 0,
  allowHeader: 0,
  baseline: 0,
  grpc: 0,
} satisfies Record<keyof ScopePolicyOptions<unknown>, 0>)

const MODES: readonly string[] = ['enforce', 'report-only'] satisfies Mode[]

/**
 * Reads and checks the options; `defaultScopes` is used where they have no `scopes`, and
 * `adapterOptions` names the options of one adapter, which it checks itself.
 */
export function resolveOptions<Request>(
  options: ScopePolicyOptions<Request>,
  defaultScopes: RequestReader<Request>['scopes'],
  adapterOptions: readonly string[],
): ResolvedOptions<Request> {
  const own = ownProperties(options)
  refuseUnknown(own, [...COMMON, ...adapterOptions])
  const { policy, scopes = defaultScopes, onDecision, mode = 'enforce', skip } = own
  const {
    realm,
    resourceMetadata,
    rejectMethodOverride = false,
    allowHeader = false,
    baseline,
    grpc = false,
  } = own
  if (typeof policy !== 'function' && !isPolicy(policy)) {
    throw new TypeError('`policy` must be a policy, or a function of the request that returns one')
  }
  if (typeof scopes !== 'function') throw new TypeError('`scopes` must be a function of the request')
  for (const [name, hook] of Object.entries({ onDecision, skip })) {
    if (hook !== undefined && typeof hook !== 'function')
      throw new TypeError(`\`${name}\` must be a function`)
  }
  for (const [name, flag] of Object.entries({ rejectMethodOverride, allowHeader, grpc })) {
    if (typeof flag !== 'boolean') throw new TypeError(`\`${name}\` must be true or false`)
  }
  if (!MODES.includes(mode)) throw new TypeError("`mode` must be 'enforce' or 'report-only'")
  checkBaseline(baseline)
  const challengeParameters = { realm, resourceMetadata, allowHeader, baseline }
  challenge(challengeParameters)
  return { policy, scopes, onDecision, mode, skip, rejectMethodOverride, grpc, challengeParameters }
}

/** @throws TypeError when `baseline` is given and is not an array of scope names. */
export function checkBaseline(baseline: unknown): void {
  if (baseline === undefined) return
  if (!Array.isArray(baseline)) throw new TypeError('`baseline` must be an array of scope names')
  // Refuses what is not a scope name.
  challenge({ scope: baseline as readonly string[] })
}

/**
 * A misspelt option would be one that is not set: `rejectMethodOverrides` would protect nothing.
 *
 * @throws TypeError naming the option and what was probably meant.
 */
export function refuseUnknown(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    throw new TypeError(`unknown option ${quote(name)}; ${suggest(name, known)}`)
  }
}

/** A copy that inherits nothing. */
export function ownProperties<T extends object>(options: T): T {
  if (typeof options !== 'object' || (options as T | null) === null) {
    throw new TypeError('the options must be an object')
  }
  return Object.assign(Object.create(null) as T, options)
}

/**
 * By what it can do, not by class: the package exists as ESM and as CommonJS in one process, and a
 * compiled policy has no class at all. The fingerprint is computed when it is first read, which takes 100 ms for 50,000
 * endpoints: here, and not by the first request.
 */
function isPolicy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { authorize, explain, fingerprint } = value as Record<keyof DecidingPolicy, unknown>
  if (fingerprint !== undefined && typeof fingerprint !== 'string') return false
  return typeof authorize === 'function' && typeof explain === 'function'
}

/** The option `target` of the adapters that have one. */
export function checkedTarget<Target>(options: { readonly target?: Target | undefined }): Target | undefined {
  const { target } = ownProperties(options)
  if (target !== undefined && typeof target !== 'function') throw new TypeError('`target` must be a function')
  return target
}
