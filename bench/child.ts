/** A child of the benchmark: does the one task it is started with, sends the result, and ends. */
import { existsSync } from 'node:fs'
import { PEERS } from './contestants/index.ts'
import { type OurPackage, ourContestants } from './contestants/ours.ts'
import type { Contestant, PolicyInput } from './contestants/contestant.ts'
import { measureCompiled } from './measure/compiled.ts'
import { measureFootprint } from './measure/footprint.ts'
import { measureHostile } from './measure/hostile.ts'
import { measureLoad } from './measure/load.ts'
import { measurePairing } from './measure/pairing.ts'
import { READY, type Results, type Task } from './task.ts'
import { readWorkload, type Workload } from './workload/workload.ts'

function policyOf({ scopes, yaml }: Workload): PolicyInput {
  const bytes = Buffer.from(yaml)
  return { scopes, yaml: () => Uint8Array.from(bytes) }
}

async function* perform(built: OurPackage, task: Task): AsyncGenerator<Results[Task['kind']]> {
  const own = ourContestants(built)
  const everybody = [...own, ...PEERS]
  if (task.kind === 'hostile') {
    yield* measureHostile(find(everybody, task.contestant), task, () => send(READY))
    return
  }
  await send(READY)
  const workload = readWorkload(task.workload)
  if (task.kind === 'load') yield measureLoad(built, workload, task.settings)
  else if (task.kind === 'compiled') yield await measureCompiled(built, workload)
  else if (task.kind === 'footprint') {
    yield await measureFootprint(built, workload, readWorkload(task.warmUp))
  } else {
    const contestant = find(everybody, task.contestant)
    yield await measurePairing(contestant, own[0], policyOf(workload), workload, task.settings)
  }
}

function find(contestants: readonly Contestant[], name: string): Contestant {
  const found = contestants.find((contestant) => contestant.name === name)
  if (found === undefined) throw new Error(`no contestant is called ${name}`)
  return found
}

/** The main entry and, where the build has it beside that, the entry for compiled policies. */
async function packageAt(url: string): Promise<OurPackage> {
  const { loadPolicy } = (await import(url)) as OurPackage
  const beside = new URL('compiled.js', url)
  if (!existsSync(beside)) return { loadPolicy }
  return { loadPolicy, compiled: (await import(beside.href)) as NonNullable<OurPackage['compiled']> }
}

/** Waits until the message is on its way: the next thing the child does may be not to answer any more. */
function send(message: unknown): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => {
      resolve()
    })
  })
}

// The built file, because what is measured should be what ships.
const [built = '', task = ''] = process.argv.slice(2)
const results = perform(await packageAt(built), JSON.parse(task) as Task)
for await (const result of results) await send(result)
process.disconnect()
