/** Tables of everything that is not the speed of a decision: attacks, loading, memory, start, bytes. */
import { PEERS } from '../contestants/index.ts'
import { ATTACKS } from '../measure/attacks.ts'
import { bytes, duration, percent, ratio } from './numbers.ts'
import { type BenchRecord, shownName } from './record.ts'
import type { Table } from './table.ts'

export function hostileTables(record: BenchRecord): Table[] {
  const lengths = record.settings.hostile.lengths
  const limit = record.settings.hostile.limitMs / 1000
  return ATTACKS.flatMap(({ name }) => {
    const results = record.hostile.filter(({ attack }) => attack === name)
    const contestants = [...new Set(results.map(({ contestant }) => contestant))]
    if (contestants.length === 0) return []
    const notes: string[] = []
    const rows = contestants.map((contestant) => {
      const cells = lengths.map((length) => {
        const found = results.find((result) => result.contestant === contestant && result.length === length)
        if (found === undefined) return 'not tried'
        if ('failure' in found) return found.failure.includes('no answer') ? `over ${limit} s` : found.failure
        if (!found.right) notes.push(`${shownName(contestant)}: a wrong answer at ${length} characters.`)
        return duration(found.nanoseconds)
      })
      return [shownName(contestant), ...cells, growthCell(growth(record, contestant, name))]
    })
    return {
      title: `Attack: ${name}`,
      about: 'One call, by length of the path in characters; growth n^k between the last two lengths.',
      columns: ['', ...lengths.map((length) => length.toLocaleString('en')), 'growth'],
      rows,
      notes: [...new Set(notes)],
    }
  })
}

/** The exponent k of n^k, from the two longest paths that were answered; undefined with fewer than two. */
export function growth(record: BenchRecord, contestant: string, attack: string): number | undefined {
  const answered = record.hostile.flatMap((result) => {
    const fits = result.contestant === contestant && result.attack === attack
    return fits && 'nanoseconds' in result ? [result] : []
  })
  const last = answered.at(-1)
  const before = answered.at(-2)
  if (last === undefined || before === undefined) return undefined
  return Math.log(last.nanoseconds / before.nanoseconds) / Math.log(last.length / before.length)
}

function growthCell(exponent: number | undefined): string {
  return exponent === undefined ? '–' : `n^${Math.max(0, exponent).toFixed(1)}`
}

export function loadTable({ load }: BenchRecord): Table {
  return {
    title: 'Loading',
    about: 'Text to policy, against `yaml.parseDocument` alone on the same text, in turns.',
    columns: ['', 'YAML', 'parseDocument', 'loadPolicy', 'ratio', 'quartiles'],
    rows: load.map(({ size, yamlBytes, parseMs, loadMs, ratio: times }) => [
      size,
      bytes(yamlBytes),
      duration(parseMs.median * 1e6),
      duration(loadMs.median * 1e6),
      ratio(times.median),
      `${ratio(times.low)}–${ratio(times.high)}`,
    ]),
    notes: [],
  }
}

export function compiledTable({ compiled }: BenchRecord): Table {
  return {
    title: 'Compiled policies',
    about:
      'The module of `toModule` and its first import; the data of `toCompiled` and `fromCompiled` of it.',
    columns: ['', 'YAML', 'module', 'gzipped', 'import', 'data', 'gzipped', 'open'],
    rows: compiled.map((result) => [
      result.size,
      bytes(result.yamlBytes),
      bytes(result.moduleBytes),
      bytes(result.moduleGzipped),
      duration(result.importMs * 1e6),
      bytes(result.dataBytes),
      bytes(result.dataGzipped),
      duration(result.openMs * 1e6),
    ]),
    notes: [],
  }
}

export function memoryTable({ footprints }: BenchRecord): Table {
  return {
    title: 'Memory',
    about: 'Bytes a loaded policy holds, and what three times the whole workload adds to them.',
    columns: ['', 'YAML', 'after load', '× YAML', 'added by traffic', 'share'],
    rows: footprints.map(({ size, yamlBytes, loaded, grown }) => [
      size,
      bytes(yamlBytes),
      bytes(loaded),
      ratio(loaded / yamlBytes),
      bytes(grown),
      percent(Math.max(0, grown), loaded),
    ]),
    notes: [
      'What others hold is in the column “held” of the tables by size (WebAssembly memory not counted).',
    ],
  }
}

export function startTable({ start, bundles }: BenchRecord): Table {
  const entries = [...new Set([...start, ...bundles].map(({ entry }) => entry))]
  return {
    title: 'Start and size of the entries',
    about:
      'First `import` in a new process, and the bytes of the entry with all it imports, minified and gzipped.',
    columns: ['', 'import', 'minified', 'gzipped'],
    rows: entries.map((entry) => {
      const started = start.find((result) => result.entry === entry)
      const bundled = bundles.find((result) => result.entry === entry)
      return [
        entry,
        started === undefined ? '–' : `${started.ms.toFixed(1)} ms`,
        bytes(bundled?.minified),
        bytes(bundled?.gzipped),
      ]
    }),
    notes: [],
  }
}

export function contestantsTable({ packages }: BenchRecord): Table {
  const rows = PEERS.map(({ name, family, package: used, about }) => [
    name,
    used === undefined ? 'none' : `${used} ${packages[used] ?? ''}`.trim(),
    family,
    about,
  ])
  return {
    title: 'Contestants',
    about: 'How each of the others is used.',
    columns: ['', 'package', 'family', 'how'],
    rows,
    notes: [],
  }
}
