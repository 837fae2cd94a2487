import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CLEAN, folderWith, runCli } from './run-cli.ts'

/** A file that is there and cannot be read, whoever runs the tests: a socket. */
async function withUnreadable(): Promise<string> {
  const cwd = folderWith({ 'good.yaml': CLEAN })
  const server = createServer().listen(join(cwd, 'a.yaml'))
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return cwd
}

test.each(['junit', 'json', 'sarif', 'github', 'gitlab', 'compact', 'pretty'])(
  'a file that cannot be read is an error in the format %s, and the exit code is 2',
  async (format) => {
    const argv = ['lint', 'a.yaml', 'good.yaml', '--format', format, '--quiet']
    const { code, stdout, stderr } = await runCli(argv, { cwd: await withUnreadable() })
    expect(code).toBe(2)
    expect(stdout).toContain('cannot be read: it is not a file')
    expect(stderr).toBe('error: `a.yaml` cannot be read: it is not a file\n')
    if (format === 'junit') expect(stdout).toContain('tests="2" failures="1"')
    if (format === 'sarif') {
      expect(stdout).toContain('a document that cannot be read')
      expect(stdout).toContain('"executionSuccessful": false')
    }
    if (format === 'json') {
      expect(JSON.parse(stdout)).toMatchObject({
        summary: { errors: 1 },
        files: [{ path: 'a.yaml', diagnostics: [{ code: 'no-answer', severity: 'error' }] }, {}],
      })
    }
  },
)

test.each(['--fix', '--fix-dry-run'])('with %s as well', async (flag) => {
  const argv = ['lint', 'a.yaml', '--format', 'compact', flag]
  const { code, stdout, stderr } = await runCli(argv, { cwd: await withUnreadable() })
  expect(code).toBe(2)
  expect(stdout + stderr).toContain('a.yaml:1:1: error: `a.yaml` cannot be read')
})

test.each([
  ['a file that is not there', 'no.yaml'],
  ['a folder without documents', 'empty'],
])('%s has no report at all', async (_, path) => {
  const cwd = folderWith({ 'good.yaml': CLEAN, 'empty/readme.md': '' })
  const { code, stdout } = await runCli(['lint', 'good.yaml', path, '--format', 'junit'], { cwd })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})
