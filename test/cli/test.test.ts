import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, GOOD, runCli, WITH_ERROR, WITH_WARNING } from './run-cli.ts'
import type { Outcome } from './run-cli.ts'

const HOLDS = `requests:
  - GET /workers/me: [profile]
  - GET, POST /records/a/search: [search]
  - GET /workers/../me: refused
`
const FAILS = `requests:
  - GET /workers/me: [profile]
  - DELETE /workers/me: [profile]
  - GET /records/a/search: []
`
const MISTAKEN = `requests:
  - GET /workers/me: [profil]
`

async function run(files: Record<string, string | Uint8Array>, ...argv: string[]): Promise<Outcome> {
  return runCli(['test', ...argv], { cwd: folderWith(files) })
}

describe('the exit code', () => {
  test.each([
    ['0 when all is as expected', { 'p.yaml': GOOD, 'p.test.yaml': HOLDS }, [], 0],
    ['1 when something is not', { 'p.yaml': GOOD, 'p.test.yaml': FAILS }, [], 1],
    ['2 for a mistake in a table', { 'p.yaml': GOOD, 'p.test.yaml': MISTAKEN }, [], 2],
    ['2 for a policy with errors', { 'p.yaml': WITH_ERROR, 'p.test.yaml': HOLDS }, [], 2],
    ['0 for a policy with warnings', { 'p.yaml': WITH_WARNING, 'p.test.yaml': HOLDS }, [], 0],
    ['2 without a policy', { 'p.test.yaml': HOLDS }, [], 2],
    ['2 without a table', { 'p.yaml': GOOD }, [], 2],
    [
      '2 when only one of two tables can be used',
      { 'p.yaml': GOOD, 'p.test.yaml': HOLDS, 'q.test.yaml': HOLDS },
      [],
      2,
    ],
    ['0 for enough coverage', { 'p.yaml': GOOD, 'p.test.yaml': HOLDS }, ['--min-coverage', '100'], 0],
    [
      '1 for too little',
      { 'p.yaml': GOOD, 'p.test.yaml': FAILS.replace(/^.*(?:DELETE|records).*\n/gm, '') },
      ['--min-coverage', '34'],
      1,
    ],
    [
      '0 for just enough',
      { 'p.yaml': GOOD, 'p.test.yaml': FAILS.replace(/^.*(?:DELETE|records).*\n/gm, '') },
      ['--min-coverage', '33'],
      0,
    ],
  ])('is %s', async (_, files, argv, code) => {
    expect((await run(files, ...argv)).code).toBe(code)
  })
})

describe('what is printed', () => {
  test('of a policy that does as expected', async () => {
    expect(await run({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS })).toEqual({
      code: 0,
      stdout: 'no problems in 1 file\n',
      stderr: 'note: 7 expectations hold\nnote: coverage of `p.yaml`: 100 % (3 of 3 grants)\n',
    })
  })

  test('of one that does not', async () => {
    const { stdout, stderr } = await run({ 'p.yaml': GOOD, 'p.test.yaml': FAILS })
    expect(stdout)
      .toBe(`p.test.yaml:3:26: error: \`DELETE /workers/me\` is denied to scope \`profile\`: GET is granted there, not \`DELETE\` (endpoint \`workers/me\` at p.yaml:4:7) [expectation-failed]
  2 |   - GET /workers/me: [profile]
> 3 |   - DELETE /workers/me: [profile]
    |                          ^^^^^^^
  4 |   - GET /records/a/search: []
    = help: remove \`profile\` from the list, or grant this in the policy

p.test.yaml:4:5: error: \`GET /records/a/search\` is allowed to scope \`search\` by endpoint \`records/*/search\` at p.yaml:8:7 [expectation-failed]
  3 |   - DELETE /workers/me: [profile]
> 4 |   - GET /records/a/search: []
    |     ^^^^^^^^^^^^^^^^^^^^^
    = help: add \`search\` to the list if that is meant, or narrow the endpoint in the policy

2 errors in 1 file
`)
    expect(stderr).toBe(
      'note: 2 of 5 expectations failed\nnote: coverage of `p.yaml`: 33 % (1 of 3 grants); --verbose names the rest\n',
    )
  })

  test.each([
    ['--verbose', [], 'info'],
    ['--min-coverage', ['100'], 'error'],
  ])('with %s names what is not covered, where it stands', async (flag, value, severity) => {
    const table = 'requests:\n  - GET /records/a/search: [search]\n'
    const { stdout, stderr } = await run({ 'p.yaml': GOOD, 'p.test.yaml': table }, flag, ...value)
    expect(stdout)
      .toContain(`p.yaml:4:7: ${severity}: no request in \`p.test.yaml\` shows that scope \`profile\` allows GET here [uncovered-endpoint]
  3 |   endpoints:
> 4 |     - workers/me: GET
    |       ^^^^^^^^^^
  5 | search:
    = help: add a request that \`workers/me\` matches, with \`profile\` in its list

p.yaml:8:7: ${severity}: no request in \`p.test.yaml\` shows that scope \`search\` allows POST here [uncovered-endpoint]
`)
    expect(stderr).toContain('note: coverage of `p.yaml`: 33 % (1 of 3 grants)\n')
    if (severity === 'error') {
      expect(stderr).toContain('\nerror: coverage of `p.yaml` is below the 100 % of --min-coverage\n')
    }
  })

  test('of a policy with errors are its findings, once for all tables', async () => {
    const files = { 'p.yaml': WITH_ERROR, 'p.test.yaml': HOLDS, 'q.test.yaml': `policy: p.yaml\n${HOLDS}` }
    const { stderr } = await run(files)
    expect(stderr.match(/p\.yaml:4:19: error: /g)).toHaveLength(1)
    expect(stderr).toMatch(/\nerror: `p\.yaml` has an error and decides nothing\n$/)
  })

  test('of a table with a mistake in it is that, and the other tables all the same', async () => {
    const files = { 'p.yaml': GOOD, 'p.test.yaml': MISTAKEN, 'q.test.yaml': `policy: p.yaml\n${FAILS}` }
    const { code, stdout } = await run(files)
    expect(code).toBe(2)
    expect(stdout).toContain(
      'p.test.yaml:2:23: error: there is no scope `profil` in the policy [unknown-scope]',
    )
    expect(stdout).toContain('did you mean `profile`?')
    expect(stdout).toContain('q.test.yaml:4:26: error: ')
  })

  test('has color where wanted', async () => {
    const { stdout } = await run({ 'p.yaml': GOOD, 'p.test.yaml': FAILS }, '--color')
    expect(stdout).toContain('\u001b[31m')
  })

  test('holds no commands, whatever tables and policies hold', async () => {
    const policy = GOOD.replaceAll('search:\n', '"##vso[x]":\n').replace('workers/me', '"::error::x"')
    const table =
      'requests:\n  - "GET /a\\u001b[2J\\n::error::x##[group]": [profile]\n  - GET /records/a/search: []\n'
    const { code, stdout, stderr } = await run({ 'p.yaml': policy, 'p.test.yaml': table }, '--verbose')
    expect(code).toBe(1)
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^\s*::|##(?=\w*\[)/m)
  })
})

describe('tables', () => {
  async function tested(cwd: string, ...argv: string[]): Promise<string[]> {
    const { stdout } = await runCli(['test', '--format', 'json', ...argv], { cwd })
    return (JSON.parse(stdout) as { files: { path: string }[] }).files.map(({ path }) => path)
  }

  test('are those below the working folder, or what is named', async () => {
    const cwd = folderWith({
      'p.yaml': GOOD,
      'p.test.yaml': HOLDS,
      'deep/p.yml': GOOD,
      'deep/p.test.yml': HOLDS,
      'node_modules/p.test.yaml': HOLDS,
      'other.yaml': `policy: p.yaml\n${HOLDS}`,
    })
    expect(await tested(cwd)).toEqual(['deep/p.test.yml', 'p.test.yaml'])
    expect(await tested(cwd, 'deep')).toEqual(['deep/p.test.yml'])
    expect(await tested(cwd, 'other.yaml', '*.test.yaml')).toEqual(['other.yaml', 'p.test.yaml'])
  })

  test('are no documents to lint', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS })
    const { code, stdout } = await runCli(['lint', '.'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/ in 1 file\n$/)
  })

  test('that are none are an error', async () => {
    const { stderr } = await run({ 'p.yaml': GOOD })
    expect(stderr).toBe('error: no `*.test.yaml` or `*.test.yml` file in the folder `.`\n')
  })

  test('of one policy add up to its coverage', async () => {
    const [a, b] = [
      'requests:\n  - GET /workers/me: [profile]\n',
      'requests:\n  - GET, POST /records/a/search: [search]\n',
    ]
    const files = { 'p.yaml': GOOD, 'p.test.yaml': a, 'q.test.yaml': `policy: ./p.yaml\n${b}` }
    expect((await run(files)).stderr).toContain('note: coverage of `p.yaml`: 100 % (3 of 3 grants)\n')
  })

  test('say with which options the policy is read, and flags say it louder', async () => {
    const table = '$options: { basePath: /rest }\nrequests:\n  - GET /rest/workers/me: [profile]\n'
    const files = { 'p.yaml': GOOD, 'p.test.yaml': table }
    expect((await run(files)).code).toBe(0)
    expect((await run(files, '--base-path', '/api')).code).toBe(1)
    expect((await run(files, '--wildcard', 'all')).code).toBe(2)
  })
})

describe('the policy of a table', () => {
  test.each([
    ['lies beside it', { 'a/p.yaml': GOOD, 'a/p.test.yaml': HOLDS }, 0],
    ['is named by it', { 'p.yaml': GOOD, 'tests/x.test.yaml': `policy: ../p.yaml\n${HOLDS}` }, 0],
    ['must be named when the name of the table tells nothing', { 'p.yaml': GOOD, 'x.test.yaml': HOLDS }, 2],
    ['is not anywhere', { 'x.test.yaml': `policy: /etc/hostname\n${HOLDS}` }, 2],
  ])('%s', async (_, files, code) => {
    expect((await run(files)).code).toBe(code)
  })

  test('is not read outside of the working folder, also through a link', async () => {
    const outside = folderWith({ 'secret.yaml': 'token: very-secret\n' })
    const cwd = folderWith({
      'x.test.yaml': `policy: ${join(outside, 'secret.yaml')}\n${HOLDS}`,
      'p.test.yaml': HOLDS,
    })
    symlinkSync(join(outside, 'secret.yaml'), join(cwd, 'p.yaml'))
    const { code, stdout, stderr } = await runCli(['test'], { cwd })
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain('very-secret')
    expect(stderr.match(/lies neither below the working folder nor beside the table/g)).toHaveLength(2)
  })

  test('may lie beside a table that is named from elsewhere', async () => {
    const there = folderWith({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS })
    const { code } = await runCli(['test', join(there, 'p.test.yaml')], { cwd: folderWith({}) })
    expect(code).toBe(0)
  })

  test('is not replaced by a report', async () => {
    const { code, stderr } = await run({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS }, '--format', 'json:p.yaml')
    expect([code, stderr]).toEqual([2, 'error: the report would replace `p.yaml`, which it is about\n'])
  })
})

describe('--format', () => {
  test('junit has a case for every expectation', async () => {
    const { stdout } = await run({ 'p.yaml': GOOD, 'p.test.yaml': FAILS }, '--format', 'junit')
    expect(stdout).toContain('<testsuite name="p.test.yaml" tests="5" failures="2" ')
    expect(stdout).toContain(
      '<testcase name="GET /workers/me is allowed to profile" classname="p.test.yaml"/>',
    )
    expect(stdout.match(/<failure /g)).toHaveLength(2)
  })

  test.each(['compact', 'json', 'sarif', 'github', 'gitlab'])('%s tells the findings', async (format) => {
    const { code, stdout } = await run({ 'p.yaml': GOOD, 'p.test.yaml': FAILS }, '--format', format)
    expect(code).toBe(1)
    expect(stdout).toContain('is denied to scope `profile`')
  })
})

describe('--generate', () => {
  test('prints a table that passes', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD })
    const { code, stdout } = await runCli(['test', '--generate', 'p.yaml', '--preset', 'cerb'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('\npolicy: p.yaml\n$options:\n  preset: cerb\n')
    const again = folderWith({ 'p.yaml': GOOD, 'p.test.yaml': stdout })
    expect((await runCli(['test', '--min-coverage', '100'], { cwd: again })).code).toBe(0)
  })

  test('writes one, seen from its own folder', async () => {
    const cwd = folderWith({ 'a/p.yaml': GOOD, 'tests/readme.md': '' })
    const written = await runCli(['test', '--generate', 'a/p.yaml', '-o', 'tests/p.test.yaml'], { cwd })
    expect(written).toEqual({ code: 0, stdout: '', stderr: 'note: wrote `tests/p.test.yaml`\n' })
    expect((await runCli(['test', '--min-coverage', '100'], { cwd })).code).toBe(0)
  })

  test('replaces a file only if told so', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS })
    const argv = ['test', '--generate', 'p.yaml', '-o', 'p.test.yaml']
    const { code, stderr } = await runCli(argv, { cwd })
    expect([code, stderr]).toEqual([2, 'error: `p.test.yaml` is there already; --force replaces it\n'])
    expect(readFileSync(join(cwd, 'p.test.yaml'), 'utf8')).toBe(HOLDS)
    expect((await runCli([...argv, '--force'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'p.test.yaml'), 'utf8')).not.toBe(HOLDS)
  })

  test.each([
    [
      'over the policy',
      ['--generate', 'p.yaml', '-o', './p.yaml', '--force'],
      'the table would replace `p.yaml`, which it is about',
    ],
    [
      'of a policy with errors',
      ['--generate', 'q.yaml', '-o', 'q.test.yaml'],
      '`q.yaml` has an error and has no table',
    ],
    ['of nothing', ['--generate', 'no.yaml'], '`no.yaml` cannot be read: it does not exist'],
    ['beside tables', ['--generate', 'p.yaml', 'p.test.yaml'], '--generate takes one policy and no tables'],
    [
      'into a folder that is not there',
      ['--generate', 'p.yaml', '-o', 'no/p'],
      '`no/p` cannot be written: it does not exist',
    ],
    ['that is not wanted', ['-o', 'p.test.yaml'], '--output and --force are for --generate'],
  ])('writes nothing %s', async (_, argv, message) => {
    const cwd = folderWith({ 'p.yaml': GOOD, 'q.yaml': WITH_ERROR })
    const { code, stderr } = await runCli(['test', ...argv], { cwd })
    expect(code).toBe(2)
    expect(stderr.endsWith(`error: ${message}\n`)).toBe(true)
    expect(readFileSync(join(cwd, 'p.yaml'), 'utf8')).toBe(GOOD)
    expect(existsSync(join(cwd, 'q.test.yaml'))).toBe(false)
  })
})

test.each([['-1'], ['101'], ['x'], ['']])('--min-coverage %j is refused', async (percent) => {
  const { code, stderr } = await run({ 'p.yaml': GOOD, 'p.test.yaml': HOLDS }, `--min-coverage=${percent}`)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: [^\n]+\n$/)
})

test('help shows a table, examples and exit codes in lines that fit', async () => {
  const { code, stdout } = await runCli(['test', '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain('- GET /workers/me: [profile, api]')
  expect(stdout).toMatch(/\nExit codes: 0 /)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
})
