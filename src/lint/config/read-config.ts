/**
 * Reads a configuration file with the reader of policy documents, so that what is wrong with it has a place
 * and a suggestion too. It is data and nothing else: no code, and nothing is fetched. Whoever calls reads the
 * files that `extends` names, since only that decides which files may be read (`cli/lint/configs.ts`).
 *
 * A file with any error is not used at all: a rule that was meant to be an error must not be left out
 * because its name is misspelt.
 */
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { type Finding, withSeverity } from '../../diagnostic/report.ts'
import { DEFAULT_LIMITS, type Limits } from '../../language/limits.ts'
import { YamlFile } from '../../yaml/yaml-file.ts'
import type { LintConfig } from './config.ts'
import { ConfigReader, EMPTY } from './config-reader.ts'

const LIMITS: Limits = { ...DEFAULT_LIMITS, bytes: 1024 * 1024, tokens: 200_000 }

export interface ReadConfig {
  /** Null when there is an error. */
  readonly config: LintConfig | null
  readonly text: string
  /** Errors, in the order of the text. */
  readonly diagnostics: readonly Diagnostic<string>[]
}

/** Reads YAML or JSON; never throws on content. An empty file is an empty configuration. */
export function readConfig(source: string | Uint8Array): ReadConfig {
  const findings: Finding<string>[] = []
  const file = new YamlFile<string>(source, LIMITS, (finding) => {
    // Of a policy this would be an error; here it states that nothing is configured.
    if (finding.code !== 'empty-document') findings.push(finding)
  })
  const { text, document } = file
  const config = document === null ? EMPTY : new ConfigReader(LIMITS, file.report).read(document.root)
  const diagnostics = withSeverity(findings, text, () => 'error')
  return { config: findings.length > 0 ? null : config, text, diagnostics }
}
