/**
 * What does the middleware cost a server? `node bench/middleware/main.ts [rounds] [requests] [depth] [names…]`
 *
 * For each framework three servers, with the middleware, with one that does nothing, and without, take turns of the same load. Printed are the medians: the
 * requests per second, and the processor time of the server per request, which other programs disturb less.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { load } from './load.ts'
import { SERVERS, type Variant } from './servers.ts'

const [rounds = '15', requests = '6000', depth = '1', ...names] = process.argv.slice(2)
const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
/** Requests before anything is measured: until the hot functions are compiled. */
const WARM_UP = 20_000

interface Contestant {
  readonly child: ChildProcess
  readonly port: number
  readonly perSecond: number[]
  /** µs. */
  readonly perRequest: number[]
}

async function start(name: string, variant: Variant): Promise<Contestant> {
  const child = fork(CHILD, [name, variant], { execArgv: ['--no-warnings'] })
  const [port] = (await once(child, 'message')) as [number]
  await load(port, WARM_UP, Number(depth))
  return { child, port, perSecond: [], perRequest: [] }
}

async function used({ child }: Contestant): Promise<number> {
  child.send('used')
  const [microseconds] = (await once(child, 'message')) as [number]
  return microseconds
}

async function turn(contestant: Contestant, count: number): Promise<void> {
  const before = await used(contestant)
  const seconds = await load(contestant.port, count, Number(depth))
  contestant.perSecond.push(count / seconds)
  contestant.perRequest.push(((await used(contestant)) - before) / count)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) / 2
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2
}

/** The median of the ratio to the server without, over the rounds. */
function change(of: Contestant, to: Contestant, figure: 'perSecond' | 'perRequest'): string {
  const ratio = median(of[figure].map((value, at) => value / (to[figure][at] ?? value) - 1))
  return `${(ratio * 100).toFixed(1)} %`
}

console.log(
  '| | requests/s without | with | change | server µs/request without | empty | with | empty | with |',
)
console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|')
for (const name of names.length > 0 ? names : Object.keys(SERVERS)) {
  const [without, empty, guarded] = await Promise.all([
    start(name, 'without'),
    start(name, 'empty'),
    start(name, 'with'),
  ])
  const all = [without, empty, guarded]
  for (let round = 0; round < Number(rounds); round++) {
    // Each goes first in every third round.
    for (const at of [0, 1, 2]) {
      const contestant = all[(round + at) % 3]
      if (contestant !== undefined) await turn(contestant, Number(requests))
    }
  }
  const cells = [
    name,
    median(without.perSecond).toFixed(0),
    median(guarded.perSecond).toFixed(0),
    change(guarded, without, 'perSecond'),
    ...all.map(({ perRequest }) => median(perRequest).toFixed(1)),
    change(empty, without, 'perRequest'),
    change(guarded, without, 'perRequest'),
  ]
  console.log(`| ${cells.join(' | ')} |`)
  for (const { child } of all) child.disconnect()
}
