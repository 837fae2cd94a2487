/**
 * The hooks with the real pre-commit, where it is installed (`.ci/run` does): the configuration of the docs,
 * with the package as it would be published, and with SCOPE_POLICY_PRE_COMMIT=all the repository itself.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CLEAN, folderWith, WITH_ERROR } from './run-cli.ts'

const ROOT = join(import.meta.dirname, '../..')
const PROGRAM = process.env['PRE_COMMIT'] ?? 'pre-commit'
const installed = spawnSync(PROGRAM, ['--version']).status === 0
const all = installed && process.env['SCOPE_POLICY_PRE_COMMIT'] === 'all'
if (!installed) process.stdout.write('pre-commit is not installed: its tests are skipped\n')

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' })
}

function preCommit(config: string): {
  readonly status: number | null
  readonly stdout: string
  readonly cwd: string
} {
  const cwd = folderWith({
    '.pre-commit-config.yaml': config,
    'a.scopes.yaml': CLEAN,
    'policies/orders.yaml': WITH_ERROR,
    'policies/orders.test.yaml': 'requests: nothing\n',
    'compose.yaml': 'services: nothing\n',
    '--format=compact:/work/scopes.yaml': WITH_ERROR,
  })
  git(cwd, 'init', '--quiet')
  git(cwd, 'add', '.')
  const { status, stdout } = spawnSync(PROGRAM, ['run', '--all-files', '--verbose'], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PRE_COMMIT_HOME: folderWith({}) },
  })
  return { status, stdout, cwd }
}

test.skipIf(!installed)(
  'the configuration of the docs lints what policies usually are called',
  () => {
    const folder = folderWith({})
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    ).trim()
    const docs = readFileSync(join(ROOT, 'docs/how-to/ci.md'), 'utf8')
    const config = /```yaml[^\n]*\n(repos:[\s\S]*?)```/.exec(docs)?.[1] ?? ''
    expect(config).toMatch(/scope-policy@\d/)
    const { status, stdout } = preCommit(config.replace(/scope-policy@[\d.]+/, join(folder, packed)))
    expect([status, stdout]).toEqual([1, expect.stringContaining('2 errors in 3 files')])
    expect(stdout).toContain('policies/orders.yaml:4:19: error')
  },
  300_000,
)

test.skipIf(!all)(
  'the repository itself can be installed as a repository of hooks',
  () => {
    const clone = folderWith({})
    git(clone, 'clone', '--quiet', ROOT, 'hooks')
    const repository = join(clone, 'hooks')
    writeFileSync(join(repository, '.ci/prepare.mjs'), readFileSync(join(ROOT, '.ci/prepare.mjs')))
    git(repository, 'commit', '--quiet', '--all', '--allow-empty', '-m', 'the working tree')
    const rev = git(repository, 'rev-parse', 'HEAD').trim()
    const config = `repos: [{ repo: ${repository}, rev: ${rev}, hooks: [{ id: scope-policy }] }]\n`
    const { status, stdout } = preCommit(config)
    expect([status, stdout]).toEqual([1, expect.stringContaining('2 errors in 3 files')])
  },
  600_000,
)
