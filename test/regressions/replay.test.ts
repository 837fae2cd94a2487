/**
 * Every disagreement that was ever found and saved, tried again. A file stays here for good: what it shows
 * has been put right, and must stay so.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCase } from '../fuzz/check-case.ts'
import type { CaseInput } from '../fuzz/check-case.ts'
import { said, TARGETS } from '../fuzz/loader/targets.ts'
import { plant } from '../fuzz/mutants.ts'
import { readRegressions, REGRESSIONS, saveRegression } from '../fuzz/regressions.ts'
import type { Regression } from '../fuzz/regressions.ts'
import { loadSubject } from '../fuzz/subject.ts'
import type { Subject } from '../fuzz/subject.ts'

let subject: Subject
beforeAll(async () => {
  subject = await loadSubject('src')
})

const folder = mkdtempSync(join(tmpdir(), 'regressions-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What the files of one kind show, by name. */
async function replay(faulty: Subject, from?: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const shown: Record<string, readonly string[]> = {}
  for (const [name, { input }] of readRegressions('decision', from)) {
    const { problems } = await checkCase(faulty, input as CaseInput)
    shown[name] = problems.map(({ check, detail }) => `${check}: ${detail}`)
  }
  return shown
}

describe('of the decisions', () => {
  test('none shows again', async () => {
    const shown = await replay(subject)
    expect(shown).toEqual(Object.fromEntries(Object.keys(shown).map((name) => [name, []])))
  })

  const finding: Regression = {
    kind: 'decision',
    check: 'policy: authorize',
    detail: 'false, reference: true',
    found: 'a test',
    input: {
      document: { a: { label: 'x', endpoints: [{ a: 'HEAD' }] } },
      source: 'object',
      requests: [{ scopes: ['a'], method: 'HEAD', path: 'a' }],
      pair: null,
      states: 3,
    },
  }

  test('one that is saved fails as long as the fault is there', async () => {
    const { name } = saveRegression(finding, folder)
    const [problems = []] = Object.values(await replay(plant('forgets HEAD', subject), folder))
    expect(problems).toContain('policy: authorize: false, reference: true')
    expect(await replay(subject, folder)).toEqual({ [name]: [] })
  })

  test('a file is named for its content and never written over', () => {
    const { name } = saveRegression(finding, folder)
    const again = saveRegression({ ...finding, found: 'another test' }, folder)
    expect(again).toEqual({ name, isNew: false })
    expect(name).toMatch(/^decision-policy-authorize-[0-9a-f]{12}\.json$/)
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(finding)
  })
})

describe('of the bytes', () => {
  test.each(Object.keys(TARGETS))('none that was fed to %s shows again', (kind) => {
    for (const [name, { input }] of readRegressions(kind)) {
      const { base64 } = input as { readonly base64: string }
      const target = TARGETS[kind]
      expect(target && said(target, new Uint8Array(Buffer.from(base64, 'base64'))), name).toBeUndefined()
    }
  })
})

test('every file is of a kind that is replayed', () => {
  const kinds = ['decision', ...Object.keys(TARGETS)]
  const read = kinds.flatMap((kind) => readRegressions(kind).map(([name]) => name))
  const files = readdirSync(REGRESSIONS).filter((name) => name.endsWith('.json'))
  expect(read.sort()).toEqual(files.sort())
})
