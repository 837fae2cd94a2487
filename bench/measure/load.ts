/**
 * Time from YAML text to a policy that answers, against `yaml.parseDocument` alone on the same text, in
 * turns. Both have the tokens made by the same parser, which is most of the work; then `parseDocument` makes
 * nodes and `loadPolicy` a checked policy with its tables, so the ratio says what that costs beside nodes.
 */
import { parseDocument } from 'yaml'
import type { OurPackage } from '../contestants/ours.ts'
import type { Settings } from '../settings.ts'
import type { Workload } from '../workload/workload.ts'
import { spreadOf, type Spread } from './statistics.ts'

export interface LoadResult {
  readonly size: string
  readonly yamlBytes: number
  readonly loadMs: Spread
  readonly parseMs: Spread
  /** loadPolicy / parseDocument, round by round. */
  readonly ratio: Spread
}

export function measureLoad(
  ours: OurPackage,
  { size, yaml }: Workload,
  { minimumRounds, minimumMs }: Settings['load'],
): LoadResult {
  const load = (): unknown => ours.loadPolicy(yaml)
  const parse = (): unknown => parseDocument(yaml)
  // Small documents load in microseconds: many make one round.
  const once = timeOf(load, 1) + timeOf(parse, 1)
  const repeats = Math.max(1, Math.round(20 / once))
  timeOf(load, repeats)
  timeOf(parse, repeats)

  const loads: number[] = []
  const parses: number[] = []
  const end = performance.now() + minimumMs
  while (loads.length < minimumRounds || performance.now() < end) {
    // Garbage of one contestant must not be collected on the time of the other.
    globalThis.gc?.()
    const first = timeOf(loads.length % 2 === 0 ? load : parse, repeats)
    globalThis.gc?.()
    const second = timeOf(loads.length % 2 === 0 ? parse : load, repeats)
    const even = loads.length % 2 === 0
    loads.push(even ? first : second)
    parses.push(even ? second : first)
  }
  return {
    size,
    yamlBytes: Buffer.byteLength(yaml),
    loadMs: spreadOf(loads),
    parseMs: spreadOf(parses),
    ratio: spreadOf(loads.map((time, round) => time / (parses[round] ?? Number.NaN))),
  }
}

/** Milliseconds of one run, the mean of a few. */
function timeOf(action: () => unknown, repeats: number): number {
  const before = performance.now()
  for (let repeat = 0; repeat < repeats; repeat++) action()
  return (performance.now() - before) / repeats
}
