/** The whole report: the same tables for the terminal, for the record beside the JSON, and for the README. */
import { PLOTTED } from '../measure/attacks.ts'
import { PLAIN, STYLES } from '../workload/style.ts'
import {
  compiledTable,
  contestantsTable,
  hostileTables,
  loadTable,
  memoryTable,
  startTable,
} from './costs.ts'
import { goalsTable } from './goals.ts'
import { type BenchRecord, sizesOf } from './record.ts'
import { overviewTable, ownTable, sizeTable, stylesTable } from './speed.ts'
import { markdownTable, type Table, terminalTable } from './table.ts'

function tablesOf(record: BenchRecord): Table[] {
  const styles = new Map([PLAIN, ...STYLES].map(({ name, about }) => [name, about]))
  return [
    ...sizesOf(record).map((size) => sizeTable(record, size)),
    ownTable(record),
    stylesTable(record, styles),
    ...hostileTables(record),
    loadTable(record),
    compiledTable(record),
    memoryTable(record),
    startTable(record),
    goalsTable(record),
  ].filter(({ rows }) => rows.length > 0)
}

export function terminalReport(record: BenchRecord): string {
  return [...circumstances(record), '', ...tablesOf(record).map((table) => terminalTable(table))].join('\n')
}

/** Everything, to lie beside the record. */
export function markdownReport(record: BenchRecord): string {
  return [
    `# Benchmark of ${record.date}`,
    '',
    circumstances(record).join('\n'),
    '',
    ...[
      goalsTable(record),
      overviewTable(record),
      ...tablesOf(record).slice(0, -1),
      contestantsTable(record),
    ].map((table) => markdownTable(table, 2)),
  ].join('\n')
}

/** What a reader of the README wants: the overview, the goals, attacks, and where the rest is. */
export function markdownSummary(record: BenchRecord, recordFile: string): string {
  const tables = [
    overviewTable(record),
    goalsTable(record),
    ...hostileTables(record).filter(({ title }) => title.includes(PLOTTED)),
    loadTable(record),
    compiledTable(record),
    memoryTable(record),
    startTable(record),
  ]
  return [
    ...circumstances(record),
    '',
    `All tables: [${recordFile}.md](records/${recordFile}.md); all figures: [${recordFile}.json](records/${recordFile}.json).`,
    '',
    ...tables.filter(({ rows }) => rows.length > 0).map((table) => markdownTable(table, 3)),
  ].join('\n')
}

function circumstances(record: BenchRecord): string[] {
  const { date, quick, machine, version, built, packages, pairings, styles } = record
  const { processor, cores, memoryGiB, platform, node, v8, loadBefore, loadAfter } = machine
  const modes = [...pairings, ...styles].flatMap((pairing) => pairing.modes)
  const disturbed = modes.reduce((sum, mode) => sum + mode.disturbed, 0) / Math.max(1, modes.length)
  const peers = Object.entries(packages).map(([name, release]) => `${name} ${release}`)
  return [
    `scope-policy ${version} (built files ${built}), ${date}${quick ? ', a quick run: figures are rough' : ''}.`,
    `Node ${node} (V8 ${v8}) on ${platform}; ${processor}, ${cores} cores, ${memoryGiB} GiB; load average ${loadBefore.toFixed(2)} before, ${loadAfter.toFixed(2)} after; other programs disturbed ${(100 * disturbed).toFixed(1)} % of the turns.`,
    `Packages: ${peers.join(', ')}.`,
  ]
}
