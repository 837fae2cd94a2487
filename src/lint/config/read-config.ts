/**
 * Reads a configuration file with the reader of policy documents, so that what is wrong with it has a place
 * and a suggestion too. It is data and nothing else: no code, and nothing is fetched. Whoever calls reads the
 * files that `extends` names, since only that decides which files may be read (`cli/lint/configs.ts`).
 *
 * A file with any error is not used at all: a rule that was meant to be an error must not be left out
 * because its name is misspelt.
 */
import { DEFAULT_LIMITS, type Limits } from '../../language/limits.ts'
import { type ReadFile, readYamlFile } from '../../yaml/yaml-file.ts'
import type { LintConfig } from './config.ts'
import { ConfigReader, EMPTY } from './config-reader.ts'

const LIMITS: Limits = { ...DEFAULT_LIMITS, bytes: 1024 * 1024, tokens: 200_000 }

/** Reads YAML or JSON; never throws on content. An empty file is an empty configuration. */
export function readConfig(source: string | Uint8Array): ReadFile<LintConfig> {
  return readYamlFile(source, LIMITS, (root, report) => new ConfigReader(LIMITS, report).read(root), EMPTY)
}
