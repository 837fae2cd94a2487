/**
 * The figures this package is held to, against what was measured. A goal that a run did not measure has
 * no verdict.
 */
import { PEERS } from '../contestants/index.ts'
import type { Family } from '../contestants/contestant.ts'
import { ATTACKS } from '../measure/attacks.ts'
import { growth } from './costs.ts'
import { ratio } from './numbers.ts'
import { type BenchRecord, modeOf, pairingOf, sizesOf } from './record.ts'
import type { Table } from './table.ts'

type Limits = Readonly<Record<string, number>>

const AT_MOST = {
  floor: { '4': 1.0, '20x10': 1.3, '200x25': 1.6, '2000x25': 1.7 },
  charsum: { '4': 1.4, '20x10': 2.0, '200x25': 2.8, '2000x25': 3.5 },
  hot: { '4': 0.9, '20x10': 1.1, '200x25': 1.2, '2000x25': 1.2 },
  load: { '200x25': 1.3, '2000x25': 1.15 },
  memory: { '200x25': 2, '2000x25': 2 },
  module: { '4': 3000 },
  grown: { '200x25': 0.05, '2000x25': 0.05 },
} satisfies Readonly<Record<string, Limits>>

const AT_LEAST = {
  exact: { '4': 0.9, '20x10': 4, '200x25': 20, '2000x25': 40 },
  router: { '4': 0.9, '20x10': 1.4, '200x25': 2.5, '2000x25': 6 },
} satisfies Readonly<Record<string, Limits>>

export function goalsTable(record: BenchRecord): Table {
  const sizes = sizesOf(record)
  const row = (
    name: string,
    measured: (size: string) => number | undefined,
    limits: Limits,
    sense: 'at most' | 'at least' = 'at most',
  ): string[] => [`${name}, ${sense}`, ...sizes.map((size) => verdict(measured(size), limits[size], sense))]
  const fresh = (contestant: string, size: string) => modeOf(pairingOf(record, contestant, size), 'fresh')
  const perFloor = (size: string): number | undefined => fresh('ours', size)?.xFloor.median
  const footprint = (size: string) => record.footprints.find((found) => found.size === size)
  const everySize = (limit: number): Limits => Object.fromEntries(sizes.map((size) => [size, limit]))
  return {
    title: 'Goals',
    about: 'Measured / goal; `✗` where the goal is missed. All path rules on, strings fresh.',
    columns: ['', ...sizes],
    rows: measuredOnly([
      row('authorize / floor', perFloor, AT_MOST.floor),
      row('grant / charsum', (size) => fresh('ours-grant', size)?.xCharsum.median, AT_MOST.charsum),
      row(
        'hot set: authorize / floor',
        (size) => modeOf(pairingOf(record, 'ours', size), 'hot')?.xFloor.median,
        AT_MOST.hot,
      ),
      row(
        'faster than every exact peer',
        (size) => slowest(record, 'exact', size),
        AT_LEAST.exact,
        'at least',
      ),
      row('faster than every router', (size) => slowest(record, 'router', size), AT_LEAST.router, 'at least'),
      row(
        'new arrays of scopes / reused',
        (size) => modeOf(pairingOf(record, 'ours', size), 'new tokens')?.xReusedTokens?.median,
        everySize(1.1),
      ),
      row(
        'load / parseDocument',
        (size) => record.load.find((loaded) => loaded.size === size)?.ratio.median,
        AT_MOST.load,
      ),
      row(
        'compiled module, bytes gzipped',
        (size) => record.compiled.find((result) => result.size === size)?.moduleGzipped,
        AT_MOST.module,
      ),
      row(
        'memory / bytes of YAML',
        (size) => over(footprint(size)?.loaded, footprint(size)?.yamlBytes),
        AT_MOST.memory,
      ),
      row(
        'memory added by traffic, share',
        (size) => over(footprint(size)?.grown, footprint(size)?.loaded),
        AT_MOST.grown,
      ),
    ]),
    notes: [
      ...growthOfFloor(perFloor('200x25'), perFloor('2000x25')),
      ...startOf(record, 'scope-policy/compiled'),
      ...underAttack(record),
    ],
  }
}

function measuredOnly(rows: readonly string[][]): string[][] {
  return rows.filter(([, ...cells]) => cells.some((cell) => cell !== '–'))
}

function verdict(
  measured: number | undefined,
  goal: number | undefined,
  sense: 'at most' | 'at least',
): string {
  if (measured === undefined || Number.isNaN(measured)) return '–'
  if (goal === undefined) return ratio(measured)
  const met = sense === 'at most' ? measured <= goal : measured >= goal
  return `${ratio(Math.max(0, measured))} / ${goal}${met ? '' : ' ✗'}`
}

/** The least advantage over any contestant of a family. */
function slowest(record: BenchRecord, family: Family, size: string): number | undefined {
  const advantages = PEERS.filter((peer) => peer.family === family).flatMap(
    ({ name }) => modeOf(pairingOf(record, name, size), 'fresh')?.xOurs.median ?? [],
  )
  return advantages.length === 0 ? undefined : Math.min(...advantages)
}

function over(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined ? undefined : part / whole
}

function growthOfFloor(smaller: number | undefined, larger: number | undefined): string[] {
  const times = over(larger, smaller)
  if (times === undefined) return []
  return [
    `authorize / floor grows ${ratio(times)} times from 200x25 to 2000x25; at most 1.15${times <= 1.15 ? '' : ' ✗'}.`,
  ]
}

/** The entry that loads no documents. */
function startOf({ start }: BenchRecord, entry: string): string[] {
  const found = start.find((result) => result.entry === entry)
  if (found === undefined) return []
  return [`${entry} is imported in ${found.ms.toFixed(1)} ms; at most 10${found.ms <= 10 ? '' : ' ✗'}.`]
}

function underAttack(record: BenchRecord): string[] {
  const longest = Math.max(...record.settings.hostile.lengths)
  return ATTACKS.flatMap(({ name }) => {
    const found = record.hostile.find(
      (result) => result.contestant === 'ours' && result.attack === name && result.length === longest,
    )
    const exponent = growth(record, 'ours', name)
    if (found === undefined || exponent === undefined) return []
    if ('failure' in found) return [`Under attack by ${name}: ${found.failure} ✗.`]
    const met = found.nanoseconds <= 1e6 && exponent <= 1.1
    return [
      `Under attack by \`${name}\`, ${longest.toLocaleString('en')} characters: ` +
        `${(found.nanoseconds / 1e6).toFixed(3)} ms a call, n^${exponent.toFixed(2)}; at most 1 ms, n^1.1${met ? '' : ' ✗'}.`,
    ]
  })
}
