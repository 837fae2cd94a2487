/** A decision in plain words: the answer first, then why, then what would change it. */
import { closest, quote } from '../diagnostic/words.ts'
import type { Decision, GrantedBy, Policy, Span } from '../index.ts'
import type { Colors } from '../report/findings/report.ts'
import { neutralizeCiCommands, sanitize, sanitizePath } from '../report/safe.ts'
import { LineIndex } from '../source/line-index.ts'
import { REFUSALS } from '../language/refusals.ts'

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
  const lines = decision.allowed ? granted(decision, judged) : denied(decision, request, judged)
  if (decision.unknownScopes.length > 0) {
    lines.push(`not in the policy: ${names(decision.unknownScopes)}`)
    lines.push(...unknownHints(decision.unknownScopes, judged.policy))
  }
  return [head, ...lines.map((line) => `  ${line}`), ''].join('\n')
}

/** The answer where no scopes were given: which ones the request needs. */
export function neededText(decision: Decision, request: Request, colors: Colors): string {
  const shown = `${sanitize(request.method)} ${sanitize(request.path)}`
  const would = decision.scopesThatWouldAllow
  return would.length === 0
    ? `${colors.bold(colors.red('denied'))}: ${shown}\n  no scope of the policy would allow it\n`
    : `${colors.bold('needs')}: ${shown}\n  ${would.length === 1 ? 'scope' : 'one of the scopes, narrowest first:'} ${names(would)}\n`
}

/** What an unknown name was probably meant to be. */
function unknownHints(unknown: readonly string[], policy: Policy): string[] {
  const known = [...policy.scopes.keys()]
  return unknown.flatMap((name) => {
    const parts = name.split(/[,;+]/)
    if (parts.length > 1 && parts.every((part) => policy.scopes.has(part.trim()))) {
      return [`separate scopes by spaces: ${quote(parts.map((part) => part.trim()).join(' '))}`]
    }
    const near = closest(name, known)
    return near === undefined ? [] : [`did you mean ${term(near)}?`]
  })
}

function granted(decision: Decision, judged: Judged): string[] {
  return decision.grantedBy.map(
    (by) => `granted by scope ${term(by.scope)}${via(by, judged)}, ${endpoint(by, judged)}`,
  )
}

function denied(decision: Decision, request: Request, judged: Judged): string[] {
  const lines = [...reason(decision, request)]
  if (decision.methodsAllowed.length > 0) {
    lines.push(`these scopes allow on this path: ${decision.methodsAllowed.map(sanitize).join(', ')}`)
  }
  const { nearest } = decision
  if (nearest !== undefined) {
    const span = spanOf(nearest.scope, nearest.endpoint, judged.policy)
    const place = endpoint(span === undefined ? nearest : { ...nearest, span }, judged)
    lines.push(`nearest: scope ${term(nearest.scope)}, ${place}: ${sanitize(nearest.hint)}`)
  }
  if (decision.reason === 'no-scope-covers-path' || decision.reason === 'method-not-granted') {
    const would = decision.scopesThatWouldAllow
    lines.push(
      would.length > 0
        ? `scopes that would allow it: ${names(would)}`
        : 'no scope of the policy would allow it',
    )
  }
  return lines
}

function reason(decision: Decision, request: Request): string[] {
  switch (decision.reason) {
    case 'granted':
      return []
    case 'path-refused':
      return refused(decision)
    case 'invalid-argument':
      return ['the scopes, the method or the path are not of the expected form']
    case 'no-scope-covers-path':
      return [
        request.scopes.trim() === ''
          ? 'no scopes were given, and nothing is allowed without one'
          : `none of these scopes has an endpoint that covers the path ${quote(decision.path)}`,
      ]
    case 'method-not-granted':
      return [`the path ${quote(decision.path)} is covered, but not for the method ${quote(request.method)}`]
  }
}

function refused({ refusal }: Decision): string[] {
  if (refusal === undefined) return ['the path is refused whatever the policy says']
  const { because, instead } = REFUSALS[refusal]
  return [`the path is refused whatever the policy says: ${because} [${refusal}]`, `instead: ${instead}`]
}

function endpoint(by: { readonly endpoint: string; readonly span?: Span }, judged: Judged): string {
  const shown = `endpoint ${term(by.endpoint)}`
  if (by.span === undefined) return shown
  const { line, column } = new LineIndex(judged.text).position(by.span.start)
  return `${shown} (${sanitizePath(judged.path)}:${line}:${column})`
}

/** Says which included scope the endpoint is in, when it is not the scope's own. */
function via({ scope, span }: GrantedBy, { policy }: Judged): string {
  if (span === undefined || ownsSpan(scope, span, policy)) return ''
  const owner = reachable(scope, policy).find((name) => ownsSpan(name, span, policy))
  return owner === undefined ? '' : ` through the included scope ${term(owner)}`
}

function ownsSpan(scope: string, span: Span, policy: Policy): boolean {
  return policy.scopes.get(scope)?.endpoints.some((own) => own.span?.start === span.start) ?? false
}

/** Where a pattern stands, in the scope or in one that it includes. */
function spanOf(scope: string, pattern: string, policy: Policy): Span | undefined {
  for (const name of reachable(scope, policy)) {
    const found = policy.scopes.get(name)?.endpoints.find((own) => own.pattern === pattern)
    if (found?.span !== undefined) return found.span
  }
  return undefined
}

/** The scope and those that it includes, each once. */
function reachable(scope: string, policy: Policy): string[] {
  const seen = new Set([scope])
  for (const name of seen) for (const next of policy.scopes.get(name)?.includes ?? []) seen.add(next)
  return [...seen]
}

function names(scopes: readonly string[]): string {
  return scopes.map(term).join(', ')
}

function term(text: string): string {
  return neutralizeCiCommands(quote(text))
}
