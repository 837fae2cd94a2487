import { describe, expect, test } from 'vitest'
import { folderWith, GOOD, runCli, WITH_ERROR, WITH_WARNING } from './run-cli.ts'
import type { Outcome } from './run-cli.ts'

const POLICY = `${GOOD}admin:
  label: Do everything
  includes: [search]
  endpoints:
    - admin/*
`

async function check(scopes: string, method: string, path: string, ...flags: string[]): Promise<Outcome> {
  const cwd = folderWith({ 'p.yaml': POLICY })
  return runCli(['check', 'p.yaml', '--scopes', scopes, method, path, ...flags], { cwd })
}

describe('an allowed request', () => {
  test('names the scope, the endpoint and its place', async () => {
    expect(await check('profile', 'GET', '/workers/me?fields=name')).toEqual({
      code: 0,
      stdout: `allowed: GET /workers/me?fields=name
  granted by scope \`profile\`, endpoint \`workers/me\` (p.yaml:4:7)
`,
      stderr: '',
    })
  })

  test('names the included scope in which the endpoint stands', async () => {
    expect((await check('admin', 'GET', '/records/people/search')).stdout)
      .toBe(`allowed: GET /records/people/search
  granted by scope \`admin\` through the included scope \`search\`, endpoint \`records/*/search\` (p.yaml:8:7)
`)
  })

  test('names scopes that the policy does not know', async () => {
    expect((await check('profile openid', 'GET', '/workers/me')).stdout).toMatch(
      /\n {2}not in the policy: `openid`\n$/,
    )
  })

  test('can have its scopes one by one', async () => {
    const cwd = folderWith({ 'p.yaml': POLICY })
    const argv = ['check', 'p.yaml', '--scopes', 'search', '--scopes', 'profile', 'GET', '/workers/me']
    expect((await runCli(argv, { cwd })).code).toBe(0)
  })
})

describe('a denied request', () => {
  test('says which scopes would allow it', async () => {
    const { code, stdout } = await check('profile', 'GET', '/records/people/search')
    expect(code).toBe(1)
    expect(stdout).toContain('denied: GET /records/people/search\n')
    expect(stdout).toContain(
      '  none of these scopes has an endpoint that covers the path `records/people/search`\n',
    )
    expect(stdout).toContain('  scopes that would allow it: `search`, `admin`\n')
  })

  test('says which methods are allowed', async () => {
    const { code, stdout } = await check('search', 'PUT', '/records/people/search')
    expect(code).toBe(1)
    expect(stdout).toContain('  the path `records/people/search` is covered, but not for the method `PUT`\n')
    expect(stdout).toContain('  these scopes allow on this path: GET, POST\n')
    expect(stdout).toContain('  no scope of the policy would allow it\n')
  })

  test('names the nearest grant with its place', async () => {
    const { stdout } = await check('profile', 'GET', '/workers/Me')
    expect(stdout).toMatch(/\n {2}nearest: scope `profile`, endpoint `workers\/me` \(p\.yaml:4:7\): [^\n]+\n/)
  })

  test('says that no scopes were given', async () => {
    const { code, stdout } = await check('', 'GET', '/workers/me')
    expect(code).toBe(1)
    expect(stdout).toContain('  no scopes were given, and nothing is allowed without one\n')
  })

  test.each([
    ['', 'empty-target', 'send at least `/`'],
    [
      'https://api.example.com/workers/me',
      'absolute-form',
      'send what follows the host, such as `/workers/me`',
    ],
    ['api.example.com:443', 'authority-form', 'send the path, beginning with `/`'],
    ['*', 'asterisk-form', 'send the path, beginning with `/`'],
    [`/${'a'.repeat(8192)}`, 'too-long', 'send a shorter path; what follows `?` does not count'],
    ['/workers/../admin', 'dot-segment', 'send the path with the dot segments resolved'],
    ['/workers//me', 'empty-segment', 'send a single slash'],
    ['/workers\\me', 'backslash', 'send `/` between segments'],
    ['/workers;a=b', 'semicolon', 'send the parameters in the query'],
    ['/workers#me', 'fragment', 'send what is before `#`'],
    ['/my workers', 'space', 'send `%20`'],
    ['/workers\n', 'control-character', 'send the path without it'],
    ['/caf\u00e9', 'non-ascii', 'send its UTF-8 bytes percent-encoded'],
    ['/100%', 'malformed-escape', 'send `%25` for a percent sign'],
    ['/a%2fb', 'encoded-slash', 'send `/` between segments, or set `encodedSlash: data`'],
    ['/a%5Cb', 'encoded-backslash', 'send `/` between segments'],
    ['/a%3Bb', 'encoded-delimiter', 'leave it out of the path'],
    ['/a%00b', 'encoded-control', 'send the path without it'],
    ['/a%252fb', 'double-encoding', 'encode the path once'],
    ['/a%E9b', 'invalid-utf8', 'send the UTF-8 bytes of each character percent-encoded'],
  ])('explains why the path %j is refused: %s', async (path, refusal, instead) => {
    const { code, stdout } = await check('admin', 'GET', path)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`\\n {2}the path is refused whatever the policy says: [^\\n]+ \\[${refusal}\\]\\n`),
    )
    expect(stdout).toContain(`\n  instead: ${instead}`)
  })

  test('cannot forge lines or commands through its arguments', async () => {
    const { stdout } = await check('\u001b[31m ::x::', 'G\u001b\r\nT', '/a\u001b[2J\n::error::x ##[group]')
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^\s*::|##\[/m)
  })
})

describe('--json', () => {
  test('prints the decision with the policy and the request', async () => {
    const { code, stdout } = await check('profile openid', 'GET', '/workers/me', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      policy: 'p.yaml',
      request: { scopes: 'profile openid', method: 'GET', path: '/workers/me' },
      allowed: true,
      reason: 'granted',
      path: 'workers/me',
      grantedBy: [{ scope: 'profile', endpoint: 'workers/me', span: { start: 69, end: 79 } }],
      scopesThatWouldAllow: ['profile'],
      setsThatWouldAllow: [['profile']],
      methodsAllowed: ['GET'],
      unknownScopes: ['openid'],
    })
  })

  test('exits with 1 when denied', async () => {
    const { code, stdout } = await check('profile', 'GET', '/a/../b', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      allowed: false,
      reason: 'path-refused',
      refusal: 'dot-segment',
    })
  })
})

describe('the policy', () => {
  test('can come from standard input', async () => {
    const argv = ['check', '-', '--scopes', 'profile', 'GET', '/workers/me']
    const { code, stdout } = await runCli(argv, { stdin: POLICY })
    expect(code).toBe(0)
    expect(stdout).toContain('(<stdin>:4:7)')
  })

  test('with errors decides nothing', async () => {
    const argv = ['check', '-', '--scopes', 'profile', 'GET', '/workers/me']
    const { code, stdout, stderr } = await runCli(argv, { stdin: WITH_ERROR })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^<stdin>:4:19: error: /)
    expect(stderr).toMatch(/\n1 error in 1 file\nerror: `<stdin>` has an error and decides nothing\n$/)
  })

  test('with warnings decides, and a note says so', async () => {
    const argv = ['check', '-', '--scopes', 'profile', 'GET', '/workers/me']
    const { code, stderr } = await runCli(argv, { stdin: WITH_WARNING })
    expect(code).toBe(0)
    expect(stderr).toBe('note: `<stdin>` has a warning; `scope-policy lint` shows it\n')
  })

  test.each([
    ['no.yaml', '`no.yaml` cannot be read: it does not exist'],
    ['.', '`.` cannot be read: it is a folder'],
  ])('that cannot be read is an error: %s', async (path, message) => {
    const cwd = folderWith({ 'p.yaml': POLICY })
    const { code, stderr } = await runCli(['check', path, '--scopes', 'a', 'GET', '/'], { cwd })
    expect([code, stderr]).toEqual([2, `error: ${message}\n`])
  })

  test.each([
    [['--base-path', '/rest'], '/rest/workers/me'],
    [['--preset', 'cerb'], '/rest/Workers/ME.json/'],
    [['--extensions', 'json,xml'], '/workers/me.xml'],
    [['--case-insensitive'], '/WORKERS/me'],
    [['--trailing-slash', 'ignore'], '/workers/me/'],
  ])('takes %j into account', async (flags, path) => {
    expect((await check('profile', 'GET', path, ...flags)).code).toBe(0)
    expect((await check('profile', 'GET', path)).code).toBe(1)
  })
})
