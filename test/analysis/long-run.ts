/**
 * The checks of `brute-force.test.ts` on as many random policies as wanted.
 *
 *     node test/analysis/long-run.ts PAIRS [CHANGES [FIRST_SEED]]
 *
 * Prints every disagreement with its seed and how much was compared; exits 1 on any.
 */
import { checkChange } from './check-change.ts'
import { checkMinimal } from './check-minimal.ts'
import { checkPair } from './check-pair.ts'

const [pairs = 100_000, changes = Math.floor(pairs / 50), first = 1_000_000] = process.argv
  .slice(2)
  .map(Number)

function runMany(name: string, check: (seed: number) => string | undefined | null, count: number): number {
  const start = performance.now()
  let wrong = 0
  let compared = 0
  for (let seed = first; seed < first + count; seed++) {
    if (compared > 0 && compared % 10_000 === 0) console.log(`${name}: ${compared} so far`)
    const problem = check(seed)
    if (problem === null) continue
    compared += 1
    if (problem === undefined) continue
    wrong += 1
    console.log(problem)
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}: ${compared} compared with brute force, ${wrong} disagreements, ${seconds} s`)
  return wrong
}

const wrong =
  runMany('pairs of scopes', checkPair, pairs) +
  runMany('pairs of policies', checkChange, changes) +
  runMany('smallest sets', checkMinimal, changes)
process.exitCode = wrong > 0 ? 1 : 0
