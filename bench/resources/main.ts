/**
 * Time and memory of decisions on the worst policies and the largest number of different requests:
 * `node --expose-gc bench/resources/main.ts`. Prints the tables of the README; fails where time grows faster
 * than the path or memory does not stay.
 */
import { loadPolicy } from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { loadAverage, machineOf } from '../machine.ts'
import { type Workload, WORKLOADS } from './workloads.ts'

const SHORT = [512, 1024, 2048, 4096, 8192]
const LONG = [65_536, 262_144, 1_048_576]
/** Growth of time with the path: 1 is linear. What lies above is a failure. */
const MOST_GROWTH = 1.25
/** Bytes of heap that may be left of a million requests. */
const MOST_LEFT = 2 * 2 ** 20
const MILLION = 1_000_000

function collect(): void {
  if (globalThis.gc === undefined) throw new Error('start with --expose-gc')
  for (let time = 0; time < 3; time++) globalThis.gc()
}

/** The least of several turns, in nanoseconds for one decision: what disturbs only adds. */
function cost(policy: Policy, path: string): number {
  let least = Number.POSITIVE_INFINITY
  let calls = 1
  for (let turn = 0; turn < 12; turn++) {
    const begun = performance.now()
    for (let call = 0; call < calls; call++) policy.authorize(['s'], 'GET', path)
    const spent = performance.now() - begun
    least = Math.min(least, (spent * 1e6) / calls)
    if (spent < 5) {
      calls *= 4
      turn -= 1
    }
  }
  return least
}

/** The slope of the logarithms, by least squares. */
function growth(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, spent]) => [Math.log(size), Math.log(spent)] as const)
  const mean = (part: 0 | 1): number => logs.reduce((sum, point) => sum + point[part], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const above = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return above / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}

function time(nanoseconds: number): string {
  if (nanoseconds < 1e4) return `${Math.round(nanoseconds)} ns`
  return nanoseconds < 1e7 ? `${(nanoseconds / 1e3).toFixed(0)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`
}

const failures: string[] = []

function measureTime({ name, endpoints, options, pathOf }: Workload): string {
  const document = { s: { label: 's', endpoints } }
  collect()
  const before = process.memoryUsage()
  const begun = performance.now()
  const policy = loadPolicy(document, { ...options, limits: { pathLength: 2 ** 21 } })
  const loading = performance.now() - begun
  collect()
  const after = process.memoryUsage()
  const kept = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  const points = [...SHORT, ...LONG].map((size) => [size, cost(policy, pathOf(size))] as const)
  const of = (sizes: readonly number[]): number => growth(points.filter(([size]) => sizes.includes(size)))
  const [short, long] = [of(SHORT), of([SHORT.at(-1) ?? 0, ...LONG])]
  for (const found of [short, long])
    if (found > MOST_GROWTH) failures.push(`${name}: grows with ${found.toFixed(2)}`)
  const at = (size: number): string => time(points.find(([of]) => of === size)?.[1] ?? 0)
  const limited = loadPolicy(document, options ?? {})
  return `| ${name} | ${loading.toFixed(1)} ms | ${Math.max(0, Math.round(kept / 1024))} kB | ${[
    at(512),
    at(8192),
    at(1_048_576),
  ].join(' | ')} | ${short.toFixed(2)} | ${long.toFixed(2)} | ${time(cost(limited, pathOf(1_048_576)))} |`
}

/** A million requests that are all different: what is left of them on the heap. */
function measureMemory(name: string, ask: (policy: Policy, index: number) => unknown): string {
  const policy = loadPolicy({
    s: { label: 's', endpoints: ['*a*b', 'workers/*', 'x%20*'] },
    t: { label: 't', endpoints: ['records/*/search'] },
  })
  const heap: number[] = []
  let allowed = 0
  const begun = performance.now()
  for (let index = 0; index <= MILLION; index++) {
    // Not at the start: code is compiled in the first thousands.
    if (index % (MILLION / 5) === 0 && index > 0) {
      collect()
      heap.push(process.memoryUsage().heapUsed)
    }
    if (ask(policy, index) === true) allowed += 1
  }
  const spent = performance.now() - begun
  const left = (heap.at(-1) ?? 0) - (heap[0] ?? 0)
  if (left > MOST_LEFT) failures.push(`${name}: ${left} bytes are left`)
  if (allowed === 0) failures.push(`${name}: nothing was allowed, so the requests are wrong`)
  const megabytes = heap.map((bytes) => (bytes / 2 ** 20).toFixed(2)).join(' · ')
  return `| ${name} | ${megabytes} MiB | ${(left / 1024).toFixed(0)} kB | ${(spent / 1000).toFixed(1)} s |`
}

const machine = machineOf(loadAverage())
const out: string[] = [
  `Node ${machine.node} (V8 ${machine.v8}) on ${machine.platform}; ${machine.processor}, ${machine.cores} cores; load average ${machine.loadBefore.toFixed(1)}.`,
  '',
  '| policy | loading | memory | 512 | 8,192 | 1,048,576 | growth to 8 k | growth to 1 M | 1 M, limit as it is |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...WORKLOADS.map(measureTime),
  '',
  '| a million different | heap after 200,000 · 400,000 · … | left of 800,000 | with collections |',
  '|---|---|---:|---:|',
  measureMemory('paths', (policy, at) => policy.authorize(['s', 't'], 'GET', `/workers/${at}`)),
  measureMemory('paths with escapes', (policy, at) => policy.authorize('s', 'GET', `/x%20${at}%C3%A9`)),
  measureMemory(
    'paths, explained',
    (policy, at) => at % 20 === 0 && policy.explain(['s'], 'GET', `/workers/${at}`).allowed,
  ),
  measureMemory('lists of scopes', (policy, at) =>
    policy.authorize([`x${at}`, 's', `y${at}`], 'GET', '/workers/1'),
  ),
  measureMemory('sets of scopes', (policy, at) =>
    policy.authorize(new Set([`x${at}`, 's']), 'GET', '/workers/1'),
  ),
  measureMemory('claims', (policy, at) => policy.authorize(`x${at} s`, 'GET', '/workers/1')),
  measureMemory('grants', (policy, at) => policy.grant([`x${at}`, 's']).authorize('GET', '/workers/1')),
  measureMemory('methods', (policy, at) =>
    policy.authorize(['s'], at % 2 === 0 ? 'GET' : `M${at}`, '/workers/1'),
  ),
]
console.log(out.join('\n'))
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
