/**
 * Reads request tables and checks their policies against them. Tables about one policy share it, and what
 * they cover adds up.
 *
 * What cannot be answered (a file that cannot be read, a policy with errors) is reported on standard error, and
 * as a finding of the table in the report, and does not hide the answers about the rest.
 */
import type { ParseOptions } from '../index.ts'
import { placeText } from '../report/findings/place.ts'
import type { FileReport } from '../report/findings/report.ts'
import { sanitize } from '../report/safe.ts'
import {
  Coverage,
  judgeTable,
  readTable,
  Subject,
  type ReadTable,
  type JudgedTable,
  percentOf,
  type CoverageSummary,
  type Uncovered,
} from '../request-table/index.ts'
import { LineIndex } from '../source/line-index.ts'
import type { GlobalOptions } from './command.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/files.ts'
import { loadPolicy } from './load.ts'
import { noAnswer } from './no-answer.ts'
import { policySource } from './policy-of-table.ts'
import type { Source } from './io/source.ts'
import { withSeverity } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'

export interface CoveredPolicy {
  readonly path: string
  readonly text: string
  readonly coverage: Coverage
  /** The names of the tables that are about it. */
  readonly tables: string[]
}

export interface Judgement {
  /** One for each table that could be read, in their order. */
  readonly files: readonly FileReport[]
  readonly policies: readonly CoveredPolicy[]
  readonly sources: readonly Source[]
  readonly expectations: number
  readonly failed: number
  /** Whether something failed: a table with errors, a policy that cannot be used. */
  readonly incomplete: boolean
}

interface About extends CoveredPolicy {
  readonly subject: Subject
}

export async function judgeTables(
  tables: readonly Source[],
  flags: ParseOptions,
  io: Io,
  options: GlobalOptions,
): Promise<Judgement> {
  const loaded = new Map<string, Promise<About>>()
  const sources: Source[] = [...tables]
  const files: FileReport[] = []
  const policies = new Set<CoveredPolicy>()
  const counts = { expectations: 0, failed: 0 }
  let incomplete = false
  let problem: string | undefined
  const told = new Set<string>()
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    problem = undefined
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      // A policy that several tables share is reported once.
      if (!told.has(error.message)) io.stderr.write(`error: ${sanitize(error.message)}\n`)
      told.add(error.message)
      problem = error.message
      incomplete = true
      return undefined
    }
  }
  const aboutOf = async (table: Source, { table: read }: ReadTable): Promise<About | undefined> => {
    if (read === null) return undefined
    const source = await policySource(read, table, io)
    const given = Object.fromEntries(Object.entries(read.options).filter(([, value]) => value !== undefined))
    const parseOptions = { ...given, ...flags }
    const key = JSON.stringify([source.file, parseOptions])
    const before = loaded.get(key)
    if (before !== undefined) return before
    sources.push(source)
    const about = load(source, parseOptions, io, options)
    loaded.set(key, about)
    return about
  }
  for (const source of tables) {
    const read = await attempt(async () => readTable(await source.read()))
    if (read === undefined) {
      files.push({ path: source.path, text: '', diagnostics: noAnswer(problem ?? 'it cannot be read') })
      continue
    }
    const about = await attempt(() => aboutOf(source, read))
    about?.tables.push(source.path)
    if (about !== undefined) policies.add(about)
    const judged: JudgedTable = judgeTable(read, about, problem)
    incomplete ||= judged.invalid
    counts.expectations += judged.cases.length
    counts.failed += judged.failed
    const cases = judged.cases.length > 0 ? { cases: judged.cases } : {}
    files.push({ path: source.path, text: read.text, diagnostics: judged.diagnostics, ...cases })
  }
  return { files, policies: [...policies], sources, ...counts, incomplete }
}

async function load(
  source: Source,
  parseOptions: ParseOptions,
  io: Io,
  options: GlobalOptions,
): Promise<About> {
  const { path, text, policy } = await loadPolicy(source, parseOptions, 'decides nothing', io, options)
  const lines = new LineIndex(text)
  const subject = new Subject(policy, ({ start }) => placeText(path, lines.position(start)))
  return { path, text, coverage: new Coverage(subject), tables: [], subject }
}

/** `83 % (10 of 12 grants)` */
export function coverageText(summary: CoverageSummary): string {
  return `${percentOf(summary)} % (${summary.covered} of ${summary.total} grants)`
}

export function isBelow({ covered, total }: CoverageSummary, percent: number): boolean {
  return 100 * covered < percent * total
}

/** What is not covered, where it is in the policy. */
export function uncovered(
  { path, text, tables }: CoveredPolicy,
  { uncovered: missing }: CoverageSummary,
  severity: 'error' | 'info',
): FileReport {
  const where = tables.length === 1 ? quote(tables[0] ?? '') : `${tables.length} tables`
  const findings = missing.map(({ needs, endpoint, methods }: Uncovered) => ({
    code: 'uncovered-endpoint',
    span: endpoint.span ?? { start: 0, end: 0 },
    message: `no request in ${where} shows that ${holder(needs)} ${methods.join(', ')} here`,
    help: `add a request that ${quote(endpoint.pattern)} matches, ${howToShow(needs)}`,
  }))
  return { path, text, diagnostics: withSeverity(findings, text, () => severity) }
}

function holder(needs: readonly string[]): string {
  const [scope] = needs
  if (scope === undefined) return 'every token may'
  return needs.length === 1
    ? `scope ${quote(scope)} allows`
    : `${needs.map(quote).join(' and ')} together allow`
}

function howToShow(needs: readonly string[]): string {
  const [scope] = needs
  return needs.length === 1 && scope !== undefined
    ? `with ${quote(scope)} in its list`
    : `with \`scopes: [${needs.join(', ')}]\` and \`expect: allow\``
}
