/**
 * Everything that is claimed about one document and its requests. The reference decides first; the loaded
 * policy, its tables written and read back, and the module generated from it must say the same.
 */
import { stringify } from 'yaml'
import type { PlainRequest } from '../arbitrary/request.ts'
import type { ParseResult, Policy, PolicySource } from '../../src/index.ts'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainDocument } from '../reference/document.ts'
import { optionsOf } from '../reference/document.ts'
import type { SourceForm } from './cases.ts'
import { checkAnalysis } from './check-analysis.ts'
import { checkExplanation, EXPLAINED } from './check-explanation.ts'
import { checkRequest, WAYS } from './check-request.ts'
import type { Form, Problem } from './check-request.ts'
import { checkHostile } from './hostile.ts'
import { judge } from './judged.ts'
import type { Judged } from './judged.ts'
import { importModule } from './subject.ts'
import type { Subject } from './subject.ts'

export interface CaseInput {
  readonly document: PlainDocument
  readonly source: SourceForm
  readonly requests: readonly PlainRequest[]
  /** Scopes to compare; by places, modulo their number. Null: all pairs of the first few. */
  readonly pair: readonly [number, number] | null
  readonly states: number
}

export interface CaseResult {
  readonly problems: readonly Problem[]
  /** Answers that were compared with the reference's. */
  readonly decisions: number
  /** Each request as the reference reads it; empty when the document is refused. */
  readonly judged: readonly Judged[]
  /** Further features that were met. */
  readonly met: readonly string[]
}

/** One request in so many is explained, too. */
const EXPLAIN = 12
const PAIRED = 3

/** What an implementation throws is a problem as well. */
export async function checkCase(subject: Subject, input: CaseInput): Promise<CaseResult> {
  const problems: Problem[] = []
  const met = [`source: ${input.source}`]
  try {
    return await checkAll(subject, input, problems, met)
  } catch (error) {
    // The message names the request, so the kind is only where it was thrown.
    const [message = '', place = ''] = error instanceof Error ? (error.stack ?? '').split(/\n\s+at /) : []
    problems.push({ check: `throws: ${/^[\w.]*/.exec(place)?.[0] ?? ''}`, detail: message || String(error) })
    return { problems, decisions: 0, judged: [], met }
  }
}

async function checkAll(
  subject: Subject,
  input: CaseInput,
  problems: Problem[],
  met: string[],
): Promise<CaseResult> {
  const { document, source, requests } = input
  const { policy, diagnostics } = load(subject, document, source)
  if (policy === null) {
    const codes = new Set(diagnostics.filter((one) => one.severity === 'error').map((one) => one.code))
    // What picomatch hands on to regular expressions is refused, and only there.
    const isPattern = [...codes].every((code) => code === 'invalid-pattern' || code === 'unescaped-syntax')
    const odd = optionsOf(document).wildcard === 'segment' && isPattern
    if (!odd) problems.push({ check: 'parsePolicy: refused', detail: [...codes].join() })
    return { problems, decisions: 0, judged: [], met: [...met, 'document: refused for a pattern'] }
  }

  const reference = referencePolicy(document)
  const methods = methodsOf(document)
  const forms = await formsOf(subject, policy, problems, met)
  checkFingerprint(subject, policy, problems)
  const judged = requests.map((request) => judge(reference, request))
  for (const one of judged) checkRequest(forms, one, problems)
  let decisions = requests.length * WAYS * forms.length
  for (const [place, one] of judged.entries()) {
    if (place % EXPLAIN !== 0) continue
    const decision = checkExplanation(policy, forms, reference, methods, one, problems)
    decisions += EXPLAINED * forms.length
    met.push(`reason: ${decision.reason}`)
    if (decision.nearest !== undefined) met.push(`nearest: ${decision.nearest.differs}`)
  }
  met.push(`reason: ${checkHostile(policy, forms, requests.length, reference.scopes, problems)}`)
  for (const pair of pairsOf(reference.scopes, input.pair)) {
    const relation = checkAnalysis(subject, policy, reference, pair, input.states, judged, problems)
    met.push(`relation: ${relation}`)
  }
  return { problems, decisions, judged, met }
}

function load(subject: Subject, document: PlainDocument, source: SourceForm): ParseResult {
  const json = (): string => JSON.stringify(document, null, 2)
  const sources: Readonly<Record<SourceForm, () => PolicySource>> = {
    object: () => document,
    json,
    yaml: () => stringify(document, { aliasDuplicateObjects: false }),
    bytes: () => new TextEncoder().encode(json()),
  }
  return subject.parsePolicy(sources[source]())
}

async function formsOf(
  subject: Subject,
  policy: Policy,
  problems: Problem[],
  met: string[],
): Promise<readonly Form[]> {
  const tables = subject.fromCompiled(JSON.stringify(subject.toCompiled(policy)))
  const source = subject.toModule(policy)
  const module = await importModule(source)
  met.push(`module: ${runtimeOf(source)}`)
  for (const { fingerprint, scopes } of [tables, module]) {
    if (fingerprint !== policy.fingerprint || scopes.join('\n') !== [...policy.scopes.keys()].join('\n'))
      problems.push({ check: 'compiled: fingerprint or scopes', detail: fingerprint })
  }
  return [
    { name: 'policy', policy },
    { name: 'tables', policy: tables },
    { name: 'module', policy: module },
  ]
}

/** A policy written as a document again is the same policy. */
function checkFingerprint(subject: Subject, policy: Policy, problems: Problem[]): void {
  const again = subject.parsePolicy(policy.toJSON() as PolicySource).policy
  if (again?.fingerprint !== policy.fingerprint)
    problems.push({ check: 'toJSON', detail: again === null ? 'does not load' : 'another fingerprint' })
}

/** Which of the runtimes a module has, by what only they contain. */
function runtimeOf(source: string): string {
  if (source.includes('prompts/get')) return 'more'
  if (!source.includes('slashRoots')) return source.includes('withoutSlash') ? 'slashes' : 'small'
  return source.includes('accepting') ? 'automata' : 'trees'
}

function methodsOf(document: PlainDocument): string[] {
  // Also those of the baseline and of keys of several names.
  const written = Object.values(document).flatMap((one) =>
    ('endpoints' in one ? one.endpoints : []).flatMap((one) =>
      typeof one === 'string' ? [] : Object.values(one).flat(),
    ),
  )
  const all = [...optionsOf(document).methods, ...written].map((method) => method.toUpperCase())
  return [...new Set([...all, 'HEAD'])]
}

function pairsOf(
  names: readonly string[],
  pair: readonly [number, number] | null,
): readonly (readonly [string, string])[] {
  const name = (place: number): string => names[place % names.length] as string
  if (pair !== null) return names.length === 0 ? [] : [[name(pair[0]), name(pair[1])]]
  const first = names.slice(0, PAIRED)
  return first.flatMap((a) => first.map((b) => [a, b] as const))
}
