/**
 * Each tutorial as a stranger follows it: in an empty folder, with the package as it would be published, every file
 * written and every command pasted in the order of the page. `pages.test.ts` runs them with the working tree.
 *
 * Skipped where npm reaches no registry, since the tutorials begin with `npm install`.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { documentationPages } from './blocks.ts'
import { commandsOf } from './check-block.ts'
import { freePorts, invert, replacePorts } from './ports.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const environment = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
}
const tutorials = documentationPages().filter(({ name }) => name.startsWith('tutorials/'))
const reachesRegistry = spawnSync('npm', ['view', 'jose', 'version', '--fetch-retries=0']).status === 0
if (!reachesRegistry) console.log('test/docs/tutorials.test.ts is skipped: npm reaches no registry')

describe.skipIf(!reachesRegistry)('with the packed package, in an empty folder', () => {
  const work = mkdtempSync(join(tmpdir(), 'scope-policy-tutorials-'))
  const running: ChildProcess[] = []
  let tarball = ''

  beforeAll(() => {
    const packed = spawnSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect(packed.stderr).toBe('')
    tarball = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '')
  }, 120_000)

  afterEach(() => {
    for (const { pid } of running.splice(0)) if (pid !== undefined) process.kill(-pid)
  })

  afterAll(() => {
    rmSync(work, { recursive: true, force: true })
  })

  test('there is one for each of four people', () => {
    expect(tutorials.map(({ name }) => name)).toEqual([
      'tutorials/api.md',
      'tutorials/authorization-server.md',
      'tutorials/gateway.md',
      'tutorials/mcp-server.md',
    ])
  })

  test.each(tutorials.map((page) => [page.name, page] as const))(
    'docs/%s',
    { timeout: 300_000 },
    async (name, { blocks }) => {
      const folder = join(work, name.replace(/\W/g, '-'))
      mkdirSync(folder)
      const ports = await freePorts()
      const bash = (command: string): { readonly printed: string; readonly status: number | null } => {
        const { stdout, stderr, status } = spawnSync('bash', ['-c', replacePorts(command, ports)], {
          cwd: folder,
          env: environment,
          encoding: 'utf8',
        })
        return { printed: replacePorts(stdout + stderr, invert(ports)), status }
      }
      let installs = 0
      for (const { language, words, file, text, line } of blocks) {
        const at = `docs/${name}:${line}`
        if (file !== undefined) writeFileSync(join(folder, file), replacePorts(text, ports))
        else if (words.has('background')) await start(replacePorts(text, ports), folder, ports)
        else if (language === 'console') {
          const printed = commandsOf(text).map((command) => `$ ${command}\n${bash(command).printed}`)
          expect([at, printed.map((one) => one.replace(/\n*$/, '\n')).join('')]).toEqual([at, text])
        } else if (language === 'sh') {
          const command = text.replace(/^npm install scope-policy\b/, () => {
            installs += 1
            return `npm install ${tarball}`
          })
          expect([at, bash(`set -e\n${command}`)]).toMatchObject([at, { status: 0 }])
        }
      }
      expect(installs).toBe(1)
      const { printed } = bash('node -p "require(\'./node_modules/scope-policy/package.json\').version"')
      expect(printed.trim()).toMatch(/^\d+\.\d+\.\d+$/)
    },
  )

  /** Until something listens on one of the ports. */
  async function start(command: string, cwd: string, ports: ReadonlyMap<string, string>): Promise<void> {
    const stdio = ['ignore', 'ignore', 'inherit'] as const
    running.push(spawn('bash', ['-c', command], { cwd, env: environment, detached: true, stdio: [...stdio] }))
    const isUp = (): Promise<boolean> =>
      Promise.any([...ports.values()].map((port) => fetch(`http://127.0.0.1:${port}/`))).then(
        () => true,
        () => false,
      )
    await expect.poll(isUp, { timeout: 60_000 }).toBe(true)
  }
})
