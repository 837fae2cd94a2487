/**
 * What does the middleware cost a server? `node bench/middleware/main.ts [rounds] [requests] [depth] [names…]`
 *
 * For each framework three servers in one process, without the middleware, with one that does nothing in its
 * place, and with it, take short turns of the same load. Printed are medians over the rounds: the processor time
 * of the server per request, and its ratio between neighbors of a round, with the standard error of that median.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { load } from './load.ts'
import { SERVERS, VARIANTS } from './servers.ts'

const [rounds = '200', requests = '1500', depth = '1', ...names] = process.argv.slice(2)
const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
/** Requests before anything is measured: until the hot functions are compiled. */
const WARM_UP = 20_000

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

function quantile(values: readonly number[], at: number): number {
  return sorted(values)[Math.round((values.length - 1) * at)] ?? 0
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The median of the ratios of a round, in percent above 100; its error from the quartiles, as for a normal distribution. */
function change(of: readonly number[], to: readonly number[]): string {
  const ratios = of.map((value, at) => value / (to[at] ?? value) - 1)
  const error =
    (1.2533 * (quantile(ratios, 0.75) - quantile(ratios, 0.25))) / 1.349 / Math.sqrt(ratios.length)
  return `${(median(ratios) * 100).toFixed(1)} ± ${(error * 100).toFixed(1)} %`
}

console.log(`Node ${process.versions.node}, load average ${loadavg()[0]?.toFixed(0) ?? ''}`)
console.log('|  | µs/request without | empty | with | empty to without | with to empty | with to without |')
console.log('|---|---:|---:|---:|---:|---:|---:|')
for (const name of names.length > 0 ? names : Object.keys(SERVERS)) {
  const child = fork(CHILD, [name], { execArgv: ['--no-warnings'] })
  const [ports] = (await once(child, 'message')) as [number[]]
  const used = async (): Promise<number> => {
    child.send('used')
    const [microseconds] = (await once(child, 'message')) as [number]
    return microseconds
  }
  for (const port of ports) await load(port, WARM_UP, Number(depth))
  /** µs, for each variant and round. */
  const costs: number[][] = VARIANTS.map(() => [])
  for (let round = 0; round < Number(rounds); round++) {
    // Each goes first in every third round.
    for (let turn = 0; turn < VARIANTS.length; turn++) {
      const at = (round + turn) % VARIANTS.length
      const before = await used()
      await load(ports[at] ?? 0, Number(requests), Number(depth))
      costs[at]?.push(((await used()) - before) / Number(requests))
    }
  }
  const [without = [], empty = [], guarded = []] = costs
  const cells = [
    name,
    ...costs.map((values) => median(values).toFixed(2)),
    change(empty, without),
    change(guarded, empty),
    change(guarded, without),
  ]
  console.log(`| ${cells.join(' | ')} |`)
  child.disconnect()
}
