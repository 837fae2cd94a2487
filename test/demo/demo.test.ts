/**
 * The demo as a person runs it: a process of its own, on the built package.
 */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { raw } from '../middleware/raw-http.ts'

const ROOT = join(import.meta.dirname, '../..')

beforeAll(() => {
  if (existsSync(join(ROOT, 'dist/express.js'))) return
  execFileSync('npx', ['tsup', '--silent'], { cwd: ROOT, stdio: 'inherit' })
}, 120_000)

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const children: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function demo(
  flags: string[],
  environment: Record<string, string> = {},
  folder = 'examples/demo',
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(folder, 'main.js'), ...flags], {
    cwd: ROOT,
    env: { ...process.env, PORT: '', ...environment },
  })
  children.push(child)
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

/** Runs to the end. */
function finish(child: ChildProcessWithoutNullStreams): Promise<Run> {
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text: string) => (stdout += text))
  child.stderr.on('data', (text: string) => (stderr += text))
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}

/** What a child prints, up to the line that shows it is ready. */
function printed(child: ChildProcessWithoutNullStreams, until: string): Promise<string> {
  let stdout = ''
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text: string) => {
      stdout += text
      if (stdout.includes(until)) resolve(stdout)
    })
    child.on('close', () => {
      reject(new Error(`ended after: ${stdout}`))
    })
  })
}

describe('--once', () => {
  let run: Run
  beforeAll(async () => {
    run = await finish(demo(['--once']))
  })

  test('ends with 0 and says that every answer was as expected', () => {
    expect(run.stdout).toMatch(/\n\d{2} requests, every answer as expected\n$/)
    expect(run).toMatchObject({ code: 0, stderr: '' })
  })

  test('fits in 80 columns of plain text', () => {
    const lines = run.stdout.split('\n')
    expect(lines.filter((line) => line.length > 80 || !/^[\x20-\x7e]*$/.test(line))).toEqual([])
  })

  test.each([
    ['(none)', 'GET /rest/workers/me.json', 401, 'no token'],
    ['expired', 'GET /rest/workers/me.json', 401, 'expired'],
    ['tampered', 'GET /rest/workers/me.json', 401, 'bad signature'],
    ['profile', 'GET /rest/workers/me.json', 200, 'granted'],
    ['profile', 'DELETE /rest/workers/me.json', 403, 'needs api'],
    ['profile', 'HEAD /rest/workers/me.json', 403, 'no scope allows it'],
    ['search', 'GET /rest/records/ticket/search', 200, 'granted'],
    ['api:read-only', 'PUT /rest/records/ticket/1', 403, 'needs api'],
    ['api', 'DELETE /rest/records/ticket/1', 200, 'granted'],
    ['api', 'GET /rest/workers/../me', 400, 'dot-segment'],
    ['api', 'GET //rest/workers/me', 400, 'empty-segment'],
    ['api', 'GET /rest/records/ticket%2F1', 400, 'encoded-slash'],
  ])('%s: %s is answered %d, %s', (token, request, status, reason) => {
    const cells = run.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))
    expect(cells).toContainEqual([token, request, String(status), String(status), reason])
  })
})

describe('--once with another policy', () => {
  test('names the answers that differ and ends with 1', async () => {
    // Inside of the package, because the demo imports it by its own name.
    mkdirSync(join(ROOT, '.cache'), { recursive: true })
    const folder = mkdtempSync(join(ROOT, '.cache/demo-'))
    try {
      cpSync(join(ROOT, 'examples/demo'), folder, { recursive: true })
      const document = readFileSync(join(folder, 'scopes.yaml'), 'utf8')
      writeFileSync(
        join(folder, 'scopes.yaml'),
        document.replace('workers/me: GET', 'workers/me: [GET, DELETE]'),
      )
      const run = await finish(demo(['--once'], {}, folder))
      expect(run).toMatchObject({ code: 1, stderr: '' })
      expect(run.stdout).toMatch(
        /DELETE \/rest\/workers\/me\.json +403 +405 .*\n {2}\^ differs: .*"needs api"\n/,
      )
      expect(run.stdout).toMatch(/\n\d+ requests, 1 answered differently\n$/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('serving', () => {
  test('answers each pasted curl line as announced, and stops on SIGTERM', async () => {
    const child = demo([])
    const ended = finish(child)
    const text = await printed(child, 'Decisions:')
    const port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1])
    const pasted = [...text.matchAll(/^(\d{3}) .*:\n(curl .*)$/gm)]
    expect(pasted.length).toBeGreaterThan(8)
    let file = ''
    for (const [, status, line = ''] of pasted) {
      const method = / -iX ([A-Z]+) /.exec(line)?.[1] ?? 'GET'
      const target = /127\.0\.0\.1:\d+(\/\S*)$/.exec(line)?.[1] ?? ''
      file = / -H @(\S+) /.exec(line)?.[1] ?? file
      const headers = line.includes(' -H @') ? [readFileSync(file, 'utf8').trim()] : []
      expect([line, (await raw(port, `${method} ${target}`, headers)).status]).toEqual([line, Number(status)])
    }
    child.kill('SIGTERM')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('\n403 DELETE /rest/workers/me.json  method-not-granted (scope profile)\n')
    expect(stdout).toMatch(/\nstopped\n$/)
    expect(existsSync(file)).toBe(false)
  })

  test('covers all four scopes, with allowed and denied requests', async () => {
    const child = demo([])
    const ended = finish(child)
    const text = await printed(child, 'Decisions:')
    child.kill('SIGTERM')
    await ended
    const sections = text.split('\n--- ').slice(1)
    expect(sections.map((section) => section.split(/: |\n/)[0])).toEqual([
      'profile',
      'search',
      'api:read-only',
      'api',
      'without a token',
    ])
    for (const section of sections.slice(0, 4)) {
      expect(section).toMatch(/^20\d granted:\ncurl /m)
      expect(section).toMatch(/^40\d .*:\ncurl /m)
    }
  })

  test('stops on Ctrl-C although a client keeps its connection open', async () => {
    const child = demo([])
    const ended = finish(child)
    const text = await printed(child, 'Decisions:')
    const port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1])
    await (await fetch(`http://127.0.0.1:${port}/rest/workers/me`)).text()
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0 })
  })
})

describe('mistakes', () => {
  test('an unknown argument: usage, exit 2', async () => {
    const run = await finish(demo(['--twice']))
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/^demo: unknown argument "--twice"\nusage: /)
  })

  test('a port that is none: usage, exit 2', async () => {
    const run = await finish(demo(['--once'], { PORT: '99999' }))
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(/^demo: PORT must be a number up to 65535, not "99999"\nusage: /)
  })

  test('a port in use: one line, exit 2', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    for (const flags of [[], ['--once']]) {
      const run = await finish(demo(flags, { PORT: String(port) }))
      const stderr = `demo: port ${port} is in use, set PORT to another one\n`
      expect(run).toEqual({ code: 2, stdout: '', stderr })
    }
    other.close()
  })

  test('--help prints the usage and ends with 0', async () => {
    const run = await finish(demo(['--help']))
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(/^usage: /)
  })
})
