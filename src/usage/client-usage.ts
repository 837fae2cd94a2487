/** What one client needs, and what each of its granted scopes is for. */
import type { MinimalScopes } from '../decision/minimal-of.ts'
import type { Policy } from '../decision/types.ts'
import { aliasesOf } from '../policy/holding.ts'
import type {
  ClientUsage,
  CountedRequest,
  DeniedRequest,
  GrantedScope,
  RefusedRequest,
  ScopeRequests,
} from './types.ts'

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

/** Requests of one class: the first represents all. */
interface Need {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The smallest sets of scopes that allow them. */
  readonly sets: readonly (readonly string[])[]
  count: number
  /** Seconds since the epoch. */
  last: number | undefined
}

/** What is gathered of a client. */
export interface Client {
  requests: number
  /** Times of the first and last request, infinite where there are none. */
  first: number
  last: number
  /** By the number of the class; sparse. */
  readonly needs: (Need | undefined)[]
  readonly denied: Map<string, Writable<DeniedRequest>>
  moreDenied: number
  readonly refused: Map<string, Writable<RefusedRequest>>
  moreRefused: number
  /** Whether needs were left out, for lack of room. */
  isCut: boolean
  /** Granted scopes that the log names. */
  scopes: string[] | undefined
}

export interface UsageContext {
  readonly policy: Policy
  /** The scope of a name or an alias. */
  readonly canonical: (name: string) => string
  /** A smallest set for requests, with whether that is proved. */
  readonly minimal: (needs: Client['needs']) => MinimalScopes
  /** The first time of the log. */
  readonly since?: number
}

/** Requests that are listed of a needed scope, and of those beyond what is granted. */
const MAX_LISTED = 3

export function clientUsage(
  name: string,
  client: Client,
  granted: readonly string[] | undefined,
  context: UsageContext,
): ClientUsage {
  const { policy, canonical } = context
  const needs = needsOf(client.needs)
  const { scopes, isProved } = context.minimal(client.needs)
  const needed = scopes ?? []
  const grantedScopes = granted && grantedUsage([...new Set(granted)], needs, new Set(needed), context)
  const counts = scopeRequests(needs, policy)
  const isDeprecated = (scope: string): boolean => policy.scopes.get(scope)?.deprecated !== undefined
  const inUse = grantedScopes?.filter(({ use }) => use !== 'unused').map(({ scope }) => scope) ?? needed
  const beyond =
    granted &&
    needs
      .filter(({ method, path }) => !policy.authorize(granted, method, path))
      .sort((a, b) => b.count - a.count)
  return {
    client: name,
    requests: client.requests,
    needed,
    isMinimal: isProved && !client.isCut,
    unused: grantedScopes?.filter(({ use }) => use === 'unused').map(({ scope }) => scope) ?? [],
    denied: [...client.denied.values()],
    moreDenied: client.moreDenied,
    refused: [...client.refused.values()],
    moreRefused: client.moreRefused,
    ...(grantedScopes && { granted: grantedScopes }),
    ...(beyond && { notGranted: beyond.slice(0, MAX_LISTED).map(counted) }),
    deprecated: [...new Set(inUse)].filter((scope) => isDeprecated(canonical(scope))),
    scopes: counts,
    ...(client.first <= client.last && { firstSeen: dateOf(client.first), lastSeen: dateOf(client.last) }),
  }
}

export function needsOf(needs: Client['needs']): readonly Need[] {
  return needs.filter((need) => need !== undefined)
}

function grantedUsage(
  granted: readonly string[],
  needs: readonly Need[],
  needed: ReadonlySet<string>,
  { canonical, since }: UsageContext,
): readonly GrantedScope[] {
  const held = new Set(granted.map(canonical))
  /** Of each request, the sets that consist of granted scopes. */
  const allowing = needs.map(({ sets }) => sets.filter((set) => set.every((scope) => held.has(scope))))
  return granted.map((scope): GrantedScope => {
    const name = canonical(scope)
    const own = needs.filter((_, at) => allowing[at]?.some((set) => set.includes(name)))
    const last = own.reduce((latest, need) => Math.max(latest, need.last ?? -Infinity), -Infinity)
    const requests = own.reduce((sum, { count }) => sum + count, 0)
    if (own.length === 0) {
      return { scope, use: 'unused', requests, ...(since !== undefined && { unusedSince: dateOf(since) }) }
    }
    const lastUsed = Number.isFinite(last) ? { lastUsed: dateOf(last) } : {}
    if (!needed.has(name)) {
      return { scope, use: 'replaceable', requests, ...lastUsed, replaceableBy: sufficientOf(needed, own) }
    }
    const others = new Set([...needed].filter((other) => other !== name))
    const only = needs.filter(({ sets }) => !sets.some((set) => set.every((other) => others.has(other))))
    only.sort((a, b) => b.count - a.count)
    return { scope, use: 'needed', requests, ...lastUsed, neededFor: only.slice(0, MAX_LISTED).map(counted) }
  })
}

/** Members of `needed` that allow all of some requests; none of them can be left out. */
function sufficientOf(needed: ReadonlySet<string>, needs: readonly Need[]): readonly string[] {
  const kept = new Set(needed)
  for (const scope of needed) {
    kept.delete(scope)
    if (!needs.every(({ sets }) => sets.some((set) => set.every((name) => kept.has(name))))) kept.add(scope)
  }
  return [...kept]
}

function scopeRequests(needs: readonly Need[], policy: Policy): readonly ScopeRequests[] {
  const counts = new Map<string, number>()
  for (const { sets, count } of needs) {
    for (const scope of new Set(sets.flat())) counts.set(scope, (counts.get(scope) ?? 0) + count)
  }
  return [...policy.scopes.keys()].flatMap((scope) => {
    const requests = counts.get(scope)
    return requests === undefined ? [] : [{ scope, requests }]
  })
}

/** Tokens may carry a scope by an alias. */
export function canonicalNames(policy: Policy): (scope: string) => string {
  const aliases = aliasesOf(policy.scopes)
  return (scope) => aliases.get(scope) ?? scope
}

function counted({ method, path, count }: Need): CountedRequest {
  return { method, path, count }
}

export function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
