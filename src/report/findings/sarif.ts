/**
 * SARIF 2.1.0 (OASIS), which code scanning services read: the rules, the files that were looked at, and a
 * result for each finding.
 *
 * Every rule is listed, whether it found something or not, so that a service can distinguish a rule that found
 * nothing from one that was not asked.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
import type { Severity } from '../../diagnostic/diagnostic.ts'
import { CATALOGUE } from '../../language/codes.ts'
import { fingerprints } from './fingerprint.ts'
import { toJsonText } from './json.ts'
import { repositoryPath } from './place.ts'
import type { FileReport, ReportSettings, RuleInfo } from './report.ts'
import { sanitize } from '../safe.ts'
import { artifactUri, LEVEL, message, sarifResults } from './sarif-result.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** The codes of the loader as rules, in the order of the catalogue. */
const LOADER_RULES: readonly RuleInfo[] = Object.entries(CATALOGUE).map(([id, [severity, summary]]) => ({
  id,
  severity,
  summary,
}))

export function sarif(files: readonly FileReport[], settings: ReportSettings): string {
  const { version, rules = LOADER_RULES, incomplete = false } = settings
  const catalogue = ruleTable(files, rules)
  const indexes = new Map([...catalogue.keys()].map((id, index) => [id, index]))
  const names = fingerprints(files, settings)
  const uris = files.map(({ path }) => artifactUri(repositoryPath(path, settings)))
  const run = {
    tool: {
      driver: {
        name: 'scope-policy',
        ...(version === undefined ? {} : { semanticVersion: version }),
        rules: [...catalogue.values()].map(descriptor),
      },
    },
    invocations: [{ executionSuccessful: !incomplete }],
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    artifacts: uris.map((uri) => ({ location: { uri } })),
    results: files.flatMap((file, index) => {
      return sarifResults(file, { uri: uris[index] ?? '', index }, indexes, names[index] ?? [])
    }),
  }
  return toJsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] })
}

/** By code: the rules, the last of those with the same id, then codes that nothing more is known of. */
function ruleTable(files: readonly FileReport[], rules: readonly RuleInfo[]): ReadonlyMap<string, RuleInfo> {
  const table = new Map<string, RuleInfo>()
  for (const rule of rules) table.set(rule.id, rule)
  for (const { code, severity } of files.flatMap(({ diagnostics }) => diagnostics)) {
    if (!table.has(code)) table.set(code, { id: code, severity, summary: code })
  }
  return table
}

/** §3.49; services ask for all three texts. */
function descriptor({ id, severity, summary, help = summary }: RuleInfo): object {
  const level: Severity = severity === 'off' ? 'warning' : severity
  return {
    id: sanitize(id),
    shortDescription: message(summary),
    fullDescription: message(summary),
    help: message(...help.split('\n')),
    defaultConfiguration: { ...(severity === 'off' ? { enabled: false } : {}), level: LEVEL[level] },
  }
}
