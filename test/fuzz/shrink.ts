/**
 * Makes a disagreement small: greedily, the first smaller document or request that still shows the same kind
 * of problem, until none does. Own code instead of fast-check's, because what is found in a hundred requests
 * is to be shown in one, and because regressions of any origin can be shrunk with it.
 */
import type { PlainRequest } from '../arbitrary/request.ts'
import { checkCase } from './check-case.ts'
import type { CaseInput } from './check-case.ts'
import type { Problem } from './check-request.ts'
import { smallerDocuments, smallerRequests } from './smaller.ts'
import type { Subject } from './subject.ts'

/** A problem in its smallest form, as it is kept in a file. */
export interface Disagreement {
  readonly check: string
  readonly detail: string
  readonly found: string
  readonly input: CaseInput
}

/** Attempts for one disagreement. */
const MOST = 3000

export async function shrink(
  subject: Subject,
  input: CaseInput,
  problem: Problem,
  found: string,
): Promise<Disagreement> {
  let attempts = 0
  const shows = async (candidate: CaseInput): Promise<Problem | undefined> => {
    attempts += 1
    const { problems } = await checkCase(subject, candidate)
    return problems.find(({ check }) => check === problem.check)
  }
  let best = input
  let shown: Problem = problem
  const take = async (candidate: CaseInput): Promise<boolean> => {
    const still = attempts < MOST ? await shows(candidate) : undefined
    if (still === undefined) return false
    best = candidate
    shown = still
    return true
  }

  for (const one of problem.request === undefined ? input.requests : [problem.request]) {
    if (await take({ ...input, requests: [] })) break
    if (await take({ ...input, requests: [bare(one)] })) break
  }
  await take({ ...best, pair: null })
  await take({ ...best, source: 'object' })
  for (let smaller = true; smaller;) {
    smaller = false
    for (const candidate of candidates(best)) {
      if (!(await take(candidate))) continue
      smaller = true
      break
    }
  }
  return { check: problem.check, detail: shown.detail, found, input: best }
}

function bare({ scopes, method, path }: PlainRequest): PlainRequest {
  return { scopes, method, path }
}

function* candidates(input: CaseInput): Generator<CaseInput> {
  for (const document of smallerDocuments(input.document)) yield { ...input, document }
  const [request] = input.requests
  if (request === undefined || input.requests.length > 1) return
  for (const smaller of smallerRequests(request)) yield { ...input, requests: [smaller] }
}
