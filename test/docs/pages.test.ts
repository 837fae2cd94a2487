/**
 * Every page of the documentation is executed: files are written, commands run in their order, servers started and sent
 * requests, and what is printed must be what the page says. What cannot run is checked: documents load, code has the
 * right types, commands and flags are known. `UPDATE_GOLDEN=1` writes the outputs into the pages.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Block, DOCS, documentationPages, type DocumentationPage } from './blocks.ts'
import { commandsOf, problemsOf } from './check-block.ts'
import { freePorts, invert, replacePorts } from './ports.ts'
import { type Script, typeErrors } from './types.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WORK = join(ROOT, '.cache', 'docs')
const RUN = fileURLToPath(new URL('run/', import.meta.url))
/** What pages have beside them that do not write it themselves. */
const DEFAULT_DOCUMENT = /file=scopes\.yaml\n(.*?)^```$/ms.exec(
  readFileSync(join(DOCS, 'index.md'), 'utf8'),
)?.[1]
const pages = documentationPages()
const folderOf = ({ name }: DocumentationPage): string => join(WORK, name.replace(/\.md$/, ''))
let environment: NodeJS.ProcessEnv
let tokens: Readonly<Record<'profile' | 'expired', string>>

beforeAll(async () => {
  rmSync(WORK, { recursive: true, force: true })
  const bin = join(WORK, 'bin')
  mkdirSync(bin, { recursive: true })
  const node = process.execPath
  writeFileSync(join(bin, 'scope-policy'), `#!/bin/sh\nexec "${node}" "${ROOT}dist/cli.js" "$@"\n`)
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n')
  symlinkSync(node, join(bin, 'node'))
  for (const name of ['scope-policy', 'npx']) chmodSync(join(bin, name), 0o755)
  for (const page of pages) {
    const files = new Map([['scopes.yaml', DEFAULT_DOCUMENT ?? '']])
    for (const { file, text } of page.blocks) if (file !== undefined) files.set(file, text)
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folderOf(page), file)), { recursive: true })
      writeFileSync(join(folderOf(page), file), text)
    }
  }
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const mint = (expires: string): Promise<string> =>
    new SignJWT({ scope: 'profile' })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer('https://login.example')
      .setAudience('https://api.example')
      .setExpirationTime(expires)
      .sign(privateKey)
  tokens = { profile: await mint('1h'), expired: await mint('-1h') }
  environment = {
    ...process.env,
    FORCE_COLOR: undefined,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
    NODE_OPTIONS: `--import ${join(RUN, 'preload.mjs')}`,
    TEST_JWKS: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256' }] }),
  }
})

describe.each(pages.map((page) => [page.name, page] as const))('docs/%s', (_, page) => {
  const running: ChildProcess[] = []

  afterAll(() => {
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid)
  })

  test('has blocks that parse, and commands that exist', async () => {
    const found: string[] = []
    for (const block of page.blocks)
      for (const problem of await problemsOf(block)) found.push(`line ${block.line}: ${problem}`)
    expect(found).toEqual([])
  })

  const steps = page.blocks.filter(isStep)
  if (steps.length === 0) return
  test('does what it says', async () => {
    const ports = await freePorts()
    const here = (text: string): string => replacePorts(text, ports)
    const there = (text: string): string => replacePorts(text, invert(ports))
    const folder = folderOf(page)
    for (const { file } of page.blocks) {
      if (file === undefined) continue
      writeFileSync(join(folder, file), here(readFileSync(join(folder, file), 'utf8')))
    }
    for (const block of steps) {
      const at = `docs/${page.name}:${block.line}`
      if (block.words.has('background')) await start(here(block.text), folder, ports)
      else if (serves(block))
        expect([at, await answers(block, folder, ports)]).toEqual([at, [200, 403, ...denials(block)]])
      else if (block.language === 'sh')
        expect([at, bash(`set -e\n${here(block.text)}echo done`, folder)]).toEqual([
          at,
          expect.stringMatching(/^done$/m),
        ])
      else if (block.language === 'console') {
        const printed = commandsOf(block.text).map(
          (command) => `$ ${command}\n${there(bash(here(command), folder))}`,
        )
        expectText(page, block, printed.map((text) => text.replace(/\n*$/, '\n')).join(''))
      } else {
        const output = page.blocks[page.blocks.indexOf(block) + 1]
        if (output !== undefined) expectText(page, output, there(bash(`node ${block.file ?? ''}`, folder)))
      }
    }
  })

  /** Until something listens on one of the ports. */
  async function start(command: string, folder: string, ports: ReadonlyMap<string, string>): Promise<void> {
    const child = spawn('bash', ['-c', command], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    running.push(child)
    const isUp = (): Promise<boolean> =>
      Promise.any([...ports.values()].map((port) => fetch(`http://127.0.0.1:${port}/`))).then(
        () => true,
        () => false,
      )
    await expect.poll(isUp, { timeout: 20_000 }).toBe(true)
  }

  /** The statuses of a request that is allowed, one whose scopes do not suffice, one without a token, one that expired. */
  async function answers(
    block: Block,
    folder: string,
    ports: ReadonlyMap<string, string>,
  ): Promise<readonly number[]> {
    const prefix = serves(block) === 'route' ? '/api' : ''
    const url = `http://127.0.0.1:${ports.get('3000') ?? ''}${prefix}/workers/me`
    const authorization = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })
    const requests = [
      { method: 'GET', url, headers: authorization(tokens.profile) },
      { method: 'DELETE', url, headers: authorization(tokens.profile) },
      { method: 'GET', url, headers: {} },
      { method: 'GET', url, headers: authorization(tokens.expired) },
    ]
    if (serves(block) !== 'server') {
      const args = [
        join(RUN, 'drive.mjs'),
        serves(block) ?? '',
        join(folder, block.file ?? ''),
        JSON.stringify(requests),
      ]
      const { stdout, stderr } = spawnSync(process.execPath, args, { env: environment, encoding: 'utf8' })
      if (stderr !== '') throw new Error(stderr)
      return JSON.parse(stdout) as number[]
    }
    await start(`node ${block.file ?? ''}`, folder, ports)
    const statuses: number[] = []
    for (const { method, headers } of requests) {
      const answer = await fetch(url, { method, headers })
      await answer.arrayBuffer()
      statuses.push(answer.status)
    }
    return statuses
  }
})

test('the scripts of all pages have the types of the package', () => {
  const scripts = pages.flatMap((page) =>
    page.blocks.flatMap((block, index): readonly Script[] => {
      if (!['js', 'ts', 'tsx'].includes(block.language)) return []
      const extension = { js: 'mjs', ts: 'mts' }[block.language] ?? 'tsx'
      const file = join(folderOf(page), block.file ?? `block-${index}.${extension}`)
      return [{ file, text: block.text, isFragment: block.file === undefined }]
    }),
  )
  expect(scripts.length).toBeGreaterThan(40)
  expect(typeErrors(WORK, scripts)).toEqual([])
})

function isStep(block: Block, index: number, all: readonly Block[]): boolean {
  const { language, words, file } = block
  if (words.has('not-run')) return false
  if (language === 'console' || words.has('run') || words.has('background') || serves(block) !== undefined)
    return true
  return file !== undefined && language === 'js' && all[index + 1]?.words.has('output') === true
}

function serves({ words }: Block): 'server' | 'fetch' | 'route' | 'authorizer' | undefined {
  if (words.has('serves')) return 'server'
  return (['fetch', 'route', 'authorizer'] as const).find((kind) => words.has(`serves=${kind}`))
}

/** An authorizer has no status but 403. */
function denials(block: Block): readonly number[] {
  return serves(block) === 'authorizer' ? [403, 403] : [401, 401]
}

/** What a command prints, whatever it exits with. */
function bash(command: string, folder: string): string {
  const { stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  return stdout + stderr
}

function expectText({ name }: DocumentationPage, { language, words, text }: Block, printed: string): void {
  if (process.env['UPDATE_GOLDEN'] !== '1') {
    expect(printed).toBe(text)
    return
  }
  const file = join(DOCS, name)
  const fence = `\`\`\`${[language, ...words].join(' ')}\n`
  const source = readFileSync(file, 'utf8')
  expect(source).toContain(fence + text)
  writeFileSync(
    file,
    source.replace(fence + text, () => fence + printed),
  )
}
