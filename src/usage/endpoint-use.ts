/**
 * Which endpoints of a policy requests have used, method by method.
 *
 * Most requests use what others have used before. So the endpoints that are still unused are a policy
 * themselves, with a scope for each: what it denies as a whole marks nothing, at the cost of one decision. It
 * is built anew when it has matched what is in use too often.
 *
 * Where a trailing slash or an extension is at the end, two endpoints can be needed together
 * (`trailingSlash: strict`); there the endpoints are those that `explain` names, of the path with its last
 * segment and without.
 */
import { withIncluded } from '../policy/includes.ts'
import type { Grant, Policy } from '../decision/types.ts'
import { BASELINE, NAME_FIELDS, type NameField, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { loadPolicy } from '../load.ts'
import type { Combination, Grants } from '../policy/model.ts'

export interface UnusedEndpoint {
  /** The scope, the key of several scopes, or `$baseline`. */
  readonly scope: string
  readonly endpoint: string
  /** Of an endpoint that no request used, all; else those that no request used. */
  readonly methods: readonly string[]
}

/** One endpoint, or one name of a tool, resource or prompt. */
export interface EndpointRow extends UnusedEndpoint {
  readonly field: 'endpoints' | NameField
  /** Its place in that list of the scope. */
  readonly index: number
  readonly used: Set<string>
}

/** Requests that match only what is in use, before the policy of what is unused is built anew. */
const MAX_STALE = 256

export class EndpointUse {
  readonly rows: readonly EndpointRow[]
  readonly #policy: Policy
  readonly #names: readonly string[]
  readonly #options: unknown
  #open: readonly { readonly row: EndpointRow; readonly grant: Grant }[] = []
  #all: Grant | undefined
  #stale = 0
  #used = 0
  readonly #byScope = new Map<string, EndpointRow[]>()

  constructor(policy: Policy) {
    this.#policy = policy
    this.#names = [...policy.scopes.keys()]
    const document = policy.toJSON() as { readonly $options: object }
    this.#options = { ...document.$options, head: 'explicit' }
    this.rows = rowsOf(policy)
    for (const row of this.rows) {
      const own = this.#byScope.get(row.scope) ?? []
      this.#byScope.set(row.scope, own)
      own.push(row)
    }
    this.#rebuild()
  }

  /** A request that was allowed; `path` without a query. Whether it used what no other request has. */
  mark(method: string, path: string): boolean {
    const before = this.#used
    const last = path.lastIndexOf('/')
    if (last === path.length - 1 || path.charCodeAt(last + 1) === 0x2e) this.#markExplained(method, path)
    if (this.#all?.authorize(method, path) !== true) return this.#used > before
    let isStale = true
    for (const { row, grant } of this.#open) {
      if (row.used.has(method) || !grant.authorize(method, path)) continue
      this.#use(row, method)
      isStale = false
    }
    if (isStale) this.#stale += 1
    if (this.#stale >= MAX_STALE) this.#rebuild()
    return this.#used > before
  }

  /** Whether all that some scopes themselves grant for a method is in use. */
  isClosed(scopes: readonly string[], method: string): boolean {
    return scopes.every((scope) =>
      (this.#byScope.get(scope) ?? []).every(
        ({ methods, used }) => used.has(method) || !methods.includes(method),
      ),
    )
  }

  #use(row: EndpointRow, method: string): void {
    if (row.used.has(method)) return
    row.used.add(method)
    this.#used += 1
  }

  #markExplained(method: string, path: string): void {
    for (const one of [path, path.slice(0, path.lastIndexOf('/'))]) {
      for (const { scope, endpoint } of this.#policy.explain(this.#names, method, one).grantedBy) {
        // An included scope is named by the one that includes it; the pattern counts wherever it is.
        for (const row of this.rows) {
          if (row.endpoint === endpoint && row.methods.includes(method) && !row.used.has(method))
            this.#markIn(row, scope, method)
        }
      }
    }
  }

  #markIn(row: EndpointRow, scope: string, method: string): void {
    if (row.scope === scope || withIncluded(scope, this.#policy.scopes).includes(row.scope))
      this.#use(row, method)
  }

  #rebuild(): void {
    this.#stale = 0
    const open = this.rows.filter(({ methods, used }) => used.size < methods.length)
    if (open.length === 0) {
      this.#all = undefined
      this.#open = []
      return
    }
    const policy = loadPolicy(
      Object.fromEntries([
        ['$options', this.#options],
        ...open.map((row, index): [string, unknown] => [`r${index}`, entryOf(row)]),
      ]),
      { limits: { endpoints: Infinity } },
    )
    this.#all = policy.grant([...policy.scopes.keys()])
    this.#open = open.map((row, index) => ({ row, grant: policy.grant([`r${index}`]) }))
  }
}

function entryOf({ field, endpoint, methods, used }: EndpointRow): unknown {
  const label = 'endpoint'
  if (field !== 'endpoints') return { label, [field]: [endpoint] }
  const open = methods.filter((method) => !used.has(method))
  return { label, endpoints: [Object.fromEntries([[endpoint, open]])] }
}

function rowsOf({ scopes, combinations, baseline }: Policy): EndpointRow[] {
  const grants: (readonly [string, Grants | Combination])[] = [
    ...(baseline === undefined ? [] : [[BASELINE, baseline] as const]),
    ...scopes,
    ...combinations,
  ]
  return grants.flatMap(([scope, one]) => {
    const named = NAME_FIELDS.map((field) => {
      const methods = [SCOPE_FIELDS[field].method]
      return [field, (one[field] ?? []).map(({ pattern }) => ({ pattern, methods }))] as const
    })
    return [['endpoints', one.endpoints] as const, ...named].flatMap(([field, list]) =>
      list.map(({ pattern: endpoint, methods }, index): EndpointRow => {
        return { scope, endpoint, methods, field, index, used: new Set() }
      }),
    )
  })
}
