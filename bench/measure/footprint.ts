/**
 * Memory that a policy holds, against the bytes of its YAML: data only, not the engine's code, and with the
 * package warmed up by another policy first. The YAML is read inside, so that text which the
 * policy keeps alive is counted too.
 */
import type { Grant, Policy } from '../../src/index.ts'
import { perCall } from '../contestants/contestant.ts'
import type { OurPackage } from '../contestants/ours.ts'
import type { Workload } from '../workload/workload.ts'
import { checkAnswers } from './check.ts'
import { heldBytes } from './memory.ts'
import { broadStream, listClaims } from './stream.ts'

export interface Footprint {
  readonly size: string
  readonly yamlBytes: number
  /** Bytes held by the loaded policy. */
  readonly loaded: number
  /** Bytes held in addition after all requests of the workload, three times over. */
  readonly grown: number
}

export async function measureFootprint(
  ours: OurPackage,
  workload: Workload,
  warmUp: Workload,
): Promise<Footprint> {
  // What each step needs besides lives in functions of its own, or their frames would keep it alive.
  for (let round = 0; round < 5; round++) {
    ask(ours.loadPolicy(warmUp.yaml), warmUp)
    await heldBytes('data')
  }
  // Not a `Buffer`: small ones are parts of a larger piece, which they keep alive.
  const bytes = new TextEncoder().encode(workload.yaml)

  const before = await heldBytes('data')
  const policy = ours.loadPolicy(Uint8Array.from(bytes))
  const loaded = await heldBytes('data')
  for (let round = 0; round < 3; round++) ask(policy, workload)
  const after = await heldBytes('data')
  // Asked once more, so that the policy is alive when memory is counted.
  policy.authorize([], 'GET', '/')
  return { size: workload.size, yamlBytes: bytes.length, loaded: loaded - before, grown: after - loaded }
}

function ask({ authorize, grant }: Policy, { traffic }: Workload): void {
  const stream = broadStream(traffic)
  const tokens = listClaims(traffic)
  checkAnswers(perCall(authorize), stream, tokens, Infinity)
  const byGrant = (resolved: Grant, method: string, path: string): boolean => resolved.authorize(method, path)
  checkAnswers({ authorize: byGrant, subjectOf: (scopes) => grant(scopes) }, stream, tokens, Infinity)
}
