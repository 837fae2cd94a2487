/** Files of the project that only services read: they parse, and name files and commands that are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const TOP = fileURLToPath(new URL('../../', import.meta.url))
const WORKFLOWS = join(TOP, '.github', 'workflows')

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { uses?: string; run?: string }[] }>>
}

describe.each(readdirSync(WORKFLOWS))('workflow %s', (name) => {
  const workflow = parse(readFileSync(join(WORKFLOWS, name), 'utf8')) as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

  test('may only read the repository, but for what a job names', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  test('runs scripts that the package has', () => {
    const manifest = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    for (const { run = '' } of steps) {
      for (const [, script = ''] of run.matchAll(/npm run ([\w:-]+)/g))
        expect(manifest.scripts).toHaveProperty(script)
      for (const [, folder = ''] of run.matchAll(/\b(test\/[\w/-]+)/g))
        expect(existsSync(join(TOP, folder))).toBe(true)
    }
  })

  test('does not leave the credentials of git to later steps', () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout')))
      expect(step).toHaveProperty('with.persist-credentials', false)
  })
})

test('dependabot looks at every folder with a lockfile', () => {
  const { updates } = parse(readFileSync(join(TOP, '.github', 'dependabot.yml'), 'utf8')) as {
    updates: readonly { directories?: readonly string[] }[]
  }
  for (const folder of ['/', '/bench', '/test/peers', '/editors/vscode']) {
    expect(existsSync(join(TOP, folder, 'package-lock.json'))).toBe(true)
    expect(updates[0]?.directories).toContain(folder)
  }
})

test.each(readdirSync(join(TOP, '.github', 'ISSUE_TEMPLATE')))('issue form %s parses', (file) => {
  const form = parse(readFileSync(join(TOP, '.github', 'ISSUE_TEMPLATE', file), 'utf8')) as {
    name?: string
    body?: readonly unknown[]
  }
  expect(form).toBeTypeOf('object')
  if (file === 'config.yml') return
  expect(form.name).toBeTypeOf('string')
  expect(form.body?.length).toBeGreaterThan(0)
})

test('no lockfile names where packages were downloaded', () => {
  for (const folder of ['', 'bench', 'test/peers', 'editors/vscode'])
    expect(readFileSync(join(TOP, folder, 'package-lock.json'), 'utf8')).not.toContain('"resolved": "http')
})
