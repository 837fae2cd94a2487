/** The table of scores, and every mutant that no test found and nobody has explained. */
import { EXPLAINED } from './explained.ts'
import type { FileResult, Mutant } from './read-report.ts'

const FOUND = new Set(['Killed', 'Timeout'])
/** Mutants that cannot be run at all say nothing about the tests. */
const INVALID = new Set(['CompileError', 'RuntimeError', 'Ignored'])
const WIDEST = 60

/** Mutants found, in per cent of those that could be; 100 without any. */
export function scoreOf(results: readonly FileResult[]): number {
  const valid = results.flatMap(({ mutants }) => mutants).filter(({ status }) => !INVALID.has(status))
  const found = valid.filter(({ status }) => FOUND.has(status))
  return valid.length === 0 ? 100 : (100 * found.length) / valid.length
}

export function printReport(results: readonly FileResult[]): string {
  const rows = results.map((result) => [
    result.file,
    scoreOf([result]).toFixed(1),
    String(result.mutants.length),
    ...['Killed', 'Timeout', 'Survived', 'NoCoverage'].map((status) =>
      String(result.mutants.filter((mutant) => mutant.status === status).length),
    ),
  ])
  const heads = ['file', 'score %', 'mutants', 'killed', 'timeout', 'survived', 'not reached']
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [
    line(heads),
    line(heads.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ]
  const unexplained = results.flatMap((result) =>
    unexplainedOf(result).map(
      (mutant) =>
        `src/${result.file}.ts:${mutant.line}:${mutant.column} ${mutant.mutatorName}: ${describe(mutant)}`,
    ),
  )
  const alive = results.flatMap(aliveOf).length
  const end = alive === 0 ? '' : `; ${alive - unexplained.length} of ${alive} survivors are explained`
  return [...table, '', `score: ${scoreOf(results).toFixed(2)} %${end}`, '', ...unexplained].join('\n')
}

/** What is alive and not listed in {@link EXPLAINED}. */
export function unexplainedOf(result: FileResult): readonly Mutant[] {
  const explained = new Set(Object.values(EXPLAINED[result.file] ?? {}).flat())
  return aliveOf(result).filter((mutant) => !explained.has(describe(mutant)))
}

function aliveOf({ mutants }: FileResult): readonly Mutant[] {
  return mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
}

function describe({ text, replacement }: Mutant): string {
  return `\`${short(text)}\` as \`${short(replacement)}\``
}

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  return flat.length <= WIDEST ? flat : `${flat.slice(0, WIDEST)}…`
}
