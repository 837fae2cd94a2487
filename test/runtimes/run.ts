/**
 * Compiled policies on the runtimes that they are for: `npm run test:runtimes`.
 *
 * Not a part of `npm test`, since it installs more than a gigabyte. A runtime that cannot be had
 * here is named and left out; one that fails, or answers anything else than the library does in this Node,
 * is a failure.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { folder, prepare } from './prepare.ts'

const here: string = new URL('.', import.meta.url).pathname
/** Not in this folder, where compiler and linter would find a thousand files that are not ours. */
const packages: string = join(here, '..', '..', '.cache', 'runtime-packages')
const installed: string = join(packages, 'node_modules')
const NO_CODE_GENERATION = '--disallow-code-generation-from-strings'

/** A runtime that cannot be had on this machine. */
class NotHere extends Error {}

interface Result {
  readonly right: number
  readonly wrong: readonly string[]
}

/** What a runtime printed last; throws when it printed no result. */
function runs(command: string, ...args: readonly string[]): () => Result {
  return () => {
    if (!existsSync(command)) throw new NotHere('not installed')
    const { stdout, stderr, error } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    })
    if (error !== undefined) throw error
    const line = stdout.trim().split('\n').at(-1) ?? ''
    if (!line.startsWith('{')) throw new Error(stderr.trim().split('\n').slice(0, 5).join(' ') || 'no output')
    return JSON.parse(line) as Result
  }
}

async function onWorker(): Promise<Result> {
  interface Worker {
    readonly dispatchFetch: (url: string) => Promise<{ readonly json: () => Promise<unknown> }>
    readonly dispose: () => Promise<void>
  }
  if (!existsSync(join(installed, 'miniflare'))) throw new NotHere('not installed')
  const { Miniflare } = (await import(join(installed, 'miniflare', 'dist', 'src', 'index.js'))) as {
    Miniflare: new (options: object) => Worker
  }
  process.chdir(folder)
  const worker = new Miniflare({
    modules: true,
    modulesRules: [{ type: 'ESModule', include: ['**/*.js'] }],
    scriptPath: 'on-worker.js',
    compatibilityDate: '2026-07-01',
  })
  try {
    return (await (await worker.dispatchFetch('http://localhost/')).json()) as Result
  } finally {
    await worker.dispose()
  }
}

async function inBrowser(): Promise<Result> {
  interface Browser {
    readonly newPage: () => Promise<{
      readonly goto: (url: string) => Promise<unknown>
      readonly waitForFunction: (text: string, argument: undefined, options: object) => Promise<unknown>
      readonly evaluate: (text: string) => Promise<unknown>
    }>
    readonly close: () => Promise<void>
  }
  const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim()
  if (executablePath === '' || !existsSync(join(installed, 'playwright-core')))
    throw new NotHere('not installed')
  const playwright = (await import(join(installed, 'playwright-core', 'index.mjs'))) as {
    chromium: { readonly launch: (options: object) => Promise<Browser> }
  }
  const server = createServer((request, response) => {
    const name = request.url ?? ''
    // Scripts only from here, and no code made from text.
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'")
    if (name === '/') {
      response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.js"></script>')
      return
    }
    response.setHeader('content-type', 'text/javascript')
    readFile(join(folder, name))
      .then((text) => response.end(text))
      .catch(() => response.writeHead(404).end())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const browser = await playwright.chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('globalThis.result', undefined, { timeout: 20_000 })
    return JSON.parse((await page.evaluate('globalThis.result')) as string) as Result
  } finally {
    await browser.close()
    server.close()
  }
}

const bin = (name: string): string => join(installed, '.bin', name)
const node = (version: string): string => join(installed, `node${version}`, 'bin', 'node')

const RUNTIMES: readonly (readonly [name: string, run: () => Result | Promise<Result>])[] = [
  ...['20', '22', '26'].flatMap((version) => [
    [`node ${version}`, runs(node(version), 'on-console.js')] as const,
    [
      `node ${version} ${NO_CODE_GENERATION}`,
      runs(node(version), NO_CODE_GENERATION, 'on-console.js'),
    ] as const,
  ]),
  [`node ${process.versions.node}`, runs(process.execPath, 'on-console.js')],
  ['bun', runs(bin('bun'), 'on-console.js')],
  // Its code cache answers with an older build that was in the same place.
  [
    'deno',
    runs(
      bin('deno'),
      'run',
      '--no-code-cache',
      '--no-prompt',
      '--allow-read',
      '--allow-env',
      'on-console.js',
    ),
  ],
  ['workerd (miniflare)', onWorker],
  ['chromium', inBrowser],
]

if (!existsSync(installed)) {
  mkdirSync(packages, { recursive: true })
  for (const name of ['package.json', '.npmrc']) copyFileSync(join(here, name), join(packages, name))
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: packages, stdio: 'inherit' })
}
prepare()
for (const [name, run] of RUNTIMES) {
  try {
    const { right, wrong } = await run()
    console.log(`${wrong.length === 0 ? 'ok     ' : 'WRONG  '} ${name}: ${right} answers as expected`)
    for (const line of wrong) console.log(`          ${line}`)
    if (wrong.length > 0 || right === 0) process.exitCode = 1
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.log(`${error instanceof NotHere ? 'not run' : 'FAILED '} ${name}: ${reason}`)
    if (!(error instanceof NotHere)) process.exitCode = 1
  }
}
process.exit()
