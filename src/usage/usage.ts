/**
 * From requests that were made to scopes that are needed.
 *
 * Requests are not kept: of each client, one request stands for all that the same scopes allow, which is
 * exact, since which scopes suffice is all that the smallest set depends on. Decisions are remembered for
 * the latest distinct requests. Memory is bounded by the policy and the number of clients, not by the log;
 * lists that are shown to people (denied requests, examples) have a length, and say when there were more.
 *
 * A request that the server answered with 401 or 403 shows what somebody tried, not what is needed: it is
 * counted among the denied when no scope allows it, and else left out of what is needed.
 */
import type { Policy } from '../decision/types.ts'
import type { LogEntry } from './entry.ts'

/** Distinct requests whose decision is remembered. */
const DECISION_CACHE_SIZE = 20_000
/** Distinct denied requests that are listed for a client. */
const MAX_DENIED = 1_000
/** Clients that are told apart; requests of further ones are counted as unattributed. */
const MAX_CLIENTS = 100_000
/** Lines that are kept as examples of what could not be read or attributed. */
const MAX_EXAMPLES = 5
const MAX_EXAMPLE_LENGTH = 200

interface DeniedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly count: number
  /** As `explain` says with all scopes of the policy. */
  readonly reason: string
}

interface GrantedScope {
  readonly scope: string
  /** `needed`: in the smallest set. `replaceable`: it allows some of the requests, others suffice. */
  readonly use: 'needed' | 'replaceable' | 'unused'
  /** Requests that it allows. */
  readonly requests: number
  /** When the last of them was made, as the log has it. */
  readonly lastUsed?: string
}

export interface ClientUsage {
  readonly client: string
  readonly requests: number
  /** A smallest set of scopes that allows every request that some scope allows. */
  readonly needed: readonly string[]
  /** Granted scopes that allow none of the requests; none where nothing is known of what is granted. */
  readonly unused: readonly string[]
  readonly denied: readonly DeniedRequest[]
  /** Denied requests of kinds beyond those listed. */
  readonly moreDenied: number
  /** What the client has been granted, with what it is for; absent where that is not known. */
  readonly granted?: readonly GrantedScope[]
  /** Scopes in use that are deprecated. */
  readonly deprecated: readonly string[]
}

export interface UnusedEndpoint {
  readonly scope: string
  readonly endpoint: string
  readonly methods: readonly string[]
}

export interface UsageReport {
  /** In the order of first appearance. */
  readonly clients: readonly ClientUsage[]
  /** Endpoints of the policy that no request used. */
  readonly unusedEndpoints: readonly UnusedEndpoint[]
  /** Requests of nobody that the log names. */
  readonly unattributed: number
  /** Lines that are no request of the format. */
  readonly unparsed: number
  readonly lines: number
  /** A few of the lines that could not be read or attributed. */
  readonly examples: { readonly unparsed: readonly string[]; readonly unattributed: readonly string[] }
}

interface Outcome {
  /** Names the scopes that allow the request; empty where none does. */
  readonly key: string
  readonly scopes: readonly string[]
  readonly reason: string
}

interface Need {
  readonly method: string
  readonly path: string
  readonly scopes: readonly string[]
  count: number
  last: string | undefined
}

interface Client {
  requests: number
  readonly needs: Map<string, Need>
  readonly denied: Map<string, { method: string; path: string; count: number; reason: string }>
  moreDenied: number
}

export class UsageCollector {
  readonly #policy: Policy
  readonly #names: readonly string[]
  readonly #clients = new Map<string, Client>()
  readonly #outcomes = new Map<string, Outcome>()
  /** By scope and place in its list of endpoints. */
  readonly #unused: Map<string, UnusedEndpoint>
  #lines = 0
  #unparsed = 0
  #unattributed = 0
  readonly #examples = { unparsed: [] as string[], unattributed: [] as string[] }

  constructor(policy: Policy) {
    this.#policy = policy
    this.#names = [...policy.scopes.keys()]
    this.#unused = new Map(
      [...policy.scopes.values()].flatMap(({ name, endpoints }) =>
        endpoints.map(({ pattern, methods }, at): [string, UnusedEndpoint] => [
          `${name} ${at}`,
          { scope: name, endpoint: pattern, methods },
        ]),
      ),
    )
  }

  /** A line that is no request of the format. */
  addUnparsed(line: string): void {
    this.#lines += 1
    this.#unparsed += 1
    keepExample(this.#examples.unparsed, line)
  }

  add(entry: LogEntry, line: string): void {
    this.#lines += 1
    const { method, status } = entry
    const path = entry.path.split('?', 1)[0] ?? ''
    const outcome = this.#outcomeOf(method, path)
    const wasRefused = status === 401 || status === 403
    const client = this.#clientOf(entry.client)
    if (client === undefined) {
      this.#unattributed += 1
      keepExample(this.#examples.unattributed, line)
      return
    }
    client.requests += 1
    if (outcome.scopes.length === 0) addDenied(client, method, path, outcome.reason)
    else if (!wasRefused) addNeed(client, method, path, outcome, entry.time)
  }

  /** `granted` gives the scopes that a client has; undefined where that is not known. */
  report(granted: (client: string) => readonly string[] | undefined = () => undefined): UsageReport {
    return {
      clients: [...this.#clients].map(([name, client]) => this.#clientUsage(name, client, granted(name))),
      unusedEndpoints: [...this.#unused.values()],
      unattributed: this.#unattributed,
      unparsed: this.#unparsed,
      lines: this.#lines,
      examples: this.#examples,
    }
  }

  #clientUsage(name: string, client: Client, granted: readonly string[] | undefined): ClientUsage {
    const needs = [...client.needs.values()]
    const needed = this.#policy.minimalScopes(needs) ?? []
    const inUse = needs.flatMap(({ scopes }) => scopes)
    const used = new Set(granted === undefined ? needed : inUse.filter((scope) => granted.includes(scope)))
    return {
      client: name,
      requests: client.requests,
      needed,
      unused: (granted ?? []).filter((scope) => !used.has(scope)),
      denied: [...client.denied.values()],
      moreDenied: client.moreDenied,
      ...(granted !== undefined && { granted: granted.map((scope) => grantedScope(scope, needs, needed)) }),
      deprecated: [...used].filter((scope) => this.#isDeprecated(scope)),
    }
  }

  #isDeprecated(scope: string): boolean {
    const known = this.#policy.scopes.get(scope) as { readonly deprecated?: unknown } | undefined
    return known?.deprecated !== undefined
  }

  #outcomeOf(method: string, path: string): Outcome {
    const request = `${method} ${path}`
    const known = this.#outcomes.get(request)
    if (known !== undefined) return known
    const outcome = this.#judge(method, path)
    // The oldest goes first: logs repeat what is recent.
    if (this.#outcomes.size >= DECISION_CACHE_SIZE) {
      const [oldest] = this.#outcomes.keys()
      if (oldest !== undefined) this.#outcomes.delete(oldest)
    }
    this.#outcomes.set(request, outcome)
    return outcome
  }

  #judge(method: string, path: string): Outcome {
    const policy = this.#policy
    const scopes = this.#names.filter((name) => policy.authorize([name], method, path))
    if (scopes.length > 0) {
      if (this.#unused.size > 0) this.#markEndpoints(scopes, method, path)
      return { key: scopes.join(' '), scopes, reason: 'granted' }
    }
    // Scopes that allow it only together.
    const sets = policy.setsFor(method, path)
    if (sets.length > 0)
      return { key: JSON.stringify(sets), scopes: [...new Set(sets.flat())], reason: 'granted' }
    return { key: '', scopes, reason: policy.explain(this.#names, method, path).reason }
  }

  /** Every endpoint that allows the request is in use, by its own scope. */
  #markEndpoints(scopes: readonly string[], method: string, path: string): void {
    const { grantedBy } = this.#policy.explain(scopes, method, path)
    for (const { endpoint, span } of grantedBy) {
      for (const [key, unused] of this.#unused) {
        if (unused.endpoint !== endpoint || !unused.methods.includes(method)) continue
        const own = this.#policy.scopes.get(unused.scope)?.endpoints[
          Number(key.slice(key.lastIndexOf(' ') + 1))
        ]
        if (span === undefined || own?.span?.start === span.start) this.#unused.delete(key)
      }
    }
  }

  #clientOf(name: string | undefined): Client | undefined {
    if (name === undefined) return undefined
    const known = this.#clients.get(name)
    if (known !== undefined || this.#clients.size >= MAX_CLIENTS) return known
    const client: Client = { requests: 0, needs: new Map(), denied: new Map(), moreDenied: 0 }
    this.#clients.set(name, client)
    return client
  }
}

function addDenied(client: Client, method: string, path: string, reason: string): void {
  const key = `${method} ${path}`
  const known = client.denied.get(key)
  if (known !== undefined) known.count += 1
  else if (client.denied.size < MAX_DENIED) client.denied.set(key, { method, path, count: 1, reason })
  else client.moreDenied += 1
}

function addNeed(
  { needs }: Client,
  method: string,
  path: string,
  { key, scopes }: Outcome,
  time?: string,
): void {
  const known = needs.get(key)
  if (known === undefined) needs.set(key, { method, path, scopes, count: 1, last: time })
  else {
    known.count += 1
    known.last = time ?? known.last
  }
}

function grantedScope(scope: string, needs: readonly Need[], needed: readonly string[]): GrantedScope {
  const own = needs.filter(({ scopes }) => scopes.includes(scope))
  const last = own.map(({ last: time }) => time).findLast((time) => time !== undefined)
  return {
    scope,
    use: own.length === 0 ? 'unused' : needed.includes(scope) ? 'needed' : 'replaceable',
    requests: own.reduce((sum, { count }) => sum + count, 0),
    ...(last !== undefined && { lastUsed: last }),
  }
}

function keepExample(examples: string[], line: string): void {
  if (examples.length < MAX_EXAMPLES) examples.push(line.slice(0, MAX_EXAMPLE_LENGTH))
}
