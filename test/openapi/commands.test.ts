/** The commands `coverage`, `import` and `init`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lint } from '../../src/lint/index.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'

const API = `openapi: 3.0.3
info: { title: Shop, version: '1' }
components:
  securitySchemes:
    o: { type: oauth2, flows: { implicit: { scopes: { read: Read it, write: Write it } } } }
paths:
  /orders/{id}:
    get: { operationId: "get\\e[31mOrder", security: [{ o: [read] }] }
    delete: { security: [{ o: [write] }] }
  /orders/me:
    get: { security: [{ o: [write] }] }
  /health:
    get: { security: [] }
`
const POLICY = `read:
  label: Read it
  endpoints:
    - orders/a*: GET
    - nowhere: GET
`

describe('coverage', () => {
  const folder = (): string => folderWith({ 'scopes.yaml': POLICY, 'api.yaml': API })

  test.each(['pretty', 'markdown', 'json'])('prints %s', async (format) => {
    const outcome = await runCli(['coverage', 'scopes.yaml', 'api.yaml', '--format', format], {
      cwd: folder(),
    })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toBe('')
    expect(outcome.stdout).not.toContain('\u001b')
    await expect(outcome.stdout).toMatchFileSnapshot(
      join(import.meta.dirname, 'documents', `coverage.${format}.txt`),
    )
  })

  test.each([
    [['--fail-on', 'none'], 0],
    [['--fail-on', 'unused'], 1],
    [['--fail-on', 'undeclared'], 0],
    [['--server-path', '/elsewhere', '--fail-on', 'partly'], 0],
    [['--fail-on', 'nonsense'], 2],
  ])('%j ends with %i', async (flags, code) => {
    expect((await runCli(['coverage', 'scopes.yaml', 'api.yaml', ...flags], { cwd: folder() })).code).toBe(
      code,
    )
  })

  test('has no answer without its files, and says where a document ends to be one', async () => {
    const cwd = folderWith({ 'scopes.yaml': POLICY, 'bad.yaml': 'openapi: 3.1.0\na: [' })
    expect((await runCli(['coverage', 'scopes.yaml', 'gone.yaml'], { cwd })).code).toBe(2)
    const { code, stderr } = await runCli(['coverage', 'scopes.yaml', 'bad.yaml'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: bad\.yaml:\d+:\d+: this is not an OpenAPI document that can be used: /)
    expect((await runCli(['coverage', '-', '-'], { cwd })).code).toBe(2)
  })
})

describe('import', () => {
  test('prints a policy, or writes one that is not there yet', async () => {
    const cwd = folderWith({ 'api.yaml': API })
    const printed = await runCli(['import', 'api.yaml'], { cwd })
    expect(printed.code).toBe(0)
    expect(printed.stdout).toContain('    - orders/*: [GET]\n')
    expect(printed.stderr).toContain('[operation-without-scopes]')
    expect((await runCli(['import', '-'], { cwd, stdin: API })).stdout).toBe(printed.stdout)
    expect((await runCli(['import', 'api.yaml', '-o', 's.yaml'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 's.yaml'), 'utf8')).toBe(printed.stdout)
    const again = await runCli(['import', 'api.yaml', '-o', 's.yaml'], { cwd })
    expect([again.code, again.stderr]).toEqual([2, 'error: `s.yaml` is there already; --force replaces it\n'])
    expect((await runCli(['import', 'api.yaml', '-o', 's.yaml', '--force'], { cwd })).code).toBe(0)
    expect((await runCli(['import', 'api.yaml', '-o', 'api.yaml', '--force'], { cwd })).code).toBe(2)
    expect((await runCli(['coverage', 's.yaml', 'api.yaml', '--fail-on', 'unmet'], { cwd })).code).toBe(0)
  })

  test('writes nothing where there are no scopes', async () => {
    const cwd = folderWith({ 'api.yaml': 'openapi: 3.1.0\npaths: {}\n' })
    const { code, stdout } = await runCli(['import', 'api.yaml'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
  })
})

describe('init', () => {
  test('writes a document that lints clean, and replaces none', async () => {
    const cwd = folderWith({})
    expect((await runCli(['init'], { cwd })).code).toBe(0)
    const text = readFileSync(join(cwd, 'scopes.yaml'), 'utf8')
    expect(lint(text)).toEqual([])
    expect((await runCli(['init'], { cwd })).code).toBe(2)
    expect((await runCli(['init', 'other.yaml'], { cwd })).code).toBe(0)
  })
})
