/** A run of neighbouring cases: checked, counted, and what is wrong with them shrunk. */
import { toDocument } from '../arbitrary/document.ts'
import { referencePolicy } from '../reference/authorize.ts'
import { caseOf } from './cases.ts'
import type { FuzzCase } from './cases.ts'
import { checkCase } from './check-case.ts'
import type { CaseInput, CaseResult } from './check-case.ts'
import { countFeature } from './counts.ts'
import type { Counts } from './counts.ts'
import { featuresOfDocument } from './document-features.ts'
import { featuresOfPattern } from './pattern-features.ts'
import { featuresOfRequest } from './request-features.ts'
import { shrink } from './shrink.ts'
import type { Disagreement } from './shrink.ts'
import type { Subject } from './subject.ts'

export interface Batch {
  readonly seed: number
  /** The number of the first case, and how many. */
  readonly first: number
  readonly count: number
  /** Milliseconds since the epoch after which no further case is begun. */
  readonly until: number
}

export interface BatchResult {
  readonly policies: number
  readonly requests: number
  readonly decisions: number
  readonly allowed: number
  readonly counts: Counts
  readonly disagreements: readonly Disagreement[]
}

/** Of one case and of one batch; the first ones tell enough. */
const MOST_OF_CASE = 3
const MOST = 10

export async function runBatch(subject: Subject, batch: Batch): Promise<BatchResult> {
  const counts: Counts = {}
  const disagreements: Disagreement[] = []
  const total = { policies: 0, requests: 0, decisions: 0, allowed: 0 }
  for (let number = batch.first; number < batch.first + batch.count; number++) {
    if (Date.now() >= batch.until) break
    const one = caseOf(batch.seed, number)
    const input = inputOf(one)
    const result = await checkCase(subject, input)
    total.policies += 1
    total.requests += result.judged.length
    total.decisions += result.decisions
    total.allowed += result.judged.filter(({ expected }) => expected).length
    countCase(counts, one, input, result)
    const kinds = [...new Map(result.problems.map((problem) => [problem.check, problem])).values()]
    for (const problem of kinds.slice(0, MOST_OF_CASE)) {
      if (disagreements.length === MOST) break
      disagreements.push(await shrink(subject, input, problem, `seed ${batch.seed}, policy ${number}`))
    }
  }
  return { ...total, counts, disagreements }
}

export function inputOf({ parts, source, requests, pair, states }: FuzzCase): CaseInput {
  return { document: toDocument(parts), source, requests, pair, states }
}

function countCase(counts: Counts, one: FuzzCase, input: CaseInput, result: CaseResult): void {
  for (const feature of result.met) countFeature(counts, feature, true)
  if (result.judged.length === 0) return
  const reference = referencePolicy(input.document)
  const documents = featuresOfDocument(one.parts)
  const patterns = new Map<string, string[]>()
  for (const [place, judged] of result.judged.entries()) {
    const near = one.requests[place]?.near ?? ''
    const known = patterns.get(near) ?? featuresOfPattern(near, reference.options.wildcard)
    patterns.set(near, known)
    const allowed = judged.expected
    for (const feature of documents) countFeature(counts, feature, allowed)
    for (const feature of known) countFeature(counts, feature, allowed)
    for (const feature of featuresOfRequest(judged, reference)) countFeature(counts, feature, allowed)
  }
}
