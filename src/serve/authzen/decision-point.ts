/**
 * The policy decision point: subject, action and resource of AuthZEN 1.0 in the terms of a scope policy.
 *
 * - The subject is a list of scopes: `properties.scope` or `.scopes`, else its entry in the configuration; a
 *   subject of the type `scope` is that scope. One that is nowhere is denied everything.
 * - The action is a method, or a configured name for several methods.
 * - The resource is a path (`route`), an MCP name (`tool`, `prompt`, `resource`), or of a type that the
 *   configuration maps to a path.
 *
 * Other properties are not judged: a scope policy has nothing about them.
 */
import { denialOf } from '../../decision/denial-of.ts'
import { scopesFromClaims } from '../../claims/scopes-from-claims.ts'
import type { ServedPolicy } from '../load-policy.ts'
import { type AuthzenConfig, ID, MCP_METHODS, ROUTE, SCOPE, type Subjects } from './config.ts'
import { type Action, type Entity, type Evaluation, type JsonObject, member } from './messages.ts'
import { grantsTemplate, isTemplate } from './template.ts'

export interface Decision {
  readonly decision: boolean
  /** Of a denial: why, and scopes that would allow it, narrowest first. */
  readonly context?: {
    readonly reason: string
    readonly scopes?: readonly string[]
    readonly [name: string]: unknown
  }
}

/** What a resource is to the policy: a path, or the name of an MCP method. */
type Target =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'name'; readonly method: string; readonly name: string }

const GRANTED: Decision = { decision: true }
/** Names of scopes in one denial. */
const MAX_SCOPES = 10

/** Milliseconds that all proofs of one HTTP request may take together. */
const PROOF_BUDGET = 200

/** Counts down {@link PROOF_BUDGET}. */
export class ProofBudget {
  #left = PROOF_BUDGET

  spend<T>(work: (milliseconds: number) => T): T {
    const begun = performance.now()
    try {
      return work(Math.max(0, this.#left))
    } finally {
      this.#left -= performance.now() - begun
    }
  }
}

export class DecisionPoint {
  readonly #policyFor: (claims: JsonObject) => ServedPolicy | undefined
  readonly #config: AuthzenConfig
  readonly #subjects: () => Subjects

  /** `subjects` is asked for each time, so that their file can change. */
  constructor(
    policyFor: (claims: JsonObject) => ServedPolicy | undefined,
    config: AuthzenConfig,
    subjects: () => Subjects,
  ) {
    this.#policyFor = policyFor
    this.#config = config
    this.#subjects = subjects
  }

  evaluate({ subject, action, resource }: Evaluation, budget: ProofBudget = new ProofBudget()): Decision {
    const scopes = this.scopesOf(subject)
    if (scopes === undefined) return denied('unknown-subject')
    const policy = this.#policyFor(claimsOf(subject))
    if (policy === undefined) return denied('no-policy')
    const target = this.#targetOf(resource)
    if (target === undefined) return denied('unknown-resource-type')
    let decision = denied('unknown-action')
    for (const method of this.#methodsOf(action)) {
      decision = decideOne(policy, scopes, method, target, budget)
      if (!decision.decision) return decision
    }
    return decision
  }

  /** Undefined for a subject that is nowhere. */
  scopesOf({ type, id, properties }: Entity): readonly string[] | undefined {
    if (type === SCOPE) return [id]
    for (const claim of ['scope', 'scopes']) {
      // Malformed scopes are none; the configuration is not asked instead.
      if (member(properties, claim) !== undefined) return scopesFromClaims(properties, { claims: [claim] })
    }
    return this.#subjects().get(type)?.get(id)
  }

  /** What a search for subjects of this type may find. */
  subjectIds(type: string): Iterable<string> {
    if (type === SCOPE) return this.#policyFor({})?.scopes ?? []
    return this.#subjects().get(type)?.keys() ?? []
  }

  resourceIds(type: string): readonly string[] {
    return this.#config.resources.get(type)?.ids ?? []
  }

  /** Names of the configuration first, then methods of the policy. */
  actionNames(type: string): readonly string[] {
    const mcp = MCP_METHODS.get(type)
    if (mcp !== undefined)
      return [
        ...[...this.#config.actions.keys()].filter((name) => this.#config.actions.get(name)?.includes(mcp)),
        mcp,
      ]
    const isMapped = this.#config.resources.has(type)
    if (!isMapped && type !== ROUTE) return []
    const names = [...this.#config.actions.keys()]
    return isMapped && names.length > 0 ? names : [...new Set([...names, ...this.#methods()])]
  }

  #methods(): readonly string[] {
    return [...(this.#policyFor({})?.methods ?? [])].sort()
  }

  #methodsOf({ name }: Action): readonly string[] {
    return this.#config.actions.get(name) ?? [name]
  }

  #targetOf({ type, id, properties }: Entity): Target | undefined {
    if (type === ROUTE) return { kind: 'path', path: id }
    const method = MCP_METHODS.get(type)
    if (method !== undefined) {
      const uri = type === 'resource' ? member(properties, 'uri') : undefined
      return { kind: 'name', method, name: typeof uri === 'string' ? uri : id }
    }
    const mapped = this.#config.resources.get(type)
    if (mapped === undefined) return undefined
    // One segment, whatever the id holds: the path rules refuse what is not one, also in place of no id.
    const segment = id === '' || /\p{Cs}/u.test(id) ? '..' : encodeURIComponent(id)
    return { kind: 'path', path: mapped.path.replaceAll(ID, () => segment) }
  }
}

function decideOne(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  target: Target,
  budget: ProofBudget,
): Decision {
  const isName = method.includes('/')
  if (target.kind === 'name') {
    if (method !== target.method) return denied('action-not-for-resource')
    return decideRequest(policy, scopes, method, target.name)
  }
  if (isName) return denied('action-not-for-resource')
  const [beforeQuery = ''] = target.path.split('?', 1)
  // The asterisk-form (RFC 9112 §3.2.4) is not a path, and a path may be written without its leading slash.
  if (beforeQuery === '*') return denied('path-refused')
  const path = beforeQuery.startsWith('/') ? beforeQuery : `/${beforeQuery}`
  return isTemplate(path)
    ? decideTemplate(policy, scopes, method, path, budget)
    : decideRequest(policy, scopes, method, path)
}

function decideRequest(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  target: string,
): Decision {
  // Strictly `true`: anything else is not a permission.
  if ((policy.authorize(scopes, method, target) as unknown) === true) return GRANTED
  const { reason, refusal, scopesThatWouldAllow } = denialOf(policy, scopes, method, target)
  return denied(reason, { ...(refusal !== undefined && { refusal }), scopes: scopesThatWouldAllow })
}

function decideTemplate(
  policy: ServedPolicy,
  scopes: readonly string[],
  method: string,
  path: string,
  budget: ProofBudget,
): Decision {
  const answer = budget.spend((milliseconds) => grantsTemplate(policy, scopes, method, path, milliseconds))
  if (answer.kind === 'all') return GRANTED
  if (answer.kind === 'undecided') return denied('undecided')
  if (answer.example === undefined) return denied('path-refused')
  const { reason, scopesThatWouldAllow } = denialOf(policy, scopes, method, answer.example)
  return denied(reason, { example: answer.example, scopes: scopesThatWouldAllow })
}

function denied(
  reason: string,
  { scopes, ...more }: { readonly scopes?: readonly string[]; readonly [name: string]: unknown } = {},
): Decision {
  const context = { reason, ...more, ...(scopes !== undefined && { scopes: scopes.slice(0, MAX_SCOPES) }) }
  return { decision: false, context }
}

/** By which of several policies the subject is judged: as a token with these claims. */
function claimsOf({ properties }: Entity): JsonObject {
  const claims = Object.create(null) as Record<string, unknown>
  for (const name of ['client_id', 'azp', 'aud']) {
    const value = member(properties, name)
    if (value !== undefined) claims[name] = value
  }
  return claims
}
