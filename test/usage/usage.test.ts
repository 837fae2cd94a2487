/** What clients need, against brute force on small worlds, and as the command reports it. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minimalOf } from '../../src/decision/minimal-of.ts'
import { loadPolicy } from '../../src/index.ts'
import { UsageCollector } from '../../src/usage/usage.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const DOCUMENT = `profile: {label: Access your profile, endpoints: [workers/me: GET]}
search: {label: Search records, endpoints: [records/*/search: GET]}
api: {label: Make any request, endpoints: ["*"]}
`
const policy = loadPolicy(DOCUMENT)

function collected(
  requests: readonly (readonly [method: string, path: string, status?: number])[],
): UsageCollector {
  const collector = new UsageCollector(policy)
  for (const [method, path, status] of requests)
    collector.add({ method, path, client: 'budget', ...(status !== undefined && { status }) }, '')
  return collector
}

describe('what a client needs', () => {
  test('is the smallest set that allows every request, least privileged among equals', () => {
    expect(collected([['GET', '/workers/me']]).report().clients[0]?.needed).toEqual(['profile'])
    const both = collected([
      ['GET', '/workers/me'],
      ['GET', '/records/a/search?q=1'],
      ['GET', '/records/b/search'],
    ])
    expect(both.report().clients[0]).toMatchObject({ requests: 3, needed: ['api'], unused: [], denied: [] })
  })

  test('leaves out what the server refused', () => {
    const [client] = collected([
      ['GET', '/workers/me', 200],
      ['DELETE', '/records/1', 403],
    ]).report().clients
    expect(client?.needed).toEqual(['profile'])
  })

  test('names requests that no scope allows, with how often and why', () => {
    const [client] = collected([
      ['TRACE', '/x'],
      ['TRACE', '/x'],
      ['GET', '/a/../b'],
    ]).report().clients
    expect(client?.denied).toEqual([
      { method: 'TRACE', path: '/x', count: 2, reason: 'method-not-granted' },
      { method: 'GET', path: '/a/../b', count: 1, reason: 'path-refused' },
    ])
  })

  test('tells what was granted and never used, and what others replace', () => {
    const [client] = collected([['GET', '/workers/me']]).report(() => ['profile', 'search', 'api']).clients
    expect(client?.unused).toEqual(['search'])
    expect(client?.granted?.map(({ scope, use }) => [scope, use])).toEqual([
      ['profile', 'needed'],
      ['search', 'unused'],
      ['api', 'replaceable'],
    ])
  })

  test('names endpoints that nobody used', () => {
    const { unusedEndpoints } = collected([['GET', '/workers/me']]).report()
    expect(unusedEndpoints.map(({ scope, endpoint }) => [scope, endpoint])).toEqual([
      ['search', 'records/*/search'],
    ])
  })

  test('is of the size that brute force finds, for all small policies and logs', () => {
    const path = fc.constantFrom('a', 'b', 'c', 'ab', 'bc', 'abc')
    const pattern = fc.constantFrom('a*', '*b', '*c', 'a', 'b', 'c', '*', 'ab*', '*bc')
    fc.assert(
      fc.property(
        fc.array(fc.array(pattern, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
        fc.array(path, { minLength: 1, maxLength: 8 }),
        (scopes, paths) => {
          const small = loadPolicy(
            Object.fromEntries(
              scopes.map((endpoints, at) => [`s${at}`, { label: `Scope ${at}`, endpoints }]),
            ),
          )
          const collector = new UsageCollector(small)
          for (const one of paths) collector.add({ method: 'GET', path: `/${one}`, client: 'x' }, '')
          const [client] = collector.report().clients
          const names = scopes.map((_, at) => `s${at}`)
          const allowed = paths.filter((one) => small.authorize(names, 'GET', `/${one}`))
          const sizes = Array.from({ length: 2 ** names.length }, (_, bits) =>
            names.filter((__, at) => bits & (1 << at)),
          )
            .filter((set) => allowed.every((one) => small.authorize(set, 'GET', `/${one}`)))
            .map((set) => set.length)
          expect(client?.needed.length).toBe(Math.min(...sizes))
          expect(allowed.every((one) => small.authorize(client?.needed ?? [], 'GET', `/${one}`))).toBe(true)
          expect(new Set(client?.denied.map((one) => one.path))).toEqual(
            new Set(paths.filter((one) => !allowed.includes(one)).map((one) => `/${one}`)),
          )
        },
      ),
    )
  })
})

describe('the smallest set', () => {
  const setsOf = (
    document: string,
    requests: readonly (readonly [string, string])[],
  ): readonly string[] | undefined => {
    const collector = new UsageCollector(loadPolicy(document))
    for (const [method, path] of requests) collector.add({ method, path, client: 'x' }, '')
    return collector.report().clients[0]?.needed
  }

  test('counts requests apart that the same scope allows alone, and others together', () => {
    const document = `a: {label: A, endpoints: [x: GET]}
b: {label: B, endpoints: [y: GET]}
c: {label: C, endpoints: [both: GET, only: GET]}
a b: {endpoints: [both: GET]}
`
    const both = [
      ['GET', '/both'],
      ['GET', '/x'],
      ['GET', '/y'],
    ] as const
    expect(setsOf(document, both)).toEqual(['a', 'b'])
    expect(setsOf(document, [...both, ['GET', '/only']])).toEqual(['a', 'b', 'c'])
  })

  test('suffices where the time for the proof ends, and is not said to be proved', () => {
    let state = 1
    const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
    const requests = Array.from({ length: 100 }, (_, at) => ({ method: 'GET', path: `/r${at}` }))
    const large = loadPolicy(
      Object.fromEntries(
        Array.from({ length: 300 }, (_, at) => [
          `s${at}`,
          { label: `Scope ${at}`, endpoints: requests.filter(() => next() < 0.06).map(({ path }) => path) },
        ]),
      ),
    )
    const { scopes, isProved } = minimalOf(large, requests, 0)
    expect(isProved).toBe(false)
    expect(requests.every(({ method, path }) => large.authorize(scopes ?? [], method, path))).toBe(true)
    expect(minimalOf(policy, [{ method: 'GET', path: '/workers/me' }], 1_000)).toEqual({
      scopes: ['profile'],
      isProved: true,
    })
  })

  test('takes aliases of granted scopes for the scopes, and lists what the server did not refuse', () => {
    const aliased = loadPolicy(`a: {label: A, aliases: [old-a], endpoints: [x: GET]}
b: {label: B, deprecated: true, endpoints: [y: GET, z: GET]}
`)
    const collector = new UsageCollector(aliased)
    for (const [path, status] of [
      ['/x', 200],
      ['/y', 200],
      ['/z', 403],
    ] as const)
      collector.add({ method: 'GET', path, client: 'x', status, time: 1_780_000_000 }, '')
    expect(collector.report(() => ['old-a']).clients[0]).toMatchObject({
      needed: ['a', 'b'],
      unused: [],
      granted: [{ scope: 'old-a', use: 'needed', requests: 1, lastUsed: '2026-05-28T20:26:40Z' }],
      notGranted: [{ method: 'GET', path: '/y', count: 1 }],
      refused: [{ method: 'GET', path: '/z', status: 403, count: 1, scopes: [['b']] }],
    })
    expect(collector.report(() => ['b', 'a']).clients[0]?.deprecated).toEqual(['b'])
  })

  test('has what replaces a scope, and since when it is unused', () => {
    const collector = collected([
      ['GET', '/workers/me'],
      ['POST', '/x'],
    ])
    collector.add({ method: 'GET', path: '/workers/me', client: 'budget', time: 1_780_000_000 }, '')
    const [client] = collector.report(() => ['profile', 'search', 'api']).clients
    expect(client?.granted).toEqual([
      {
        scope: 'profile',
        use: 'replaceable',
        requests: 2,
        lastUsed: '2026-05-28T20:26:40Z',
        replaceableBy: ['api'],
      },
      { scope: 'search', use: 'unused', requests: 0, unusedSince: '2026-05-28T20:26:40Z' },
      {
        scope: 'api',
        use: 'needed',
        requests: 3,
        lastUsed: '2026-05-28T20:26:40Z',
        neededFor: [
          { method: 'GET', path: '/workers/me', count: 2 },
          { method: 'POST', path: '/x', count: 1 },
        ],
      },
    ])
  })
})

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-usage-'))
  const line = (client: string, request: string, status = 200): string =>
    `203.0.113.7 - ${client} [30/Nov/2026:08:00:00 +0000] "${request} HTTP/1.1" ${status} 12 "-" "curl"\n`
  writeFileSync(join(folder, 'scopes.yaml'), DOCUMENT)
  writeFileSync(
    join(folder, 'access.log'),
    line('budget', 'GET /workers/me') +
      line('-', 'GET /workers/me') +
      'noise\n' +
      line('budget', 'PROPFIND /x', 403),
  )
  writeFileSync(join(folder, 'more.log.gz'), gzipSync(line('calendar', 'GET /records/a/search')))
  writeFileSync(join(folder, 'granted.yaml'), 'budget: profile search\ncalendar: [search]\n')
  const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [CLI, 'usage', ...args], { cwd: folder }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
      })
    })

  test('reports every line as JSON: of a client, of nobody, or not understood', async () => {
    const { code, stdout } = await run(
      'scopes.yaml',
      '--format',
      'json',
      '--granted',
      'granted.yaml',
      'access.log',
      'more.log.gz',
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      clients: [
        {
          client: 'budget',
          requests: 2,
          needed: ['profile'],
          unused: ['search'],
          denied: [{ method: 'PROPFIND', path: '/x', count: 1, reason: 'method-not-granted' }],
        },
        { client: 'calendar', requests: 1, needed: ['search'], unused: [], denied: [] },
      ],
      unusedEndpoints: [],
      unattributed: 1,
      unparsed: 1,
      lines: 5,
    })
  })

  test('fails where it is told to', async () => {
    expect(
      (await run('scopes.yaml', '--fail-on', 'unused', '--granted', 'granted.yaml', 'access.log')).code,
    ).toBe(1)
    expect((await run('scopes.yaml', '--fail-on', 'denied', 'more.log.gz')).code).toBe(0)
  })

  test('is read by people', async () => {
    const { stdout } = await run('scopes.yaml', '--granted', 'granted.yaml', 'access.log')
    expect(stdout).toBe(`budget: 2 requests
  needs \`profile\`
  granted \`profile\`: needed for 1 request, such as GET /workers/me, last 2026-11-30T08:00:00Z
  granted \`search\`: never used since 2026-11-30T08:00:00Z
  no scope allows PROPFIND /x: method-not-granted

1 endpoint that no request used
  \`records/*/search\` of \`search\` for GET

1 endpoint with methods that no request used
  \`*\` of \`api\`: DELETE, PATCH, POST, PUT

4 lines from 2026-11-30T08:00:00Z to 2026-11-30T08:00:00Z, 1 of no client, 1 not understood
  not understood: noise
  of no client: ${line('-', 'GET /workers/me').trim()}
`)
  })

  test.each(['markdown', 'html'])('keeps text of a log harmless in %s', async (format) => {
    writeFileSync(
      join(folder, 'hostile.log'),
      line('<script>alert(1)</script>|`x`', 'GET /<img/src=x>') + line('a\u001b[31m', 'GET /\u202e'),
    )
    const { stdout } = await run('scopes.yaml', '--format', format, 'hostile.log')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u202e')
    if (format === 'html') expect(stdout).not.toMatch(/<script|<img/)
    else expect(stdout).not.toMatch(/[^\\]\|`x`/)
  })

  test.each([
    [['scopes.yaml', '--format-in', 'apache', 'access.log'], 'unknown log format `apache`'],
    [['scopes.yaml', '--format-in', '$status', 'access.log'], 'has no $request'],
    [['scopes.yaml', 'missing.log'], '`missing.log` cannot be read'],
    [['scopes.yaml', '--granted', 'access.log', 'access.log'], 'access.log'],
    [['-', '-'], 'standard input can be read once'],
  ])('%j is an error that says what is wrong', async (args, message) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
