import { policyData } from '../../analysis/policy-data.ts'
import { type Budget, BudgetExceededError, SearchBudget } from '../../automaton/search-budget.ts'
import type { Policy } from '../../decision/types.ts'
import { agreementOf } from './agreement.ts'
import { chooseBasePaths } from './base-paths.ts'
import { EndpointList } from './endpoint-list.ts'
import { type ApiDescription, askedScopes, isUnread, type OpenApiNote, type Operation } from '../model.ts'
import { type Intersection, isOpen, type OperationReach, Reach } from './reach.ts'
import type { OpenApiSource } from '../read/parse.ts'
import { readOpenApi, type ReadOptions } from '../read/read-openapi.ts'
import { Shapes } from './shapes.ts'
import type {
  Coverage,
  EndpointCoverage,
  OperationCoverage,
  PathWitness,
  ReachKind,
  ScopeReach,
} from './types.ts'

export interface CoverageOptions extends Budget, ReadOptions {
  /**
   * Where the paths of the document begin on the server, instead of what its `servers` say; `''` for the root.
   */
  readonly serverPath?: string
}

/** An API of ten thousand operations takes some seconds. */
const MILLISECONDS = 60_000

/**
 * What the scopes of a policy open of an API: for each operation the scopes that reach it, fully or in part,
 * for each endpoint how many operations it reaches, and where the document's own `security` disagrees.
 *
 * An operation is the set of requests with its method whose path its template matches: a parameter is one or
 * more characters of one segment, without `/`; of two paths the concrete one takes what it names (OpenAPI 3.1
 * §4.8.8.2); paths that the path rules refuse do not count, since no request has them. An endpoint reaches
 * an operation when it allows one such request on its own. All of it is decided on automata, by the options of
 * the policy, so what is said without `undecided` is exact, and every witness is a request that `authorize`
 * decides as stated.
 *
 * Paths of the document begin where its servers say: if several have different paths, at the base path of the
 * policy where that is one of them, else at all of them; if it names no server, at the base path of the policy.
 *
 * Throws `OpenApiError` (`code: 'ERR_INVALID_OPENAPI'`) for a value that is not an OpenAPI document, and `TypeError` for
 * what is not a policy.
 */
export function coverage(policy: Policy, document: OpenApiSource, options: CoverageOptions = {}): Coverage {
  policyData(policy)
  return coverageOf(policy, readOpenApi(document, options), options)
}

/** The same for a document that has been read. */
export function coverageOf(policy: Policy, description: ApiDescription, options: CoverageOptions): Coverage {
  return new CoverageAnalysis(policy, policyData(policy), description, options).coverage()
}

class CoverageAnalysis {
  readonly #policy: Policy
  readonly #description: ApiDescription
  readonly #list: EndpointList
  readonly #reach: Reach
  readonly #shapes: Shapes
  readonly #located: readonly { readonly operation: Operation; readonly basePaths: readonly string[] }[]
  readonly #notes: OpenApiNote[]
  readonly #reached: number[]
  readonly #undecided: (string | undefined)[]
  /** One path is one set of requests for all of its methods, most of the time. */
  readonly #known = new Map<string, OperationReach>()
  #path = ''
  /** Why the endpoints that reach an operation are not all known, if so. */
  #unknown: string | undefined

  constructor(
    policy: Policy,
    data: ReturnType<typeof policyData>,
    description: ApiDescription,
    { serverPath, states, milliseconds = MILLISECONDS }: CoverageOptions,
  ) {
    const searchBudget = new SearchBudget({ milliseconds, ...(states !== undefined && { states }) })
    this.#policy = policy
    this.#description = description
    this.#notes = [...description.notes]
    this.#list = new EndpointList(data)
    this.#reach = new Reach(this.#list.patterns, data.rules, searchBudget)
    const choose = chooseBasePaths(description, data.options.basePath, serverPath, (note) => {
      this.#notes.push(note)
    })
    this.#located = description.operations.map((operation) => ({
      operation,
      basePaths: choose(operation.basePaths),
    }))
    this.#shapes = new Shapes(this.#located, data.rules, searchBudget)
    this.#reached = this.#list.own.map(() => 0)
    this.#undecided = this.#list.own.map(() => undefined)
  }

  coverage(): Coverage {
    const { scopes, operations: described } = this.#description
    /** Those that the document declares or names. */
    const mentioned = new Set([...scopes.keys(), ...askedScopes(described)])
    const isKnown = (scope: string): boolean => mentioned.has(scope)
    const operations = this.#located.map(({ operation, basePaths }) => {
      return this.#operation(operation, basePaths, isKnown)
    })
    return {
      operations,
      endpoints: this.#endpoints(),
      unknownScopes: mentioned.size === 0 ? [] : this.#list.scopes.filter((scope) => !isKnown(scope)),
      notes: this.#notes,
      unread: this.#notes.filter(isUnread),
    }
  }

  #operation(
    operation: Operation,
    basePaths: readonly string[],
    isKnown: (scope: string) => boolean,
  ): OperationCoverage {
    const { method, path, operationId, pointer, security } = operation
    if (path !== this.#path) this.#known.clear()
    this.#path = path
    const parts = basePaths.map((basePath) => this.#partOrUndecided(basePath, operation))
    const touching = [...new Set(parts.flatMap(({ patterns }) => [...patterns]))].sort((a, b) => a - b)
    const byRow = this.#list.byRow(touching, method)
    this.#count(parts, touching, method)
    const compare = (ids: readonly number[]): Intersection => {
      return joined(parts.map((part) => part.compare(ids.filter((id) => part.patterns.has(id)))))
    }
    const scopes = this.#list.candidates(byRow).flatMap((number) => {
      const scope = this.#list.scopes[number] ?? ''
      const added = this.#list.addedBy(number, byRow)
      if (added.length === 0 || !isOpen(compare(added))) return []
      return this.#scopeReach(scope, method, compare(this.#list.heldBy([number], byRow)))
    })
    const together = (names: readonly string[]): ReturnType<Parameters<typeof agreementOf>[4]> => {
      const known = names.flatMap((name) => this.#list.numberOf(name) ?? [])
      return this.#answer(names, method, compare(this.#list.heldBy(known, byRow)))
    }
    const all = this.#answer(this.#list.scopes, method, compare(this.#list.heldByAll(byRow)))
    const hasScope = (scope: string): boolean => this.#list.numberOf(scope) !== undefined
    return {
      method,
      path,
      ...(operationId !== undefined && { operationId }),
      pointer,
      ...all,
      scopes,
      ...agreementOf(security, scopes, isKnown, hasScope, together),
    }
  }

  #part(basePath: string, operation: Operation): OperationReach {
    const { key, shape } = this.#shapes.of(basePath, operation)
    const known = this.#known.get(key) ?? this.#reach.of(shape)
    this.#known.set(key, known)
    return known
  }

  /** An operation of which nothing is known when the budget ends. */
  #partOrUndecided(basePath: string, operation: Operation): OperationReach {
    try {
      return this.#part(basePath, operation)
    } catch (error) {
      if (!(error instanceof BudgetExceededError)) throw error
      this.#unknown ??= error.reason
      const nothing = { undecided: error.reason }
      return { patterns: new Set(), alone: () => nothing, compare: () => nothing }
    }
  }

  #count(parts: readonly OperationReach[], touching: readonly number[], method: string): void {
    for (const id of touching) {
      const alone = joined(parts.flatMap((part) => (part.patterns.has(id) ? [part.alone(id)] : [])))
      for (const index of this.#list.withPattern(id, method)) {
        if (alone.allowed !== undefined) this.#reached[index] = (this.#reached[index] ?? 0) + 1
        else this.#undecided[index] ??= alone.undecided
      }
    }
  }

  #scopeReach(scope: string, method: string, meeting: Intersection): readonly ScopeReach[] {
    const { reach, missing } = this.#answer([scope], method, meeting)
    if (reach === 'none') return []
    const allowed = meeting.allowed === undefined ? undefined : { method, path: meeting.allowed }
    return [
      {
        scope,
        reach,
        ...(allowed !== undefined && { allowed }),
        ...(reach === 'partly' && missing !== undefined && { missing }),
      },
    ]
  }

  /** As an answer whose evidence `authorize` has confirmed. */
  #answer(
    scopes: readonly string[],
    method: string,
    { allowed, missing, undecided }: Intersection,
  ): { readonly reach: ReachKind; readonly missing?: PathWitness } {
    const { authorize } = this.#policy
    const wrong = [
      allowed !== undefined && !authorize(scopes, method, allowed) ? allowed : undefined,
      missing !== undefined && authorize(scopes, method, missing) ? missing : undefined,
    ].find((path) => path !== undefined)
    if (wrong !== undefined) throw new Error(`coverage and authorize disagree about ${method} ${wrong}`)
    const reach = reachOf({ allowed, missing, undecided })
    return { reach, ...(missing !== undefined && { missing: { method, path: missing } }) }
  }

  #endpoints(): readonly EndpointCoverage[] {
    return this.#list.own.map(({ scope, endpoint: { pattern, methods, span } }, index) => {
      const operations = this.#reached[index] ?? 0
      const undecided = operations === 0 ? (this.#undecided[index] ?? this.#unknown) : undefined
      return {
        scope,
        endpoint: pattern,
        methods,
        operations,
        ...(span !== undefined && { span }),
        ...(undecided !== undefined && { undecided }),
      }
    })
  }
}

function reachOf({
  allowed,
  missing,
  undecided,
}: Readonly<Record<'allowed' | 'missing' | 'undecided', string | undefined>>): ReachKind {
  if (allowed !== undefined && missing !== undefined) return 'partly'
  if (undecided !== undefined) return 'undecided'
  return allowed === undefined ? 'none' : 'full'
}

/** Of the parts of an operation behind different base paths. */
function joined(parts: readonly Intersection[]): Intersection {
  const [first, second] = parts
  if (first !== undefined && second === undefined) return first
  const shortest = (paths: readonly (string | undefined)[]): string | undefined =>
    paths.reduce((best, path) => {
      return path !== undefined && (best === undefined || path.length < best.length) ? path : best
    }, undefined)
  const allowed = shortest(parts.map((part) => part.allowed))
  const missing = shortest(parts.map((part) => part.missing))
  const undecided = parts.find((part) => part.undecided !== undefined)?.undecided
  return {
    ...(allowed !== undefined && { allowed }),
    ...(missing !== undefined && { missing }),
    ...(undecided !== undefined && { undecided }),
  }
}
