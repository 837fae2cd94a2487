/** What is ready to be used in CI is YAML of the right form, and its command lines run. */
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderWith, CLEAN as GOOD, runCli, WITH_ERROR } from './run-cli.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/cli/main.ts')

function read(name: string): unknown {
  return parse(readFileSync(join(ROOT, name), 'utf8'), { strict: true })
}

/** A folder with a program `npx` that runs the command line from its sources, and these files. */
function withNpx(files: Readonly<Record<string, string>>): string {
  const script = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${MAIN}" "$@"\n`
  const cwd = folderWith({ ...files, 'bin/npx': script })
  chmodSync(join(cwd, 'bin/npx'), 0o755)
  return cwd
}

function shell(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): { status: number | null; stdout: string; stderr: string } {
  const path = `${join(cwd, 'bin')}:${process.env['PATH'] ?? ''}`
  return spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: { PATH: path, ...env },
  })
}

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

describe('the hooks for pre-commit', () => {
  const hooks = read('.pre-commit-hooks.yaml') as {
    id: string
    entry: string
    language: string
    files: string
    types: string[]
  }[]

  test('have what pre-commit asks for', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['scope-policy', 'scope-policy-fix'])
    for (const { language, files, types } of hooks) {
      expect([language, types]).toEqual(['node', ['yaml']])
      const pattern = new RegExp(files)
      for (const name of ['scopes.yaml', 'a/b/scopes.yml', 'a/mail.scopes.yaml'])
        expect(name).toMatch(pattern)
      for (const name of ['scopes.test.yaml', 'docker-compose.yml', 'myscopes.yaml'])
        expect(name).not.toMatch(pattern)
    }
  })

  test.each(hooks.map(({ id, entry }) => [id, entry]))('%s runs: %s', async (_, entry) => {
    const [program, ...argv] = entry.split(' ')
    expect(program).toBe('scope-policy')
    const cwd = folderWith({ 'scopes.yaml': GOOD, 'bad.scopes.yaml': WITH_ERROR })
    expect((await runCli([...argv, 'scopes.yaml'], { cwd })).code).toBe(0)
    expect((await runCli([...argv, 'scopes.yaml', 'bad.scopes.yaml'], { cwd })).code).toBe(1)
  })
})

describe('the action for GitHub', () => {
  const action = read('action.yml') as {
    inputs: Record<string, { description: string; default?: string }>
    runs: { using: string; steps: Step[] }
  }
  const [step] = action.runs.steps
  const env = Object.fromEntries(Object.keys(step?.env ?? {}).map((name) => [name, '']))

  test('is composite, and its script reads inputs as variables only', () => {
    expect(action.runs.using).toBe('composite')
    expect(step?.run).not.toContain('${{')
    const used = Object.values(step?.env ?? {}).map(
      (text) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1],
    )
    expect(used).toEqual(Object.keys(action.inputs))
  })

  test('lints every path of its input, with annotations', () => {
    const cwd = withNpx({ 'p/a b.yaml': GOOD, 'q/c.yaml': WITH_ERROR })
    const paths = 'p/a b.yaml\nq\n'
    const { status, stdout } = shell(step?.run ?? '', cwd, {
      ...env,
      PATHS: paths,
      SARIF_FILE: 'out.sarif',
      GITHUB_ACTIONS: 'true',
    })
    expect(status).toBe(1)
    expect(stdout).toMatch(/\n1 error in 2 files\n::error file=q\/c\.yaml,/)
    expect(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(shell(step?.run ?? '', cwd, { ...env, PATHS: 'p', MAX_WARNINGS: '0' }).status).toBe(0)
    expect(shell(step?.run ?? '', cwd, { ...env, PATHS: 'p', CONFIG: 'no.yaml' }).status).toBe(2)
  }, 20_000)

  test('takes no path for a flag or a command', () => {
    const { status, stderr } = shell(step?.run ?? '', withNpx({}), { ...env, PATHS: '--help\n$(touch x)' })
    expect([status, stderr]).toEqual([2, 'error: `--help` does not exist\n'])
  }, 20_000)
})

describe('the snippets', () => {
  test('for GitHub are a workflow that lints and hands on its report', () => {
    const { jobs, env, permissions } = read('examples/github-workflow-lint.yml') as {
      jobs: { lint: { steps: Step[] } }
      env: Record<string, string>
      permissions: Record<string, string>
    }
    expect(permissions).toEqual({ contents: 'read', 'security-events': 'write' })
    const script = jobs.lint.steps.find(({ run }) => run !== undefined)?.run ?? ''
    const cwd = withNpx({ 'policies/a.yaml': WITH_ERROR })
    expect(shell(script, cwd, env).status).toBe(1)
    expect(JSON.parse(readFileSync(join(cwd, 'scope-policy.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    })
  }, 20_000)

  test('for GitLab are a job that lints and hands on its report', () => {
    const job = (read('examples/gitlab-ci-lint.yml') as Record<string, unknown>)['scope-policy-lint'] as {
      script: string[]
      variables: Record<string, string>
      artifacts: { when: string; reports: { codequality: string } }
    }
    const cwd = withNpx({ 'policies/a.yaml': WITH_ERROR })
    expect(shell(job.script.join('\n'), cwd, job.variables).status).toBe(1)
    expect(job.artifacts.when).toBe('always')
    expect(JSON.parse(readFileSync(join(cwd, job.artifacts.reports.codequality), 'utf8'))).toHaveLength(1)
  }, 20_000)
})
