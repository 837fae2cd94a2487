/**
 * The comparison itself: it finds every fault that is planted, makes it small, and repeats a run exactly. And
 * a short run, so that the long one cannot fall into disrepair.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { inputOf, runBatch } from './batch.ts'
import { caseOf } from './cases.ts'
import { checkCase } from './check-case.ts'
import type { CaseInput } from './check-case.ts'
import type { Problem } from './check-request.ts'
import { changing, MUTANTS, plant } from './mutants.ts'
import { shrink } from './shrink.ts'
import { loadSubject } from './subject.ts'
import type { Subject } from './subject.ts'

const SEED = 20
/** Policies until which every fault has to be found. */
const BOUND = 100
const NEVER = Infinity

let subject: Subject
beforeAll(async () => {
  subject = await loadSubject('src')
})

test('a short run agrees in everything, the same twice', async () => {
  const batch = { seed: SEED, first: 0, count: 12, until: NEVER }
  const first = await runBatch(subject, batch)
  expect(first.disagreements).toEqual([])
  expect(first.decisions).toBeGreaterThan(25_000)
  const halves = [
    await runBatch(subject, { ...batch, count: 3 }),
    await runBatch(subject, { ...batch, first: 3, count: 9 }),
  ]
  for (const name of ['policies', 'requests', 'decisions', 'allowed'] as const) {
    expect(halves.reduce((sum, half) => sum + half[name], 0)).toBe(first[name])
  }
})

/** The first case in which a fault shows. */
async function firstProblem(
  faulty: Subject,
): Promise<readonly [policies: number, input: CaseInput, problem: Problem] | undefined> {
  for (let number = 0; number < BOUND; number++) {
    const input = inputOf(caseOf(SEED, number))
    const [problem] = (await checkCase(faulty, input)).problems
    if (problem !== undefined) return [number + 1, input, problem]
  }
  return undefined
}

describe('a fault is found in an implementation that', () => {
  test.each(Object.keys(MUTANTS))('%s', async (name) => {
    expect(await firstProblem(plant(name, subject)), `not within ${BOUND} policies`).toBeDefined()
  })
})

test('a policy that is only passed on is no fault', async () => {
  const passing = changing(() => ({}))(subject)
  for (let number = 0; number < 5; number++) {
    const { problems } = await checkCase({ ...subject, ...passing }, inputOf(caseOf(SEED, number)))
    expect(problems).toEqual([])
  }
})

test('what is thrown is a problem', async () => {
  const faulty: Subject = {
    ...subject,
    compareScopes: () => {
      throw new Error('a fault')
    },
  }
  const { problems } = await checkCase(faulty, inputOf(caseOf(SEED, 0)))
  expect(problems).toMatchObject([
    { check: expect.stringMatching(/^throws: /) as string, detail: 'Error: a fault' },
  ])
})

test('what is found is made small, and shows the fault only where it is planted', async () => {
  const faulty = plant('forgets HEAD', subject)
  const [, input, problem] = (await firstProblem(faulty)) ?? []
  if (input === undefined || problem === undefined) throw new Error('not found')
  const small = await shrink(faulty, input, problem, 'a test')
  const scopes = Object.entries(small.input.document).filter(([name]) => name !== '$options')
  expect(scopes).toHaveLength(1)
  expect(JSON.stringify(small.input).length).toBeLessThan(320)
  expect(small.input.requests).toHaveLength(1)
  expect((await checkCase(faulty, small.input)).problems.map(({ check }) => check)).toContain(problem.check)
  expect((await checkCase(subject, small.input)).problems).toEqual([])
})
