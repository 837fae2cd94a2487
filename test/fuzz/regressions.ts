/**
 * Disagreements as files of `test/regressions`: what was found once is tried again on every run of the tests.
 * The name comes from the content, so that the same finding is the same file; none is ever overwritten.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REGRESSIONS: string = fileURLToPath(new URL('../regressions/', import.meta.url))

/** `kind` says who replays it; the rest is the finding. */
export interface Regression {
  readonly kind: string
  readonly check: string
  readonly detail: string
  readonly found: string
  readonly input: unknown
}

/** The name of the file, and whether it is new. */
export function saveRegression(
  finding: Regression,
  folder: string = REGRESSIONS,
): { readonly name: string; readonly isNew: boolean } {
  const { kind, check, input } = finding
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, check, input]))
    .digest('hex')
  const words = check.replace(/[^A-Za-z]+/g, '-').replace(/^-|-$/g, '')
  const name = `${kind}-${words.slice(0, 40)}-${digest.slice(0, 12)}.json`
  const path = join(folder, name)
  if (existsSync(path)) return { name, isNew: false }
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, `${JSON.stringify(finding, null, 2)}\n`, { flag: 'wx' })
  return { name, isNew: true }
}

export function readRegressions(
  kind: string,
  folder: string = REGRESSIONS,
): readonly (readonly [name: string, finding: Regression])[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Regression])
}
