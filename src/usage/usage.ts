/**
 * From requests that were made to scopes that are needed.
 *
 * Requests are not kept. Requests that the same sets of scopes allow are one *class*, and of each client one
 * request of a class represents all of it, which is exact: the smallest set depends on nothing else. Classes
 * of recent requests are remembered. Memory is bounded by the policy and by the limits below, not by the log.
 *
 * A request that the server refused with 401 or 403 shows what somebody tried, not what is needed: it is
 * listed, and left out of what is needed and in use.
 */
import { denialOf } from '../decision/denial-of.ts'
import { type MinimalScopes, minimalOf } from '../decision/minimal-of.ts'
import type { Grant, Policy } from '../decision/types.ts'
import { ByteCache } from './byte-cache.ts'
import {
  type Candidate,
  candidatesOf,
  mayBegin,
  plainName,
  plainNameIn,
  uniformFolders,
} from './candidates.ts'
import { detached } from './decode.ts'
import { EndpointUse } from './endpoint-use.ts'
import type { LogEntry, RequestRange } from './entry.ts'
import {
  canonicalNames,
  type Client,
  clientUsage,
  dateOf,
  needsOf,
  type UsageContext,
} from './client-usage.ts'
import type { Line } from './line.ts'
import type { UsedRequest } from './suggest.ts'
import { Timeline } from './timeline.ts'
import type { UsageReport, UsageTimeline } from './types.ts'

/** Recent requests whose class is remembered: twice as many, in two generations. */
const CACHE_SIZE = 20_000
const MAX_CACHED_LENGTH = 512
/** Methods whose folders are remembered. */
const MAX_METHODS = 32
/** Requests that are listed, of one client and in total. */
const MAX_LISTED = 1_000
/** Refused requests that are listed of one client. */
const MAX_REFUSED = 100
/** Sets of scopes that are listed of a refused request. */
const MAX_SETS = 3
const MAX_LISTED_LENGTH = 500_000
/** Longer paths are refused by every policy, and are shown up to here. */
const MAX_PATH_LENGTH = 8_192
/** Clients that are distinguished; requests of further ones are counted as unattributed. */
const MAX_CLIENTS = 100_000
const MAX_CLIENT_LENGTH = 1_024
/** Pairs of client and class. */
const MAX_NEEDS = 1_000_000
/** Lines that are kept as examples of what could not be parsed or attributed. */
const MAX_EXAMPLES = 5
const MAX_EXAMPLE_LENGTH = 200
/** For the proofs that the sets of all clients are the smallest. */
const PROOF_MILLISECONDS = 10_000
const CLIENT_PROOF_MILLISECONDS = 2_000

/** Searches whose result is remembered. */
const MAX_SEARCHES = 10_000

/** Requests that the same sets of scopes allow. */
export interface RequestClass {
  /** In the order of first appearance, from 1; 0 for a class beyond those that are counted separately. */
  readonly number: number
  /** The smallest sets; none where nothing allows the request, an empty one where every token may. */
  readonly sets: readonly (readonly string[])[]
  readonly reason: string
  /** Methods for which every endpoint of the scopes is in use. */
  readonly closed: Set<string>
  /** A few of the sets, narrowest first. */
  narrowest?: readonly (readonly string[])[]
}

/** A request that has been judged. */
interface Judged {
  readonly found: RequestClass
  /** Whether its endpoints are known to be in use. */
  isMarked: boolean
}

interface ClassNode {
  readonly next: Map<number, ClassNode>
  readonly index?: number
  readonly before?: ClassNode
  found?: RequestClass
}

export interface CollectorOptions {
  /** The client of requests for which the log names none. */
  readonly defaultClient?: string | undefined
}

export class UsageCollector {
  readonly endpoints: EndpointUse
  readonly #policy: Policy
  readonly #names: readonly string[]
  /** By scope, in document order. */
  readonly #allows: readonly Grant['authorize'][]
  readonly #candidates: ReadonlyMap<string, readonly Candidate[]> | undefined
  readonly #everyScope: readonly Candidate[]
  /** Whether some request may need several scopes at once, or none. */
  readonly #hasSets: boolean
  readonly #defaultClient: string | undefined
  readonly #clients = new Map<string, Client>()
  /** Classes of requests that single scopes allow, by the numbers of these scopes one after the other. */
  readonly #singles: ClassNode = { next: new Map() }
  readonly #classes = new Map<string, RequestClass>()
  readonly #isUniform: ReturnType<typeof uniformFolders>
  /** By method and folder; null where names differ. */
  readonly #folders = new Map<string, Map<string, Judged | null>>()
  /** By the bytes of `METHOD folder/`, and of `METHOD path`; null where these are not the text. */
  readonly #judgedFolders = new ByteCache((text) =>
    NOT_VERBATIM.test(text) ? null : this.#judgedIn(...methodAndRest(text)),
  )
  readonly #judgedRequests = new ByteCache((text) =>
    NOT_VERBATIM.test(text) ? null : this.#judgedOf(...methodAndRest(text)),
  )
  #recent = new Map<string, Map<string, Judged>>()
  #older = new Map<string, Map<string, Judged>>()
  #recentSize = 0
  /** Of allowed requests by the number of their class, of others by 0. */
  readonly #timeline = new Timeline()
  #needs = 0
  #listedLength = 0
  #lines = 0
  #unparsed = 0
  #unattributed = 0
  #beyondClientLimit = 0
  readonly #examples = { unparsed: [] as string[], unattributed: [] as string[] }

  constructor(policy: Policy, { defaultClient }: CollectorOptions = {}) {
    this.#policy = policy
    this.#names = [...policy.scopes.keys()]
    this.#allows = this.#names.map((name) => policy.grant([name]).authorize)
    this.#candidates = candidatesOf(policy)
    this.#everyScope = this.#names.map((_, index) => ({ index, prefixes: [''] }))
    this.#hasSets = policy.combinations.size > 0 || policy.baseline !== undefined
    // A combination, or another spelling of paths, may distinguish names.
    this.#isUniform = this.#hasSets || this.#candidates === undefined ? undefined : uniformFolders(policy)
    this.#defaultClient = defaultClient
    this.endpoints = new EndpointUse(policy)
  }

  get lines(): number {
    return this.#lines
  }

  /** A line that is not a request of the format. */
  addUnparsed(line: string | Line): void {
    this.#lines += 1
    this.#unparsed += 1
    keepExample(this.#examples.unparsed, line)
  }

  /** `line` is what `entry` was read from. */
  add(entry: LogEntry, line: string | Line): void {
    this.#lines += 1
    const { status, time } = entry
    const judged = this.#judgedAt(entry.range, line) ?? this.#judgedOf(entry.method, pathOf(entry))
    const { found } = judged
    const isAllowed = found.sets.length > 0
    const isRefused = status === 401 || status === 403
    if (time !== undefined) this.#timeline.add(time, isAllowed && !isRefused ? found.number : 0)
    if (isAllowed && !isRefused && !judged.isMarked) {
      judged.isMarked = true
      this.#mark(entry.method, pathOf(entry), found)
    }
    const client = this.#clientOf(entry)
    if (client === undefined) {
      this.#unattributed += 1
      keepExample(this.#examples.unattributed, line)
      return
    }
    client.requests += 1
    if (time !== undefined) {
      if (time < client.first) client.first = time
      if (time > client.last) client.last = time
    }
    if (entry.scopes !== undefined) addScopes(client, entry.scopes)
    if (!isAllowed) this.#addDenied(client, entry, found.reason)
    else if (isRefused) this.#addRefused(client, entry, status, found)
    else this.#addNeed(client, entry, found)
  }

  #mark(method: string, path: string, { closed, sets }: RequestClass): void {
    if (closed.has(method)) return
    const isNew = this.endpoints.mark(method, path)
    if (!isNew && !this.#hasSets && this.endpoints.isClosed(sets.flat(), method)) closed.add(method)
  }

  /** Of each class and client one request that was allowed, and the recent ones: for checks of a narrower policy. */
  *usedRequests(): Generator<UsedRequest> {
    for (const { needs } of this.#clients.values()) yield* needsOf(needs).values()
    for (const cache of [this.#recent, this.#older]) {
      for (const [method, paths] of cache) {
        for (const [path, { found, isMarked }] of paths) {
          if (isMarked) yield { method, path, sets: found.sets }
        }
      }
    }
  }

  /** `granted` gives the scopes that a client has, where the log does not; undefined where that is not known. */
  report(granted: (client: string) => readonly string[] | undefined = () => undefined): UsageReport {
    const unused = this.endpoints.rows.filter(({ used, methods }) => used.size < methods.length)
    const { period } = this.#timeline
    const context: UsageContext = {
      policy: this.#policy,
      canonical: canonicalNames(this.#policy),
      minimal: this.#minimalWithin(Date.now() + PROOF_MILLISECONDS),
      ...(period !== undefined && { since: period.from }),
    }
    return {
      clients: [...this.#clients].map(([name, client]) =>
        clientUsage(name, client, granted(name) ?? client.scopes, context),
      ),
      unusedEndpoints: unused
        .filter(({ used }) => used.size === 0)
        .map(({ scope, endpoint, methods }) => ({ scope, endpoint, methods })),
      unusedMethods: unused
        .filter(({ used }) => used.size > 0)
        .map(({ scope, endpoint, methods, used }) => ({
          scope,
          endpoint,
          methods: methods.filter((method) => !used.has(method)),
        })),
      unattributed: this.#unattributed,
      beyondClientLimit: this.#beyondClientLimit,
      unparsed: this.#unparsed,
      lines: this.#lines,
      examples: this.#examples,
      ...(period !== undefined && {
        period: { from: dateOf(period.from), to: dateOf(period.to) },
        timeline: this.#usageTimeline(period),
      }),
    }
  }

  /** Many clients make requests of the same classes, for which one search is enough. */
  #minimalWithin(deadline: number): UsageContext['minimal'] {
    const known = new Map<string, MinimalScopes>()
    return (needs) => {
      const key = Object.keys(needs).join()
      const before = known.get(key)
      if (before !== undefined) return before
      const left = Math.min(CLIENT_PROOF_MILLISECONDS, Math.max(0, deadline - Date.now()))
      const found = minimalOf(this.#policy, needsOf(needs), left)
      if (known.size < MAX_SEARCHES) known.set(key, found)
      return found
    }
  }

  #usageTimeline({ from, to }: { readonly from: number; readonly to: number }): UsageTimeline {
    const { seconds, buckets } = this.#timeline
    const start = Math.floor(from / seconds) * seconds
    const length = Math.floor((to - start) / seconds) + 1
    const all = new Array<number>(length).fill(0)
    const classes = [undefined, ...this.#classes.values()]
    const scopes = new Map<string, number[]>()
    for (const bucket of buckets) {
      const at = (bucket.start - start) / seconds
      bucket.counts.forEach((count = 0, number) => {
        all[at] = (all[at] ?? 0) + count
        for (const scope of new Set(classes[number]?.sets.flat())) {
          const row = scopes.get(scope) ?? new Array<number>(length).fill(0)
          scopes.set(scope, row)
          row[at] = (row[at] ?? 0) + count
        }
      })
    }
    return {
      start: dateOf(start),
      seconds,
      requests: all,
      scopes: this.#names.flatMap((scope) => {
        const requests = scopes.get(scope)
        return requests === undefined ? [] : [{ scope, requests }]
      }),
    }
  }

  #judgedOf(method: string, path: string): Judged {
    const name = this.#isUniform === undefined ? -1 : plainName(path)
    const inFolder = name < 1 ? null : this.#judgedIn(method, path.slice(0, name))
    if (inFolder !== null) return inFolder
    const known = this.#recent.get(method)?.get(path)
    if (known !== undefined) return known
    const judged = this.#older.get(method)?.get(path) ?? {
      found: this.#judge(method, path),
      isMarked: false,
    }
    if (path.length > MAX_CACHED_LENGTH || method.length > MAX_CACHED_LENGTH) return judged
    if (this.#recentSize >= CACHE_SIZE) {
      this.#older = this.#recent
      this.#recent = new Map()
      this.#recentSize = 0
    }
    const paths = this.#recent.get(method) ?? new Map<string, Judged>()
    if (paths.size === 0) this.#recent.set(detached(method), paths)
    paths.set(detached(path), judged)
    this.#recentSize += 1
    return judged
  }

  /** As {@link #judgedOf}, without a string of the path; undefined where it takes one. */
  #judgedAt(range: RequestRange | undefined, line: string | Line): Judged | undefined {
    if (range === undefined || typeof line === 'string') return undefined
    const name = this.#isUniform === undefined ? -1 : plainNameIn(line.bytes, range.path, range.end)
    const inFolder = name < 0 ? null : this.#judgedFolders.get(line, range.start, name)
    return inFolder ?? this.#judgedRequests.get(line, range.start, range.end) ?? undefined
  }

  /**
   * Of a path in a folder in which all plain names are allowed alike, by the same endpoints; null for another
   * folder. `folder` has the slash at its end.
   */
  #judgedIn(method: string, folder: string): Judged | null {
    if (folder.length > MAX_CACHED_LENGTH || folder.charCodeAt(0) !== 0x2f) return null
    let folders = this.#folders.get(method)
    if (folders === undefined) {
      if (this.#folders.size >= MAX_METHODS) return null
      folders = new Map()
      this.#folders.set(detached(method), folders)
    }
    const known = folders.get(folder)
    if (known !== undefined) return known
    const isUniform = this.#isUniform?.(method, folder.slice(1)) === true
    const judged = isUniform ? { found: this.#judge(method, `${folder}a`), isMarked: false } : null
    if (folders.size < CACHE_SIZE) folders.set(detached(folder), judged)
    return judged
  }

  #judge(method: string, path: string): RequestClass {
    if (this.#hasSets || mayNeedTwo(path)) {
      const sets = this.#policy.setsFor(method, path)
      return sets.length > 0 ? this.#intern(sets, 'granted') : this.#denied(method, path)
    }
    return this.#judgeSingles(method, path) ?? this.#denied(method, path)
  }

  /** Undefined where no scope alone allows the request. */
  #judgeSingles(method: string, path: string): RequestClass | undefined {
    let node = this.#singles
    const known = path.includes('%') ? undefined : this.#candidates
    const isPlain = known !== undefined
    const start = path.charCodeAt(0) === 0x2f ? 1 : 0
    const candidates = known === undefined ? this.#everyScope : (known.get(method) ?? [])
    for (const candidate of candidates) {
      const { index } = candidate
      if (isPlain && !mayBegin(path, start, candidate)) continue
      if (this.#allows[index]?.(method, path) !== true) continue
      let next = node.next.get(index)
      if (next === undefined) {
        next = { next: new Map(), index, before: node }
        node.next.set(index, next)
      }
      node = next
    }
    if (node === this.#singles) return undefined
    return (node.found ??= this.#intern(setsOf(node, this.#names), 'granted'))
  }

  #denied(method: string, path: string): RequestClass {
    return this.#intern([], denialOf(this.#policy, this.#names, method, path).reason)
  }

  #intern(sets: readonly (readonly string[])[], reason: string): RequestClass {
    const key = sets.length === 0 ? reason : JSON.stringify(sets)
    const known = this.#classes.get(key)
    if (known !== undefined) return known
    const isKept = this.#classes.size < MAX_NEEDS
    const number = isKept ? this.#classes.size + 1 : 0
    const made: RequestClass = { number, sets, reason, closed: new Set() }
    if (isKept) this.#classes.set(key, made)
    return made
  }

  #clientOf({ client = this.#defaultClient }: LogEntry): Client | undefined {
    if (client === undefined) return undefined
    const known = this.#clients.get(client)
    if (known !== undefined) return known
    if (this.#clients.size >= MAX_CLIENTS || this.#needs >= MAX_NEEDS || client.length > MAX_CLIENT_LENGTH) {
      this.#beyondClientLimit += 1
      return undefined
    }
    const made: Client = {
      requests: 0,
      first: Infinity,
      last: -Infinity,
      needs: [],
      denied: new Map(),
      moreDenied: 0,
      refused: new Map(),
      moreRefused: 0,
      isCut: false,
      scopes: undefined,
    }
    this.#clients.set(detached(client), made)
    return made
  }

  #addDenied(client: Client, entry: LogEntry, reason: string): void {
    const { method } = entry
    const path = pathOf(entry)
    const key = `${method} ${path}`
    const known = client.denied.get(key)
    if (known !== undefined) known.count += 1
    else if (!this.#mayList(client.denied.size, key)) client.moreDenied += 1
    else {
      const request = { method: detached(method), path: detached(path.slice(0, MAX_PATH_LENGTH)) }
      client.denied.set(detached(key), { ...request, count: 1, reason })
    }
  }

  #addRefused(client: Client, entry: LogEntry, status: number, found: RequestClass): void {
    const { method } = entry
    const path = pathOf(entry)
    const key = `${status} ${method} ${path}`
    const known = client.refused.get(key)
    if (known !== undefined) known.count += 1
    else if (client.refused.size >= MAX_REFUSED || !this.#mayList(client.refused.size, key))
      client.moreRefused += 1
    else {
      found.narrowest ??= this.#policy.setsFor(method, path).slice(0, MAX_SETS)
      const request = { method: detached(method), path: detached(path), status }
      client.refused.set(detached(key), { ...request, count: 1, scopes: found.narrowest })
    }
  }

  #mayList(listed: number, key: string): boolean {
    if (listed >= MAX_LISTED || this.#listedLength >= MAX_LISTED_LENGTH) return false
    this.#listedLength += key.length
    return true
  }

  #addNeed(client: Client, entry: LogEntry, found: RequestClass): void {
    const { time } = entry
    const known = client.needs[found.number]
    if (known !== undefined) {
      known.count += 1
      if (time !== undefined && (known.last === undefined || time > known.last)) known.last = time
      return
    }
    // No set would be known to be needed for what is not kept.
    if (found.number === 0 || this.#needs >= 2 * MAX_NEEDS) {
      client.isCut = true
      return
    }
    this.#needs += 1
    client.needs[found.number] = {
      method: detached(entry.method),
      path: detached(pathOf(entry)),
      sets: found.sets,
      count: 1,
      last: time,
    }
  }
}

function methodAndRest(text: string): [method: string, rest: string] {
  const space = text.indexOf(' ')
  return [text.slice(0, space), text.slice(space + 1)]
}

/** Without the query. */
function pathOf({ path }: LogEntry): string {
  const query = path.indexOf('?')
  return query < 0 ? path : path.slice(0, query)
}

/** Where bytes may mean others: an escape of some server, or a character beyond ASCII. */
const NOT_VERBATIM = /[\\#]|[^\u0000-\u007f]/

/** Two scopes can be needed together where the path, without an extension, ends in a slash. */
function mayNeedTwo(path: string): boolean {
  const last = path.lastIndexOf('/')
  return last === path.length - 1 || path.charCodeAt(last + 1) === 0x2e
}

function setsOf(node: ClassNode, names: readonly string[]): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = []
  for (let at = node; at.before !== undefined; at = at.before) sets.unshift([names[at.index ?? 0] ?? ''])
  return sets
}

/** Granted scopes that are kept of one client, from the log. */
const MAX_SCOPES = 1_000

function addScopes(client: Client, scopes: readonly string[]): void {
  client.scopes ??= []
  for (const scope of scopes) {
    if (client.scopes.length < MAX_SCOPES && !client.scopes.includes(scope))
      client.scopes.push(detached(scope))
  }
}

function keepExample(examples: string[], line: string | Line): void {
  if (examples.length >= MAX_EXAMPLES) return
  const text = typeof line === 'string' ? line : line.head(MAX_EXAMPLE_LENGTH)
  examples.push(detached(text.slice(0, MAX_EXAMPLE_LENGTH)))
}
