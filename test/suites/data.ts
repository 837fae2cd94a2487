/**
 * The published test suites for YAML and JSON. They are other people's work and no part of this package; the
 * tests read them from a folder beside it (or `SCOPE_POLICY_DATA`), and are skipped where there is none:
 *
 * - `yaml-test-suite/cases.json`: yaml/yaml-test-suite, branch `data`, MIT;
 * - `json-test-suite/cases.json`: nst/JSONTestSuite, `test_parsing`, MIT.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '../package/built.ts'

const FOLDER: string = resolve(ROOT, process.env['SCOPE_POLICY_DATA'] ?? '../shared/data')

export interface Suite<Case> {
  readonly cases: readonly Case[]
  /** Why there are none. */
  readonly missing: string | undefined
}

export interface YamlCase {
  readonly id: string
  readonly name: string
  /** Whether the suite says that this is no YAML. */
  readonly error: boolean
  readonly yaml: string
}

export interface JsonCase {
  readonly name: string
  readonly expect: 'accept' | 'reject' | 'either'
  readonly base64: string
}

export function suite<Case>(name: 'yaml-test-suite' | 'json-test-suite'): Suite<Case> {
  const file = join(FOLDER, name, 'cases.json')
  if (!existsSync(file))
    return { cases: [], missing: `${name} is not here; put it where SCOPE_POLICY_DATA says` }
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }
  return { cases, missing: undefined }
}
