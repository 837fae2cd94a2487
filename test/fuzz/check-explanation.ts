/** What is said beside yes and no: reasons, scopes that would do, methods, the nearest grant. */
import type { Decision, Policy } from '../../src/index.ts'
import type { ReferencePolicy } from '../reference/authorize.ts'
import { readPattern } from '../reference/pattern.ts'
import type { Form, Problem } from './check-request.ts'
import type { Judged } from './judged.ts'

/** Answers that one call of {@link checkExplanation} compares, for each form. */
export const EXPLAINED = 4

type Say = (check: string, detail: string) => void

/** `methods` are all that the document or its options name. */
export function checkExplanation(
  policy: Policy,
  forms: readonly Form[],
  reference: ReferencePolicy,
  methods: readonly string[],
  judged: Judged,
  problems: Problem[],
): Decision {
  const { request, isName, allows } = judged
  const { scopes, method, path } = request
  const say: Say = (check, detail) => problems.push({ check, detail, request })

  const scopesFor = reference.scopes.filter((name) => allows([name], method)).sort()
  const methodsFor = (isName ? [method] : methods).filter((name) => allows(scopes, name)).sort()
  const decision = policy.explain(scopes, method, path)
  const said = withoutPlaces(decision)
  for (const { name, policy: asked } of forms) {
    const answer = asked.scopesFor(method, path)
    if (!same([...answer].sort(), scopesFor))
      say(`${name}: scopesFor`, `${answer.join()} for ${scopesFor.join()}`)
    checkSets(asked.setsFor(method, path), judged, reference, (detail) => {
      say(`${name}: setsFor`, detail)
    })
    const allowed = asked.methodsFor(scopes, path)
    if (!isName && !same(allowed, methodsFor))
      say(`${name}: methodsFor`, `${allowed.join()} for ${methodsFor.join()}`)
    const explained = withoutPlaces(asked.explain(scopes, method, path))
    if (explained !== said) say(`${name}: explain`, `${explained} for ${said}`)
  }

  const wrong = wrongIn(decision, judged, reference, methodsFor)
  if (wrong !== undefined) say(`explain: ${wrong}`, said)
  if (!same([...decision.scopesThatWouldAllow].sort(), scopesFor)) say('explain: scopesThatWouldAllow', said)
  if (!same(decision.methodsAllowed, methodsFor)) say('explain: methodsAllowed', said)
  checkNearest(decision, judged, reference, say)
  checkMinimal(policy, judged, reference, say)
  return decision
}

/** The member of the decision that is not as it should be. */
function wrongIn(
  { allowed, reason, refusal, grantedBy, unknownScopes }: Decision,
  { request: { scopes, method }, isName, broken, tested, expected }: Judged,
  reference: ReferencePolicy,
  methods: readonly string[],
): string | undefined {
  if (allowed !== expected) return 'allowed'
  if (broken.size > 0) {
    if (reason !== 'path-refused') return 'reason'
    return refusal !== undefined && broken.has(refusal) ? undefined : 'refusal'
  }
  const unknown = [...new Set(scopes)].filter((name) => name !== '' && !reference.isKnown(name))
  if (!same(unknownScopes, unknown)) return 'unknownScopes'
  if (tested === undefined && !isName) {
    const dotted = reason === 'path-refused' && refusal === 'dot-segment'
    return dotted || reason === 'no-scope-covers-path' ? undefined : 'reason'
  }
  const covered = methods.length > 0 ? 'method-not-granted' : 'no-scope-covers-path'
  if (reason !== (expected ? 'granted' : covered)) return 'reason'
  if (!expected) return grantedBy.length === 0 ? undefined : 'grantedBy'
  const by = grantedBy.map(({ scope }) => scope)
  if (!by.every((scope) => reference.holds(scopes, scope)) || by.length === 0) return 'grantedBy'
  // Combinations and the baseline are not what a token carries.
  if (tested === undefined || !by.every((scope) => scopes.includes(scope))) return undefined
  const matching = grantedBy.every(({ endpoint }) => readPattern(endpoint, reference.options).matches(tested))
  return matching && (reference.allows(by, method, tested) || tested.endsWith('/')) ? undefined : 'grantedBy'
}

/** The hints that are promises: that the request with that one thing changed would be granted. */
function checkNearest(
  { allowed, nearest, path: shown }: Decision,
  { request: { scopes, method, path }, tested }: Judged,
  reference: ReferencePolicy,
  say: Say,
): void {
  if (nearest === undefined) return
  const { differs, scope, endpoint, hint } = nearest
  const { options } = reference
  const [target = ''] = path.split('?')
  const allows = (changed: string): boolean => reference.authorize(scopes, method, changed)
  const inside = (text: string): string => `${options.basePath.replace(/\/$/, '')}/${text}`
  const kept = (): boolean => {
    const prefix = /^without `([^`]*)` at its start/.exec(hint)?.[1]
    if (differs === 'base-path' && prefix !== undefined)
      return (
        tested !== undefined &&
        `/${shown}`.startsWith(`${prefix}/`) &&
        allows(inside(shown.slice(prefix.length)))
      )
    if (differs === 'base-path') return tested === undefined && allows(inside(target.replace(/^\//, '')))
    if (tested === undefined) return false
    if (differs === 'method') return readPattern(endpoint, options).matches(tested)
    if (differs === 'trailing-slash') return allows(target.endsWith('/') ? target.slice(0, -1) : `${target}/`)
    if (differs === 'extension') return allows(target.replace(/\.[A-Za-z0-9]+$/, ''))
    if (differs === 'case') return true
    const [, segment, word] = /^`([^`\u2026]*)` is where the pattern has `([^`\u2026]*)`$/.exec(hint) ?? []
    const segments = shown.split('/')
    // Shortened or escaped, for people.
    if (segment === undefined || word === undefined || !segments.includes(segment)) return true
    return segments.some(
      (one, at) =>
        one === segment &&
        allows(inside(segments.map((own, place) => (place === at ? word : own)).join('/'))),
    )
  }
  if (allowed || !reference.holds(scopes, scope) || !kept()) say('explain: nearest', JSON.stringify(nearest))
}

/** Each allows the request, without any of its scopes none does, and there is one where there can be. */
function checkSets(
  sets: readonly (readonly string[])[],
  { request: { method }, allows }: Judged,
  reference: ReferencePolicy,
  say: (detail: string) => void,
): void {
  if (sets.length > 0 !== allows(reference.scopes, method)) say(`${sets.length} sets`)
  for (const set of sets) {
    const isSmallest = set.every(
      (name) =>
        !allows(
          set.filter((other) => other !== name),
          method,
        ),
    )
    if (!allows(set, method) || !isSmallest) say(set.join(' '))
  }
}

function checkMinimal(
  policy: Policy,
  { request: { method, path }, allows: allowsWith }: Judged,
  reference: ReferencePolicy,
  say: Say,
): void {
  const found = policy.minimalScopes([{ method, path }])
  const allows = (scopes: readonly string[]): boolean => allowsWith(scopes, method)
  const possible = allows(reference.scopes)
  if ((found !== null) !== possible) say('minimalScopes', `${found?.join() ?? 'null'}, possible: ${possible}`)
  if (found !== null && !allows(found)) say('minimalScopes', found.join())
}

/** As text, without what only a loaded policy knows. */
function withoutPlaces({ grantedBy, ...rest }: Decision): string {
  // A compiled policy has one star where a name pattern has several next to each other.
  const by = grantedBy.map(({ scope, endpoint }) => [scope, endpoint.replace(/\*+/g, '*')])
  return JSON.stringify({ ...rest, nearest: undefined, grantedBy: by })
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, place) => one === b[place])
}
