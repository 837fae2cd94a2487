/** The same command line as its own process, run from its sources by Node's type stripping. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, GOOD, WITH_ERROR } from './run-cli.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

function start(
  argv: readonly string[],
  cwd: string,
  input?: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...argv], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    ...(input === undefined ? {} : { input }),
  })
}

test('findings go to standard output and the exit code follows them', () => {
  const cwd = folderWith({ 'a.yaml': WITH_ERROR })
  const { status, stdout, stderr } = start(['lint', '.'], cwd)
  expect([status, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(/^a\.yaml:4:19: error: [^\u001b]*\n1 error in 1 file\n$/)
})

test('standard input is read to its end', () => {
  const { status, stdout } = start(
    ['check', '-', '--scopes', 'profile', 'GET', '/workers/me'],
    folderWith({}),
    GOOD,
  )
  expect([status, stdout.split('\n')[0]]).toEqual([0, 'allowed: GET /workers/me'])
})

test('usage errors go to standard error', () => {
  const { status, stdout, stderr } = start(['lint', 'nowhere'], folderWith({}))
  expect([status, stdout, stderr]).toEqual([2, '', 'error: `nowhere` does not exist\n'])
})

test('a reader that goes away is no error', async () => {
  const many = Array.from({ length: 4000 }, (_, at) => `    - p${at}: get\n`).join('')
  const cwd = folderWith({ 'a.yaml': `a:\n  label: Read notes\n  endpoints:\n${many}` })
  const child = spawn(process.execPath, [MAIN, 'lint', 'a.yaml'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((done) => child.once('close', done))
  expect([code, stderr]).toEqual([0, ''])
})

test('a long report into a pipe arrives whole', () => {
  const many = Array.from({ length: 4000 }, (_, at) => `    - p${at}: get\n`).join('')
  const cwd = folderWith({ 'a.yaml': `a:\n  label: Read notes\n  endpoints:\n${many}` })
  const { status, stdout } = start(['lint', 'a.yaml'], cwd)
  expect([status, stdout.match(/ warning: /g)?.length]).toEqual([0, 4000])
  expect(stdout).toMatch(/\n\n4000 warnings in 1 file\n$/)
})

test.skipIf(!existsSync('/dev/full'))('a full disk on standard output is reported, with exit code 2', () => {
  const cwd = folderWith({ 'a.yaml': WITH_ERROR })
  const full = openSync('/dev/full', 'w')
  for (const argv of [['lint', 'a.yaml'], ['--help'], ['init', '--help']]) {
    const stdio = ['ignore', full, 'pipe'] as const
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...argv], {
      cwd,
      encoding: 'utf8',
      stdio: [...stdio],
    })
    expect(stderr).toBe('error: standard output cannot be written: no space left on the device\n')
    expect(status).toBe(2)
  }
  closeSync(full)
})
