/** Links that are named on the command line, as a glob of the shell names what a pull request has added. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/cli/exit-code.ts'
import { refuseLinkedOutput, refuseLinks } from '../../src/cli/io/links.ts'
import { folderWith, GOOD, runCli } from './run-cli.ts'

const API = `openapi: 3.1.0
info: { title: Workers, version: '1' }
paths:
  /workers/me:
    get: { security: [{ oauth: [profile] }], responses: {} }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { authorizationCode: { authorizationUrl: /a, tokenUrl: /t, scopes: { profile: Profile } } }
`
const TABLE = 'requests: [{ GET /workers/me: [profile] }]\n'

function repository(): string {
  const folder = folderWith({
    'outside/secret.yaml': 'password: hunter2\n',
    'outside/secret.test.yaml': 'password: hunter2\n',
    'repository/real.yaml': GOOD,
    'repository/real.test.yaml': TABLE,
    'repository/api.yaml': API,
  })
  const cwd = join(folder, 'repository')
  symlinkSync('../outside/secret.yaml', join(cwd, 'link.yaml'))
  symlinkSync('../outside/secret.test.yaml', join(cwd, 'link.test.yaml'))
  symlinkSync('../outside', join(cwd, 'folder'))
  symlinkSync('real.yaml', join(cwd, 'inside.yaml'))
  mkdirSync(join(cwd, 'sub'))
  return cwd
}

test.each([
  [['lint', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['lint', 'real.yaml', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['lint', 'folder'], '`folder` is a symbolic link'],
  [['lint', 'folder/secret.yaml'], '`folder` on the way to `folder/secret.yaml` is a symbolic link'],
  [['lint', 'folder/*.yaml'], ''],
  [['lint', 'link.yaml', '--fix'], '`link.yaml` is a symbolic link'],
  [['test', 'link.test.yaml'], '`link.test.yaml` is a symbolic link'],
  [['test', '--generate', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['diff', 'real.yaml', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['diff', 'link.yaml', 'real.yaml'], '`link.yaml` is a symbolic link'],
  [['coverage', 'link.yaml', 'api.yaml'], '`link.yaml` is a symbolic link'],
  [['coverage', 'real.yaml', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['check', 'link.yaml', '--scopes', 'a', 'GET', '/a'], '`link.yaml` is a symbolic link'],
  [['build', 'link.yaml', '-o', '-'], '`link.yaml` is a symbolic link'],
  [['consent', 'link.yaml', '--scopes', 'a'], '`link.yaml` is a symbolic link'],
  [
    [
      'serve',
      'link.yaml',
      '--issuer',
      'https://a.example',
      '--audience',
      'a',
      '--jwks',
      'https://a.example/k',
    ],
    '`link.yaml` is a symbolic link',
  ],
  [['serve', '--config', 'link.yaml'], '`link.yaml` is a symbolic link'],
  [['import', 'folder/secret.yaml'], '`folder` on the way to `folder/secret.yaml` is a symbolic link'],
])('%j shows no line of a file outside', async (argv, message) => {
  const { code, stdout, stderr } = await runCli(argv, { cwd: repository() })
  expect(code).toBe(2)
  expect(stdout + stderr).not.toContain('hunter2')
  expect(stderr).toContain(message)
  if (message !== '') expect(stderr).toMatch(/leads out of the working folder, to `.*`; .*--follow-links\n$/)
})

test('one that a glob names from a folder beside is refused as well', async () => {
  const { code, stdout, stderr } = await runCli(['lint', '../link.yaml'], { cwd: join(repository(), 'sub') })
  expect(code).toBe(2)
  expect(stdout + stderr).not.toContain('hunter2')
})

test('is read with --follow-links', async () => {
  const cwd = repository()
  expect((await runCli(['lint', 'link.yaml', '--follow-links'], { cwd })).stdout).toContain('hunter2')
  expect((await runCli(['test', 'link.test.yaml', '--follow-links'], { cwd })).stdout).toContain('password')
  for (const argv of [
    ['diff', 'real.yaml', 'link.yaml'],
    ['coverage', 'link.yaml', 'api.yaml'],
  ]) {
    expect((await runCli([...argv, '--follow-links'], { cwd })).stderr).toContain('hunter2')
  }
  const { stderr } = await runCli(['import', 'link.yaml', '--follow-links'], { cwd })
  expect(stderr).toContain('this is not an OpenAPI document')
})

test.each([
  ['lint', 'real.yaml', '--format', 'json:OUTPUT'],
  ['lint', 'real.yaml', '--format', 'pretty', '--format', 'sarif:OUTPUT'],
  ['test', 'real.test.yaml', '--format', 'junit:OUTPUT'],
  ['test', '--generate', 'real.yaml', '--force', '--output', 'OUTPUT'],
  ['import', 'api.yaml', '--force', '--output', 'OUTPUT'],
  ['init', '--force', 'OUTPUT'],
])('nothing is written to a file outside: %s %s %s %s %s', async (...argv) => {
  const cwd = repository()
  const kept = join(cwd, '../outside/secret.yaml')
  symlinkSync('../outside/new.yaml', join(cwd, 'dangling.yaml'))
  const to = (output: string): string[] => argv.map((word) => word.replace('OUTPUT', output))
  for (const output of ['link.yaml', 'folder/secret.yaml', 'folder/new.yaml', 'dangling.yaml']) {
    const { code, stdout, stderr } = await runCli(to(output), { cwd })
    expect([output, code, stdout]).toEqual([output, 2, ''])
    expect(stderr).toContain('is a symbolic link')
  }
  expect(readFileSync(kept, 'utf8')).toBe('password: hunter2\n')
  expect(existsSync(join(cwd, '../outside/new.yaml'))).toBe(false)
  // To a file inside, and to one that was typed without a link.
  symlinkSync('other.txt', join(cwd, 'inside.txt'))
  writeFileSync(join(cwd, 'other.txt'), '')
  for (const output of ['inside.txt', '../outside/typed.txt', 'sub/new.txt']) {
    expect([output, (await runCli(to(output), { cwd })).code]).toEqual([output, 0])
  }
  expect(readFileSync(join(cwd, 'other.txt'), 'utf8')).not.toBe('')
  expect((await runCli([...to('link.yaml'), '--follow-links'], { cwd })).code).toBe(0)
  expect(readFileSync(kept, 'utf8')).not.toContain('hunter2')
})

test('build writes no module into a folder outside', async () => {
  const cwd = repository()
  for (const output of ['folder/new.js', 'folder/new.json']) {
    const { code, stderr } = await runCli(['build', 'real.yaml', '-o', output], { cwd })
    expect([code, existsSync(join(cwd, '../outside', output.slice(7)))]).toEqual([2, false])
    expect(stderr).toContain('`folder` on the way to')
    expect((await runCli(['build', 'real.yaml', '-o', output, '--follow-links'], { cwd })).code).toBe(0)
  }
})

test.skipIf(process.platform === 'win32')('devices and pipes are links that may be written to', async () => {
  const cwd = repository()
  for (const path of ['/dev/stdout', '/dev/stderr', '/dev/null', '/dev/fd/63']) {
    await expect(refuseLinkedOutput(path, cwd)).resolves.toBeUndefined()
  }
})

test('is read where it stays inside, and a file outside where no link leads there', async () => {
  const cwd = repository()
  for (const path of ['inside.yaml', join(cwd, 'inside.yaml')]) {
    expect((await runCli(['lint', path], { cwd })).code).toBe(0)
  }
  expect((await runCli(['lint', '../outside/secret.yaml'], { cwd })).stdout).toContain('hunter2')
  expect((await runCli(['lint', '../real.yaml'], { cwd: join(cwd, 'sub') })).code).toBe(0)
})

test('a document that is mounted by Kubernetes is a link beside its file, and is read', async () => {
  const cwd = repository()
  mkdirSync(join(cwd, '../etc/..2026_01_01'), { recursive: true })
  writeFileSync(join(cwd, '../etc/..2026_01_01/scopes.yaml'), GOOD)
  symlinkSync('..2026_01_01', join(cwd, '../etc/..data'))
  symlinkSync('..data/scopes.yaml', join(cwd, '../etc/scopes.yaml'))
  for (const path of [join(cwd, '../etc/scopes.yaml'), '../etc/scopes.yaml']) {
    const argv = ['check', path, '--scopes', 'profile', 'GET', '/workers/me']
    expect((await runCli(argv, { cwd })).code).toBe(0)
  }
  // A folder that is a link itself is not where the file lies.
  symlinkSync('../etc', join(cwd, 'mounted'))
  const argv = ['check', 'mounted/scopes.yaml', '--scopes', 'profile', 'GET', '/workers/me']
  expect((await runCli(argv, { cwd })).code).toBe(2)
  expect((await runCli([...argv, '--follow-links'], { cwd })).code).toBe(0)
})

test.each([
  [['lint', 'real.yaml'], '.scope-policyrc.yaml'],
  [['lint', 'sub/real.yaml'], '.scope-policyrc.yaml'],
  [['lint', '--stdin', '--stdin-filename', 'new.yaml'], '.scope-policyrc.yaml'],
  [['lint', 'real.yaml', '--config', '.scope-policyrc.yaml'], '.scope-policyrc.yaml'],
  [
    ['lint', '--stdin', '--stdin-filename', 'folder/new.yaml'],
    'folder` on the way to `folder/.scope-policyrc.yaml',
  ],
])('%j shows no line of a configuration outside', async (argv, name) => {
  const cwd = repository()
  writeFileSync(join(cwd, '../outside/.scope-policyrc.yaml'), 'password: hunter2\n')
  writeFileSync(join(cwd, 'sub/real.yaml'), GOOD)
  symlinkSync('../outside/secret.yaml', join(cwd, '.scope-policyrc.yaml'))
  const { code, stdout, stderr } = await runCli(argv, { cwd, stdin: GOOD })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).not.toContain('hunter2')
  expect(stderr).toContain(`error: \`${name}\` is a symbolic link that leads out of the working folder`)
  expect(stderr).toMatch(/; name that file with --config, or use --follow-links\n$/)
  expect((await runCli([...argv, '--follow-links'], { cwd, stdin: GOOD })).stderr).toContain('hunter2')
})

test('a configuration is read where no link leads out, and no longer looked at with --no-config', async () => {
  const cwd = repository()
  writeFileSync(join(cwd, 'sub/real.yaml'), GOOD)
  symlinkSync('rules.yaml', join(cwd, '.scope-policyrc.yaml'))
  writeFileSync(join(cwd, 'rules.yaml'), 'ignore: [real.yaml]\n')
  expect((await runCli(['lint', 'real.yaml'], { cwd })).stderr).toContain('is ignored')
  expect((await runCli(['lint', '../outside/secret.yaml'], { cwd })).stdout).toContain('hunter2')
  symlinkSync('../../outside/secret.yaml', join(cwd, 'sub/.scope-policyrc.yaml'))
  expect((await runCli(['lint', 'sub/real.yaml', '--no-config'], { cwd })).code).toBe(0)
  const named = ['lint', 'real.yaml', '--config', '../outside/secret.yaml']
  expect((await runCli(named, { cwd })).stderr).toContain('hunter2')
})

test('what is gone after it was found is a usage message, and no fault of ours', async () => {
  const gone = refuseLinks('gone.yaml', repository())
  await expect(gone).rejects.toThrow('`gone.yaml` cannot be read: it does not exist')
  await expect(gone).rejects.toThrow(UsageError)
})
