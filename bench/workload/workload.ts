/**
 * A workload: one policy, its YAML, its tokens and requests with the right answers. The parent process
 * makes it once and writes it to a file; each measuring process reads that file, so that all contestants
 * see the same and none pays for the oracle.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { grantsOf, type PlainDocument } from '../../test/reference/document.ts'
import { documentOf, type Size, yamlOf } from './document.ts'
import { seeded } from './random.ts'
import type { Style } from './style.ts'
import { type Traffic, type TrafficSize, trafficFor } from './traffic.ts'

/** One endpoint as the contestants get it, methods spelled out. */
export interface Entry {
  readonly pattern: string
  readonly methods: readonly string[]
}

export interface Workload {
  readonly size: string
  readonly style: string
  readonly yaml: string
  readonly scopes: readonly (readonly [scope: string, entries: readonly Entry[]])[]
  readonly traffic: Traffic
  /** The hot set: 64 distinct requests, as indices into the traffic. */
  readonly hot: readonly number[]
}

/** What a record says about a workload. */
export interface WorkloadFacts {
  readonly size: string
  readonly scopes: number
  readonly endpoints: number
  readonly yamlBytes: number
  readonly tokens: number
  readonly requests: number
  readonly distinctPaths: number
  readonly meanPathLength: number
}

const HOT_REQUESTS = 64

export function workloadFor(size: Size, traffic: TrafficSize, style: Style): Workload {
  const plain = documentOf(size)
  const document: PlainDocument = style.options === null ? plain : { $options: style.options, ...plain }
  const drawn = trafficFor(document, traffic, style)
  return {
    size: size.name,
    style: style.name,
    yaml: yamlOf(document),
    scopes: entriesOf(document),
    traffic: drawn,
    hot: hotSet(drawn),
  }
}

function entriesOf(document: PlainDocument): [string, Entry[]][] {
  const scopes = new Map<string, Map<string, string[]>>()
  for (const { scope, pattern, method } of grantsOf(document)) {
    const patterns = scopes.get(scope) ?? new Map<string, string[]>()
    scopes.set(scope, patterns)
    const methods = patterns.get(pattern)
    if (methods === undefined) patterns.set(pattern, [method])
    else methods.push(method)
  }
  return [...scopes].map(([scope, patterns]) => [
    scope,
    [...patterns].map(([pattern, methods]) => ({ pattern, methods })),
  ])
}

/** Half allowed, half denied; no two with the same token, method and path. */
function hotSet({ token, method, path, allowed }: Traffic): number[] {
  const random = seeded(64)
  const seen = new Set<string>()
  const chosen = { true: [] as number[], false: [] as number[] }
  for (const at of random.shuffle(token.map((_, index) => index))) {
    const key = `${token[at] ?? ''} ${method[at] ?? ''} ${path[at] ?? ''}`
    const list = allowed[at] === true ? chosen.true : chosen.false
    if (seen.has(key) || list.length === HOT_REQUESTS / 2) continue
    seen.add(key)
    list.push(at)
  }
  return random.shuffle([...chosen.true, ...chosen.false])
}

export function factsOf({ size, scopes, yaml, traffic }: Workload): WorkloadFacts {
  const characters = traffic.path.reduce((sum, at) => sum + (traffic.paths[at] ?? '').length, 0)
  return {
    size,
    scopes: scopes.length,
    endpoints: scopes.reduce((sum, [, entries]) => sum + entries.length, 0),
    yamlBytes: Buffer.byteLength(yaml),
    tokens: traffic.tokens.length,
    requests: traffic.token.length,
    distinctPaths: new Set(traffic.path).size,
    meanPathLength: characters / traffic.path.length,
  }
}

export function saveWorkload(workload: Workload, file: string): void {
  writeFileSync(file, JSON.stringify(workload))
}

export function readWorkload(file: string): Workload {
  return JSON.parse(readFileSync(file, 'utf8')) as Workload
}
