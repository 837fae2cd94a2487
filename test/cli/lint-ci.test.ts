/** What is ready to be used in CI is YAML of the right form, and its command lines run. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { folderWith, CLEAN as GOOD, runCli, WITH_ERROR } from './run-cli.ts'

const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/cli/main.ts')

function read(name: string): unknown {
  return parse(readFileSync(join(ROOT, name), 'utf8'), { strict: true })
}

/** A folder with a program `npm` that installs the command line from its sources, and these files. */
function withNpm(files: Readonly<Record<string, string>>): string {
  const bin = `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`
  const npm = `#!/bin/sh
case " $* " in *" --ignore-scripts "*"scope-policy@${manifest.version} ") ;; *) echo "npm $*" >&2; exit 9;; esac
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin" && cp "$SHIM" "$2/node_modules/.bin/scope-policy"
`
  const cwd = folderWith({ ...files, 'bin/npm': npm, 'bin/shim': bin })
  for (const name of ['bin/npm', 'bin/shim']) chmodSync(join(cwd, name), 0o755)
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
    env: { PATH: path, RUNNER_TEMP: folderWith({}), SHIM: join(cwd, 'bin/shim'), ...env },
  })
}

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly 'working-directory'?: string
}

describe('the hooks for pre-commit', () => {
  const hooks = read('.pre-commit-hooks.yaml') as {
    id: string
    entry: string
    language: string
    files: string
    exclude: string
    types: string[]
  }[]

  test('have what pre-commit asks for', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['scope-policy', 'scope-policy-fix'])
    for (const { language, files, exclude, types } of hooks) {
      expect([language, types]).toEqual(['node', ['yaml']])
      const isLinted = (name: string): boolean =>
        new RegExp(files).test(name) && !new RegExp(exclude).test(name)
      for (const name of ['scopes.yaml', 'a/b/scopes.yml', 'a/mail.scopes.yaml', 'policies/orders.yaml'])
        expect([name, isLinted(name)]).toEqual([name, true])
      for (const name of [
        'scopes.test.yaml',
        'docker-compose.yml',
        'myscopes.yaml',
        'policies/orders.test.yaml',
      ])
        expect([name, isLinted(name)]).toEqual([name, false])
    }
  })

  test.each(hooks.map(({ id, entry }) => [id, entry]))('%s runs: %s', async (_, entry) => {
    const [program, ...argv] = entry.split(' ')
    expect(program).toBe('scope-policy')
    const cwd = folderWith({ 'scopes.yaml': GOOD, 'bad.scopes.yaml': WITH_ERROR })
    expect((await runCli([...argv, 'scopes.yaml'], { cwd })).code).toBe(0)
    expect((await runCli([...argv, 'scopes.yaml', 'bad.scopes.yaml'], { cwd })).code).toBe(1)
    const hostile = '--format=compact:scopes.yaml'
    writeFileSync(join(cwd, hostile), WITH_ERROR)
    expect((await runCli([...argv, hostile], { cwd })).code).toBe(1)
    expect(readFileSync(join(cwd, 'scopes.yaml'), 'utf8')).toBe(GOOD)
  })
})

describe('the action for GitHub', () => {
  const action = read('action.yml') as {
    inputs: Record<string, { description: string; default?: string }>
    runs: { using: string; steps: Step[] }
  }
  const [step] = action.runs.steps
  const env = { ...Object.fromEntries(Object.keys(step?.env ?? {}).map((name) => [name, ''])), ACTION: ROOT }

  test('is composite, and its script reads inputs as variables only', () => {
    expect(action.runs.using).toBe('composite')
    expect(step?.run).not.toContain('${{')
    const used = Object.values(step?.env ?? {}).map(
      (text) => /^\$\{\{ (?:inputs|github)\.([\w-]+) \}\}$/.exec(text)?.[1],
    )
    expect(used).toEqual([...Object.keys(action.inputs), 'action_path'])
  })

  test('lints every path of its input, with annotations', () => {
    const cwd = withNpm({ 'p/a b.yaml': GOOD, 'q/c.yaml': WITH_ERROR })
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
    const { status, stderr } = shell(step?.run ?? '', withNpm({}), { ...env, PATHS: '--help\n$(touch x)' })
    expect([status, stderr]).toEqual([2, 'error: `--help` does not exist\n'])
  }, 20_000)
})

/** The scripts of steps, each in its folder. */
function scriptOf(steps: readonly Step[]): string {
  const scripts = steps.flatMap(({ run, 'working-directory': folder }) => {
    if (run === undefined) return []
    return folder === undefined ? [run] : [`pushd "$RUNNER_TEMP" > /dev/null\n${run}\npopd > /dev/null`]
  })
  return scripts.join('\n')
}

describe('the snippets', () => {
  test('for GitHub are a workflow that lints and hands on its report', () => {
    const { jobs, env, permissions } = read('examples/github-workflow-lint.yml') as {
      jobs: { lint: { steps: Step[] } }
      env: Record<string, string>
      permissions: Record<string, string>
    }
    expect(permissions).toEqual({ contents: 'read', 'security-events': 'write' })
    const script = scriptOf(jobs.lint.steps)
    const cwd = withNpm({ 'policies/a.yaml': WITH_ERROR })
    expect(env).toEqual({ VERSION: manifest.version })
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
    const cwd = withNpm({ 'policies/a.yaml': WITH_ERROR })
    expect(job.variables).toEqual({ VERSION: manifest.version })
    expect(shell(job.script.join('\n'), cwd, job.variables).status).toBe(1)
    expect(job.artifacts.when).toBe('always')
    expect(JSON.parse(readFileSync(join(cwd, job.artifacts.reports.codequality), 'utf8'))).toHaveLength(1)
  }, 20_000)
})

/** A registry on this machine with one package, whose command prints a word. */
async function registryOf(word: string): Promise<{ readonly url: string; readonly asked: string[] }> {
  const print = `#!/usr/bin/env node\nconsole.log(${JSON.stringify(word)})\n`
  const { version } = manifest
  const install = `node -e "require('fs').writeFileSync(process.env.RAN, '')"`
  const own = { name: 'scope-policy', version, bin: 'x.js', scripts: { install, postinstall: install } }
  const folder = folderWith({ 'package/package.json': JSON.stringify(own), 'package/x.js': print })
  const packed = execFileSync('tar', ['-cz', 'package'], { cwd: folder })
  const integrity = `sha512-${createHash('sha512').update(packed).digest('base64')}`
  const asked: string[] = []
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(url)
    if (url.endsWith('.tgz')) return response.end(packed)
    const dist = { tarball: `http://${headers.host ?? ''}/x.tgz`, integrity }
    response.setHeader('content-type', 'application/json')
    const document = {
      name: own.name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...own, dist } },
    }
    return response.end(JSON.stringify(document))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

describe('a pull request cannot say which code runs', () => {
  const steps = (name: string): string =>
    scriptOf(
      Object.values((read(name) as { jobs: Record<string, { steps: Step[] }> }).jobs)[0]?.steps.slice(0, 4) ??
        [],
    )
  const scripts: readonly (readonly [string, string])[] = [
    ['action.yml', (read('action.yml') as { runs: { steps: Step[] } }).runs.steps[0]?.run ?? ''],
    ['examples/github-workflow-lint.yml', steps('examples/github-workflow-lint.yml')],
    ['examples/github-workflow-diff.yml', steps('examples/github-workflow-diff.yml')],
    [
      'examples/gitlab-ci-lint.yml',
      (read('examples/gitlab-ci-lint.yml') as Record<string, { script: string[] }>)[
        'scope-policy-lint'
      ]?.script.join('\n') ?? '',
    ],
  ]

  test.each(scripts)(
    'by .npmrc and node_modules in the checkout: %s',
    async (_, script) => {
      expect(script).not.toContain('npx')
      const [real, forged] = [await registryOf('REAL PACKAGE'), await registryOf('PULL REQUEST CODE')]
      const evil = '#!/bin/sh\necho PULL REQUEST CODE\n'
      const cwd = folderWith({
        '.npmrc': `registry=${forged.url}\nignore-scripts=false\nprefix=.\n`,
        'package.json': '{ "name": "x", "workspaces": ["*"], "overrides": { "scope-policy": "file:evil" } }',
        'evil/package.json': '{ "name": "scope-policy", "version": "0.1.0" }',
        'node_modules/.bin/scope-policy': evil,
        'scope-policy/.npmrc': `registry=${forged.url}\n`,
      })
      chmodSync(join(cwd, 'node_modules/.bin/scope-policy'), 0o755)
      const home = folderWith({ '.npmrc': `registry=${real.url}\n` })
      const ran = join(home, 'ran')
      const env = {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        RAN: ran,
        RUNNER_TEMP: folderWith({}),
        VERSION: manifest.version,
        ACTION: ROOT,
        GITHUB_OUTPUT: join(home, 'output'),
        GITHUB_STEP_SUMMARY: join(home, 'summary'),
        BASE: 'main',
        POLICY: 'scopes.yaml',
      }
      const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
      const [status] = (await once(child, 'close')) as [number | null]
      if (existsSync(join(cwd, 'comment.md'))) output += readFileSync(join(cwd, 'comment.md'), 'utf8')
      expect([status, output]).toEqual([0, expect.stringContaining('REAL PACKAGE')])
      expect(output).not.toContain('PULL REQUEST CODE')
      expect([forged.asked, existsSync(ran)]).toEqual([[], false])
    },
    60_000,
  )

  test.each([0, 1, 2, 134, 137])('and the comparison ends well with exit code %d only up to 1', (code) => {
    const { jobs } = read('examples/github-workflow-diff.yml') as { jobs: { diff: { steps: Step[] } } }
    const script = jobs.diff.steps.find(({ run }) => run?.includes(' diff ') === true)?.run ?? ''
    const temp = folderWith({ 'scope-policy/node_modules/.bin/scope-policy': `#!/bin/sh\nexit ${code}\n` })
    chmodSync(join(temp, 'scope-policy/node_modules/.bin/scope-policy'), 0o755)
    const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') }
    const env = { RUNNER_TEMP: temp, BASE: 'main', POLICY: 'scopes.yaml', ...files }
    expect(shell(script, folderWith({}), env).status === 0).toBe(code <= 1)
  })
})
