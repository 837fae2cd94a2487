/** The command line tells the formats where in the repository it was started, and which version it is. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { folderWith, runCli, WITH_ERROR } from '../cli/run-cli.ts'

async function annotated(env: (root: string) => Record<string, string>): Promise<string | undefined> {
  const root = folderWith({ 'packages/api/a.yaml': WITH_ERROR })
  mkdirSync(join(root, 'other'))
  const cwd = join(root, 'packages/api')
  const { stdout } = await runCli(['lint', '--format', 'github', 'a.yaml'], { cwd, env: env(root) })
  return /^::error file=([^,]*),/.exec(stdout)?.[1]
}

test.each([
  ['nothing is known', () => ({}), 'a.yaml'],
  ['GitHub says it', (root: string) => ({ GITHUB_WORKSPACE: root }), 'packages/api/a.yaml'],
  ['GitLab says it', (root: string) => ({ CI_PROJECT_DIR: root }), 'packages/api/a.yaml'],
  [
    'it is the working folder',
    (root: string) => ({ GITHUB_WORKSPACE: join(root, 'packages/api') }),
    'a.yaml',
  ],
  ['it is elsewhere', (root: string) => ({ GITHUB_WORKSPACE: join(root, 'other') }), 'a.yaml'],
  ['it is empty', () => ({ GITHUB_WORKSPACE: '' }), 'a.yaml'],
])('the root of the repository: %s', async (_, env, file) => {
  expect(await annotated(env)).toBe(file)
})

test.each(['github', 'gitlab'])(
  'a file that is named absolutely is reported from there: %s',
  async (format) => {
    const root = folderWith({ 'p/s.yaml': WITH_ERROR, 'q/x.txt': '' })
    const argv = ['lint', join(root, 'p'), '--format', format]
    const named = async (env: Record<string, string>): Promise<string> =>
      (await runCli(argv, { cwd: join(root, 'q'), env })).stdout
    expect(await named({ CI_PROJECT_DIR: root })).toMatch(/(?:file=|"path": ")p\/s\.yaml/)
    expect(await named({ CI_PROJECT_DIR: join(root, 'q') })).toContain(
      join(root, 'p/s.yaml').replace(':', '%3A'),
    )
  },
)

test('a report in a file has neither the colors nor the width of the terminal', async () => {
  const cwd = folderWith({ 'a.yaml': WITH_ERROR.replace('label: ', `label: ${'long '.repeat(40)}`) })
  const plain = await runCli(['lint', 'a.yaml'], { cwd })
  const { stdout } = await runCli(['lint', '--format', 'pretty:page.txt', '--format', 'sarif', 'a.yaml'], {
    cwd,
    isTTY: true,
    env: { FORCE_COLOR: '1' },
  })
  expect(readFileSync(join(cwd, 'page.txt'), 'utf8')).toBe(plain.stdout)
  expect(JSON.parse(stdout)).toMatchObject({
    runs: [{ tool: { driver: { semanticVersion: manifest.version } } }],
  })
})
