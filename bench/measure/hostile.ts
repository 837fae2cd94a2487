/**
 * What one call costs under attack, from short paths to long ones. The parent ends a child that does not
 * come back with the next length.
 */
import type { Contestant } from '../contestants/contestant.ts'
import { ATTACKS } from './attacks.ts'

export interface HostileResult {
  readonly contestant: string
  readonly attack: string
  readonly length: number
  readonly nanoseconds: number
  readonly right: boolean
}

const SCOPE = 'scope'
const METHOD = 'GET'

export async function* measureHostile(
  contestant: Contestant,
  task: { readonly attack: string; readonly lengths: readonly number[]; readonly turnMs: number },
  ready: () => Promise<void>,
): AsyncGenerator<HostileResult> {
  const attack = ATTACKS.find(({ name }) => name === task.attack)
  if (attack === undefined) throw new Error(`no attack is called ${task.attack}`)
  const { authorize, subjectOf } = await contestant.create({
    scopes: [[SCOPE, attack.patterns.map((pattern) => ({ pattern, methods: [METHOD] }))]],
    yaml: () => Buffer.from(yamlOf(attack.patterns)),
    pathLength: 100_000,
  })
  const subject = subjectOf([SCOPE]) as never
  for (const length of task.lengths) {
    const bytes = Buffer.from(`/${attack.path(length)}`)
    await ready()
    const { nanoseconds, answer } = timeCalls(
      () => authorize(subject, METHOD, bytes.toString('latin1')),
      task.turnMs,
    )
    const right = answer === attack.allowed
    yield { contestant: contestant.name, attack: attack.name, length, nanoseconds, right }
  }
}

/**
 * The first call is cold. Where it was slow all the same, it is the result; else stretches are doubled
 * until one is long enough to be timed, and that one runs once more, by now in optimised code.
 */
function timeCalls(
  ask: () => boolean,
  turnMs: number,
): { readonly nanoseconds: number; readonly answer: boolean } {
  let answer = false
  const timed = (calls: number): number => {
    const before = performance.now()
    for (let call = 0; call < calls; call++) answer = ask()
    return performance.now() - before
  }
  let calls = 1
  let spent = timed(calls)
  if (spent < turnMs * 5) {
    for (spent = timed(calls); spent < turnMs; spent = timed(calls)) calls *= 2
    spent = Math.min(spent, timed(calls))
  }
  return { nanoseconds: (spent * 1e6) / calls, answer }
}

function yamlOf(patterns: readonly string[]): string {
  const endpoints = patterns.map((pattern) => `    - ${JSON.stringify(pattern)}: ${METHOD}`)
  return [`${SCOPE}:`, '  label: Under attack', '  endpoints:', ...endpoints, ''].join('\n')
}
