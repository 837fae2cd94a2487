/**
 * Tokens and requests for one policy: half of the requests allowed, half denied, by the oracle. Paths are
 * drawn from a pool by Zipf's law, so some are asked for again and again and most are rare.
 */
import { grantsOf, type PlainDocument, type PlainGrant } from '../../test/reference/document.ts'
import { type Oracle, oracleFor } from './oracle.ts'
import { fill, nearMiss } from './paths.ts'
import { type Random, seeded, zipf } from './random.ts'
import type { Style } from './style.ts'

export interface Traffic {
  /** Each token as its `scope` claim: names separated by single spaces. */
  readonly tokens: readonly string[]
  readonly paths: readonly string[]
  /** One entry per request in each of these lists. */
  readonly token: readonly number[]
  readonly method: readonly string[]
  readonly path: readonly number[]
  readonly allowed: readonly boolean[]
}

export interface TrafficSize {
  readonly requests: number
  readonly distinctPaths: number
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A scope that no policy knows, and that many tokens carry all the same. */
const FOREIGN_SCOPE = 'openid'

export function trafficFor(document: PlainDocument, size: TrafficSize, style: Style): Traffic {
  const random = seeded(20_261_120)
  const grants = grantsOf(document)
  const scopes = [...new Set(grants.map(({ scope }) => scope))]
  const tokens = tokensOver(scopes, random)
  const pool = pathPool(grants, size.distinctPaths, style, random)
  const oracle = oracleFor(document)
  return drawRequests(size.requests, tokens, pool, oracle, random)
}

/** About three tokens per scope, with one to five scopes each; every scope is in one of them. */
function tokensOver(scopes: readonly string[], random: Random): string[] {
  const tokens = new Set<string>()
  for (let round = 0; round < 3; round++) {
    for (const scope of scopes) {
      const names = new Set([scope])
      const wanted = 1 + random.below(Math.min(5, scopes.length))
      while (names.size < wanted) names.add(random.pick(scopes))
      if (names.size < 5 && random.chance(0.2)) names.add(FOREIGN_SCOPE)
      tokens.add(random.shuffle([...names]).join(' '))
    }
  }
  return [...tokens]
}

interface PooledPath {
  readonly target: string
  /** The grant that the path was made from. */
  readonly origin: PlainGrant
}

function pathPool(
  grants: readonly PlainGrant[],
  distinct: number,
  style: Style,
  random: Random,
): PooledPath[] {
  const pool = new Map<string, PooledPath>()
  for (let tries = 0; pool.size < distinct && tries < distinct * 20; tries++) {
    const origin = random.pick(grants)
    const good = fill(origin.pattern, random)
    const target = style.target(random.chance(0.08) ? nearMiss(good, random) : good, random)
    if (!pool.has(target)) pool.set(target, { target, origin })
  }
  return [...pool.values()]
}

function drawRequests(
  count: number,
  tokens: readonly string[],
  pool: readonly PooledPath[],
  oracle: Oracle,
  random: Random,
): Traffic {
  const scopesOf = tokens.map((claim) => claim.split(' '))
  const holders = new Map<string, number[]>()
  for (const [index, names] of scopesOf.entries()) {
    for (const name of names) holders.set(name, [...(holders.get(name) ?? []), index])
  }
  const rank = zipf(pool.length, random)
  const token: number[] = []
  const method: string[] = []
  const path: number[] = []
  const allowed: boolean[] = []
  while (allowed.length < count) {
    const wanted = allowed.length % 2 === 0
    const at = rank()
    const { target, origin } = pool[at] as PooledPath
    const holding = holders.get(origin.scope) ?? []
    const holder = wanted || random.chance(0.3) ? random.pick(holding) : random.below(tokens.length)
    const verb = wanted || random.chance(0.7) ? origin.method : random.pick(METHODS)
    if (oracle(scopesOf[holder] ?? [], verb, target) !== wanted) continue
    token.push(holder)
    method.push(verb)
    path.push(at)
    allowed.push(wanted)
  }
  return mixed({ tokens, paths: pool.map(({ target }) => target), token, method, path, allowed }, random)
}

/** The same requests in another order, so that allowed and denied ones do not alternate. */
function mixed(traffic: Traffic, random: Random): Traffic {
  const order = random.shuffle(traffic.token.map((_, index) => index))
  const reorder = <T>(list: readonly T[]): T[] => order.map((index) => list[index] as T)
  return {
    ...traffic,
    token: reorder(traffic.token),
    method: reorder(traffic.method),
    path: reorder(traffic.path),
    allowed: reorder(traffic.allowed),
  }
}
