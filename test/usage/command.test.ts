/** The command with files that change, are damaged, or come from elsewhere. */
import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readGranted } from '../../src/usage/read-granted.ts'
import type { UsageReport } from '../../src/usage/types.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'
import { findChromium, launch } from '../consent/chromium.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const DOCUMENT = `profile: {label: Access your profile, endpoints: [workers/me: GET]}
search: {label: Search records, endpoints: [records/*/search: GET]}
`
const line = (client: string, request: string): string =>
  `203.0.113.7 - ${client} [30/Nov/2026:08:00:00 +0000] "${request} HTTP/1.1" 200 12 "-" "curl"\n`

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-usage-'))
  writeFileSync(join(folder, 'scopes.yaml'), DOCUMENT)
  return folder
}

interface Result {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function begin(folder: string, args: readonly string[]): { stop: () => void; ended: Promise<Result> } {
  const child = spawn(process.execPath, [CLI, 'usage', 'scopes.yaml', ...args], { cwd: folder })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<Result>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
  return { stop: () => child.kill('SIGTERM'), ended }
}

const run = (folder: string, ...args: string[]): Promise<Result> => begin(folder, args).ended

test('--follow reads through rotation and truncation, and waits for the end of a line', async () => {
  const folder = newFolder()
  const log = join(folder, 'access.log')
  writeFileSync(log, line('before', 'GET /workers/me'))
  const { stop, ended } = begin(folder, ['--follow', '--format', 'json', 'access.log'])
  await sleep(2_500)
  const half = line('appended', 'GET /workers/me')
  appendFileSync(log, half.slice(0, 40))
  await sleep(600)
  appendFileSync(log, half.slice(40))
  // As nginx does: the old file is written to until it opens the new one.
  renameSync(log, `${log}.1`)
  appendFileSync(`${log}.1`, line('renamed', 'GET /workers/me'))
  await sleep(600)
  writeFileSync(log, line('rotated', 'GET /workers/me') + line('rotated', 'GET /records/a/search'))
  await sleep(3_000)
  truncateSync(log, 0)
  appendFileSync(log, line('truncated', 'GET /workers/me'))
  await sleep(1_500)
  appendFileSync(log, line('half', 'GET /workers/me').slice(0, 70))
  await sleep(600)
  stop()
  const { code, stdout, stderr } = await ended
  expect(code).toBe(0)
  const report = JSON.parse(stdout) as UsageReport
  expect(report.clients.map(({ client }) => client)).toEqual([
    'before',
    'appended',
    'renamed',
    'rotated',
    'truncated',
  ])
  expect(report).toMatchObject({ lines: 6, unparsed: 0 })
  expect(stderr).toContain('note: access.log was replaced; the new file is read')
  expect(stderr).toContain('note: access.log was truncated and is read from its start')
  expect(stderr).toContain('note: the last line of access.log has no end yet and is not counted')
  // Progress is for terminals.
  expect(stderr).not.toContain('\r')
}, 60_000)

test('gzip is told by its bytes; where it is cut off or damaged, nothing is reported as complete', async () => {
  const folder = newFolder()
  const packed = gzipSync(line('budget', 'GET /workers/me').repeat(1000))
  writeFileSync(join(folder, 'good'), packed)
  writeFileSync(join(folder, 'two.gz'), Buffer.concat([packed, packed]))
  writeFileSync(join(folder, 'cut.gz'), packed.subarray(0, -30))
  const damaged = Buffer.from(packed)
  damaged.fill(0x5a, 30, 50)
  writeFileSync(join(folder, 'damaged.gz'), damaged)
  expect(await run(folder, 'good')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1,000 lines') as string,
  })
  expect(await run(folder, 'two.gz')).toMatchObject({
    stdout: expect.stringContaining('2,000 lines') as string,
  })
  expect(await run(folder, 'cut.gz')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('`cut.gz` cannot be read: the gzip data is cut off') as string,
  })
  expect(await run(folder, 'damaged.gz')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the gzip data is damaged') as string,
  })
}, 60_000)

test('a gzip bomb is one long line, and costs no memory', async () => {
  const folder = newFolder()
  const zeros = Buffer.alloc(64 * 1024 * 1024)
  writeFileSync(join(folder, 'bomb.gz'), Buffer.concat([gzipSync(zeros), gzipSync(zeros)]))
  const { code, stdout } = await run(folder, '--format', 'json', 'bomb.gz')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ lines: 1, unparsed: 1, clients: [] })
}, 60_000)

test('--suggest writes a narrower document, and never over what it reads', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'access.log'), line('budget', 'GET /workers/me'))
  const { code, stderr } = await run(folder, '--suggest', 'narrower.yaml', 'access.log')
  expect(code).toBe(0)
  expect(stderr).toContain('proved')
  expect(readFileSync(join(folder, 'narrower.yaml'), 'utf8')).toBe(
    DOCUMENT.replace('[records/*/search: GET]', '[]'),
  )
  for (const file of ['scopes.yaml', 'access.log'])
    expect((await run(folder, '--suggest', file, 'access.log')).code).toBe(2)
  expect(readFileSync(join(folder, 'scopes.yaml'), 'utf8')).toBe(DOCUMENT)
}, 60_000)

describe('the file of granted scopes', () => {
  test('is a mapping, or the subject table of AuthZEN', () => {
    expect(readGranted('a: b c\nd: [e]\nf: []\ng: ""').value).toEqual(
      new Map([
        ['a', ['b', 'c']],
        ['d', ['e']],
        ['f', []],
        ['g', []],
      ]),
    )
    for (const text of ['subjects: {user: {ada: a b}}', 'authzen: {subjects: {user: {ada: [a, b]}}}'])
      expect(readGranted(text).value).toEqual(new Map([['ada', ['a', 'b']]]))
  })

  test.each([
    ['subjects: {user: {ada: a}, device: {ada: b}}', '1:37', '`ada` has two types'],
    ['ada: {b: c}', '1:', 'the scopes of `ada`'],
    ['ada: [b, [c]]', '1:', 'the scopes of `ada`'],
    ['ada:', '1:', 'the scopes of `ada`'],
    ['[ada]', '1:1', 'the file'],
    ['subjects: {user: [ada]}', '1:', 'the subjects of type `user`'],
    ['ada: a\nada: b', '2:1', 'duplicate key'],
    ['ada: "a', '1:', ''],
  ])('%j is refused with its place', (text, at, message) => {
    const { value: granted, diagnostics } = readGranted(text)
    expect(granted).toBeNull()
    const [first] = diagnostics
    expect(`${String(first?.range.start.line)}:${String(first?.range.start.column)}`).toContain(at)
    expect(first?.message).toContain(message)
  })

  test('with a mistake is shown, and nothing is read', async () => {
    const cwd = folderWith({ 'scopes.yaml': DOCUMENT, 'granted.yaml': 'ada: {b: c}\n', 'access.log': '' })
    const argv = ['usage', 'scopes.yaml', 'access.log', '--granted', 'granted.yaml']
    const { code, stdout, stderr } = await runCli(argv, { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/granted\.yaml:1:\d+: error: .*\[invalid-granted\]/)
  })
})

const chromium = findChromium()
if (chromium === undefined) console.warn('Chromium is not installed: its HAR is not tested')

test.skipIf(chromium === undefined)(
  'HAR from Chromium, with the clients of its tokens',
  async () => {
    const folder = newFolder()
    const claims = Buffer.from(JSON.stringify({ client_id: 'budget', scope: 'profile search' })).toString(
      'base64url',
    )
    const server = createServer((_, response) => response.end('<title>x</title>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const browser = await launch(chromium ?? '')
    const context = await browser.newContext({
      recordHar: { path: join(folder, 'session.har') },
      extraHTTPHeaders: { authorization: `Bearer eyJhbGciOiJub25lIn0.${claims}.x` },
    })
    const page = await context.newPage()
    await page.goto(`${origin}/workers/me?x=1#fragment`)
    await page.evaluate("fetch('/records/a%2Fb/search').then((answer) => answer.text())")
    await context.close()
    await browser.close()
    await new Promise((resolve) => server.close(resolve))
    const { stdout } = await run(folder, '--format', 'json', 'session.har')
    const { clients, unparsed } = JSON.parse(stdout) as UsageReport
    expect(unparsed).toBe(0)
    expect(clients).toMatchObject([{ client: 'budget', needed: ['profile'], unused: ['search'] }])
    expect(clients[0]?.denied).toContainEqual({
      method: 'GET',
      path: '/records/a%2Fb/search',
      count: 1,
      reason: 'path-refused',
    })
  },
  60_000,
)
