/** A decision in plain words: the answer first, then why, then what would change it. */
import { quote } from '../diagnostic/words.ts'
import type { Decision, GrantedBy, Policy, Span } from '../index.ts'
import { withIncluded } from '../policy/includes.ts'
import type { Colors } from '../report/findings/report.ts'
import { sanitize, sanitizePath, term } from '../report/safe.ts'
import { LineIndex } from '../source/line-index.ts'
import { REFUSALS } from '../language/refusals.ts'
import { SCOPE_FIELDS, type ScopeFieldRow } from '../language/scope-fields.ts'
import { unknownScopeHints } from './unknown-scopes.ts'

export interface Request {
  readonly scopes: string
  readonly method: string
  readonly path: string
}

export interface Judged {
  readonly policy: Policy
  /** The name of the policy and its text, for places. */
  readonly path: string
  readonly text: string
}

export function decisionText(decision: Decision, request: Request, judged: Judged, colors: Colors): string {
  const answer = decision.allowed ? colors.green('allowed') : colors.red('denied')
  const head = `${colors.bold(answer)}: ${sanitize(request.method)} ${sanitize(request.path)}`
  const kind = kindOf(request.method)
  const lines = decision.allowed ? granted(decision, judged, kind) : denied(decision, request, judged, kind)
  if (decision.unknownScopes.length > 0) {
    lines.push(`not in the policy: ${names(decision.unknownScopes)}`)
    lines.push(...unknownScopeHints(decision.unknownScopes, judged.policy))
  }
  return [head, ...lines.map((line) => `  ${line}`), ''].join('\n')
}

/** The answer where no scopes were given: which ones the request needs. */
export function neededText(decision: Decision, request: Request, colors: Colors): string {
  const shown = `${sanitize(request.method)} ${sanitize(request.path)}`
  const sets = decision.setsThatWouldAllow
  if (sets.length === 0) return `${colors.bold(colors.red('denied'))}: ${shown}\n  ${NO_SCOPE}\n`
  const [first = []] = sets
  const needs =
    first.length === 0
      ? 'a valid token, whatever its scopes'
      : sets.length > 1
        ? `one of these, narrowest first: ${sets.map(setText).join('; ')}`
        : first.length === 1
          ? `scope ${names(first)}`
          : `all of the scopes ${names(first)}`
  return `${colors.bold('needs')}: ${shown}\n  ${needs}\n`
}

const NO_SCOPE = 'no scope of the policy would allow it'

/** Scopes that are needed at once. */
function setText(set: readonly string[]): string {
  return set.map(term).join(' with ')
}

/** What a method is about: a path, or a `tool`, `resource` or `prompt`. */
function kindOf(method: string): string {
  const rows: readonly (readonly [string, ScopeFieldRow])[] = Object.entries(SCOPE_FIELDS)
  const [field] = rows.find(([, row]) => row.method === method) ?? []
  return field === undefined ? 'path' : field.slice(0, -1)
}

function granted(decision: Decision, judged: Judged, kind: string): string[] {
  return decision.grantedBy.map(
    (by) => `${grantedTo(by.scope)}${via(by, judged)}, ${endpoint(by, judged, kind)}`,
  )
}

function grantedTo(scope: string): string {
  if (scope === '$baseline') return 'granted to every valid token by `$baseline`'
  return scope.includes(' ')
    ? `granted by scopes ${setText(scope.split(' '))}`
    : `granted by scope ${term(scope)}`
}

function denied(decision: Decision, request: Request, judged: Judged, kind: string): string[] {
  const lines = [...reason(decision, request, kind)]
  if (decision.methodsAllowed.length > 0) {
    lines.push(`these scopes allow on this path: ${decision.methodsAllowed.map(sanitize).join(', ')}`)
  }
  const { nearest } = decision
  if (nearest !== undefined) {
    const span = spanOf(nearest.scope, nearest.endpoint, judged.policy)
    const place = endpoint(span === undefined ? nearest : { ...nearest, span }, judged, kind)
    lines.push(`nearest: scope ${term(nearest.scope)}, ${place}: ${sanitize(nearest.hint)}`)
  }
  if (decision.reason === 'no-scope-covers-path' || decision.reason === 'method-not-granted') {
    const sets = decision.setsThatWouldAllow
    lines.push(
      sets.length === 0
        ? NO_SCOPE
        : sets.every(({ length }) => length === 1)
          ? `scopes that would allow it: ${names(sets.flat())}`
          : `scopes that would allow it, one of these: ${sets.map(setText).join('; ')}`,
    )
  }
  return lines
}

function reason(decision: Decision, request: Request, kind: string): string[] {
  switch (decision.reason) {
    case 'granted':
      return []
    case 'path-refused':
      return refused(decision, kind)
    case 'invalid-argument':
      return ['the scopes, the method or the path are not of the expected form']
    case 'no-scope-covers-path':
      return [
        request.scopes.trim() === ''
          ? 'no scopes were given, and nothing is allowed without one'
          : kind === 'path'
            ? `none of these scopes has an endpoint that covers the path ${quote(decision.path)}`
            : `none of these scopes lists the ${kind} ${quote(decision.path)}`,
      ]
    case 'method-not-granted':
      return [`the path ${quote(decision.path)} is covered, but not for the method ${quote(request.method)}`]
  }
}

function refused({ refusal }: Decision, kind: string): string[] {
  const always = `the ${kind} is refused whatever the policy says`
  if (refusal === undefined) return [always]
  const { because, instead } = REFUSALS[refusal]
  return [`${always}: ${because} [${refusal}]`, `instead: ${instead}`]
}

function endpoint(
  by: { readonly endpoint: string; readonly span?: Span },
  judged: Judged,
  kind: string,
): string {
  const shown = `${kind === 'path' ? 'endpoint' : kind} ${term(by.endpoint)}`
  if (by.span === undefined) return shown
  const { line, column } = new LineIndex(judged.text).position(by.span.start)
  return `${shown} (${sanitizePath(judged.path)}:${line}:${column})`
}

/** Says which included scope the endpoint is in, when it is not the scope's own. */
function via({ scope, span }: GrantedBy, { policy }: Judged): string {
  if (span === undefined || ownsSpan(scope, span, policy)) return ''
  const owner = withIncluded(scope, policy.scopes).find((name) => ownsSpan(name, span, policy))
  return owner === undefined ? '' : ` through the included scope ${term(owner)}`
}

function ownsSpan(scope: string, span: Span, policy: Policy): boolean {
  return policy.scopes.get(scope)?.endpoints.some((own) => own.span?.start === span.start) ?? false
}

/** Where a pattern is, in the scope or in one that it includes. */
function spanOf(scope: string, pattern: string, policy: Policy): Span | undefined {
  for (const name of withIncluded(scope, policy.scopes)) {
    const found = policy.scopes.get(name)?.endpoints.find((own) => own.pattern === pattern)
    if (found?.span !== undefined) return found.span
  }
  return undefined
}

function names(scopes: readonly string[]): string {
  return scopes.map(term).join(', ')
}
