/** Tables of decisions per contestant and size: cost, ratios, and the rate of wrong answers beside them. */
import type { PairingResult } from '../measure/pairing.ts'
import { bytes, duration, integer, percent, ratio } from './numbers.ts'
import { type BenchRecord, modeOf, pairingOf, shownName, sizesOf } from './record.ts'
import type { Table } from './table.ts'

/** Everybody at one size. */
export function sizeTable(record: BenchRecord, size: string): Table {
  const facts = record.workloads.find((workload) => workload.size === size)
  const pairings = record.pairings.filter((pairing) => pairing.size === size)
  const yardstick = modeOf(pairings[0], 'fresh')
  const rows = [...pairings].map((pairing) => {
    const fresh = modeOf(pairing, 'fresh')
    const hot = modeOf(pairing, 'hot')
    return [
      shownName(pairing.contestant),
      duration(fresh?.cost.median),
      ratio(fresh?.xFloor.median),
      ratio(fresh?.xCharsum.median),
      ratio(fresh?.xOurs.median),
      duration(hot?.cost.median),
      ratio(hot?.xFloor.median),
      duration(modeOf(pairing, 'reused')?.cost.median),
      wrongCell(pairing),
      pairing.bytesAfterCreate < 0 ? '–' : bytes(pairing.bytesAfterCreate),
    ]
  })
  return {
    title: `One decision, ${size === '4' ? 'the default document' : `${size} scopes × endpoints`}`,
    about:
      `${integer(facts?.endpoints ?? 0)} endpoints, ${integer(facts?.tokens ?? 0)} tokens, paths of ` +
      `${Math.round(facts?.meanPathLength ?? 0)} characters on average. ` +
      `floor = ${duration(yardstick?.floorCost.median)}, charsum = ${duration(yardstick?.charsumCost.median)}.`,
    columns: ['', 'fresh', '×floor', '×charsum', '×ours', 'hot', '×floor', 'reused', 'wrong', 'held'],
    rows,
    notes: [...pairings.flatMap((pairing) => notesOf(pairing)), ...failuresAt(record, size)],
  }
}

function wrongCell({ answers: { wrongAllows, wrongDenies, checked } }: PairingResult): string {
  const wrong = wrongAllows + wrongDenies
  return wrong > 0 && checked < 1000 ? `${wrong} of ${checked}` : percent(wrong, checked)
}

function notesOf({ contestant, answers, note }: PairingResult): string[] {
  const notes: string[] = []
  if (note !== undefined) notes.push(`${shownName(contestant)}: ${note}.`)
  if (answers.checked < 20_000) {
    notes.push(`${shownName(contestant)}: too slow to check more than ${integer(answers.checked)} answers.`)
  }
  if (answers.wrongAllows > 0) {
    notes.push(`${shownName(contestant)}: ${integer(answers.wrongAllows)} of the wrong answers are allows.`)
  }
  return notes
}

function failuresAt(record: BenchRecord, size: string): string[] {
  return record.failures
    .filter((failure) => failure.size === size)
    .map(({ contestant, failure }) => `${shownName(contestant)}: no figures, ${failure}`)
}

/** All sizes next to each other: how many times the cost of ours, in the same process. */
export function overviewTable(record: BenchRecord): Table {
  const sizes = sizesOf(record)
  const names = [...new Set(record.pairings.map(({ contestant }) => contestant))]
  const rows = names.map((name) => [
    shownName(name),
    ...sizes.flatMap((size) => {
      const pairing = pairingOf(record, name, size)
      const fresh = modeOf(pairing, 'fresh')
      if (pairing === undefined) return ['–', '–']
      return [
        name === 'ours' ? duration(fresh?.cost.median) : `${ratio(fresh?.xOurs.median)}×`,
        wrongCell(pairing),
      ]
    }),
  ])
  return {
    title: 'Cost of a decision against ours',
    about:
      'Fresh strings, broad traffic; times the cost of `authorize` in the same process, and the share of ' +
      'wrong answers. Ours checks every path against the path rules; nothing else here checks any.',
    columns: ['', ...sizes.flatMap((size) => [size, 'wrong'])],
    rows,
    notes: [],
  }
}

const OWN_FORMS: ReadonlyMap<string, string> = new Map([
  ['ours', 'authorize'],
  ['ours-grant', 'grant'],
  ['ours-module', 'module'],
])

/** The modes of ours, with the spread, so that goals can be judged. */
export function ownTable(record: BenchRecord): Table {
  const rows: string[][] = []
  for (const size of sizesOf(record)) {
    for (const [contestant, form] of OWN_FORMS) {
      for (const mode of pairingOf(record, contestant, size)?.modes ?? []) {
        const { cost, xFloor, xCharsum, floorCost, charsumCost } = mode
        rows.push([
          `${size}, ${form}, ${mode.mode}`,
          duration(cost.median),
          ratio(xFloor.median),
          `${ratio(xFloor.low)}–${ratio(xFloor.high)}`,
          ratio(xCharsum.median),
          `${ratio(xCharsum.low)}–${ratio(xCharsum.high)}`,
          duration(floorCost.median),
          duration(charsumCost.median),
        ])
      }
    }
  }
  return {
    title: 'Ours in every mode',
    about: 'Median of the rounds, and their first and third quartile.',
    columns: ['', 'cost', '×floor', 'quartiles', '×charsum', 'quartiles', 'floor', 'charsum'],
    rows,
    notes: [],
  }
}

/** What options and path rules cost. */
export function stylesTable(record: BenchRecord, about: ReadonlyMap<string, string>): Table {
  const plain = record.pairings.filter(({ contestant }) => contestant === 'ours')
  const rows = [...plain, ...record.styles]
    .filter(({ size }) => record.styles.some((styled) => styled.size === size))
    .map((pairing) => {
      const fresh = modeOf(pairing, 'fresh')
      return [
        `${pairing.size}, ${pairing.style}`,
        duration(fresh?.cost.median),
        ratio(fresh?.xFloor.median),
        ratio(fresh?.xCharsum.median),
      ]
    })
  return {
    title: 'What options cost',
    about: 'Ours, fresh strings. The yardsticks read the whole target, queries included.',
    columns: ['', 'cost', '×floor', '×charsum'],
    rows,
    notes: [...about].map(([name, text]) => `${name}: ${text}.`),
  }
}
