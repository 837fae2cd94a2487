import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../src/language/codes.ts'
import { explainRule } from '../../src/cli/lint/explain-rule.ts'
import { listRules } from '../../src/cli/lint/list-rules.ts'
import { progressOf } from '../../src/cli/lint/progress.ts'
import { rules } from '../../src/lint/index.ts'
import { createColors } from '../../src/report/colors.ts'
import { folderWith, CLEAN as GOOD, runCli, CLEAN_WITH_WARNING as WITH_WARNING } from './run-cli.ts'

const PLAIN = { colors: createColors(false) }

describe('--list-rules', () => {
  test('names every rule and every code of the loader once, with severity, fix and summary', async () => {
    const { code, stdout, stderr } = await runCli(['lint', '--list-rules'])
    expect([code, stderr]).toEqual([0, ''])
    const ids = stdout
      .split('\n')
      .flatMap((line) => /^ {2}([a-z\d-]+)  +(?:off|info|warning|error)\b/.exec(line)?.[1] ?? [])
    expect(new Set(ids)).toEqual(new Set([...rules.map(({ id }) => id), ...Object.keys(CATALOGUE)]))
    expect(ids).toHaveLength(new Set(ids).size)
    expect(stdout).toMatch(/\n {2}method-case +warning +safe +a method that is not in upper case\n/)
    expect(stdout).toMatch(/\n {2}unquoted-star +error +safe +a string that begins with/)
  })

  test.each([40, 60, 80, 100, 200])('fits a terminal of %i columns', (columns) => {
    for (const line of listRules({ ...PLAIN, columns }).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(Math.max(columns, 60))
    }
  })

  test('has colours when asked for', async () => {
    expect((await runCli(['lint', '--list-rules', '--color'])).stdout).toContain('\u001b[1mmethod-case')
    expect((await runCli(['lint', '--list-rules'])).stdout).not.toContain('\u001b')
  })
})

describe('--explain', () => {
  test('says what, why, shows the real finding, the repair, and how to turn it off', async () => {
    const { code, stdout } = await runCli(['lint', '--explain', 'label-is-name'])
    expect(code).toBe(0)
    expect(stdout).toBe(`label-is-name: warning by default, no fix

A label that only repeats the name of the scope. The person who consents does not know the names of
scopes. Say in their words what an app may do.

Bad:

  invoices:read:
    label: invoices:read
    endpoints:
      - invoices/*: GET

bad.yaml:2:10: warning: label \`invoices:read\` only repeats the name of the scope [label-is-name]
  1 | invoices:read:
> 2 |   label: invoices:read
    |          ^^^^^^^^^^^^^
  3 |   endpoints:
    = help: say in words what an app may do with it

Good:

  invoices:read:
    label: Read your invoices
    endpoints:
      - invoices/*: GET

Configure:  rules: { label-is-name: off }   or   --rule label-is-name=off
Excuse the next line:  # scope-policy-disable-next-line label-is-name -- reason
`)
  })

  test.each(rules.map(({ id }) => [id]))('shows a finding of %s', (id) => {
    expect(explainRule(id, PLAIN)).toMatch(new RegExp(`^bad\\.yaml:\\d+:\\d+: [a-z]+: .* \\[${id}\\]$`, 'm'))
  })

  test.each(Object.keys(CATALOGUE).map((id) => [id]))('knows the code %s of the loader', (id) => {
    expect(explainRule(id, PLAIN)).toMatch(new RegExp(`^${id}: `))
  })

  test('says that errors can be neither configured nor suppressed', async () => {
    expect((await runCli(['lint', '--explain', 'yaml-tag'])).stdout).toBe(`yaml-tag: error, no fix

A tag such as \`!!binary\`.

It can be neither configured nor suppressed: a document with an error is not a policy.
`)
  })

  test.each([
    ['metod-case', 'there is no rule `metod-case`; did you mean `method-case`?'],
    ['yaml-tga', 'there is no rule `yaml-tga`; did you mean `yaml-tag`?'],
    ['constructor', 'there is no rule `constructor`; `scope-policy lint --list-rules` lists the rules'],
  ])('%s is no rule', async (id, message) => {
    expect(await runCli(['lint', '--explain', id])).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    })
  })
})

describe('progress', () => {
  function progress(isTTY: boolean, env: Record<string, string>): string {
    let written = ''
    let now = 0
    const io = { stderr: { write: (text: string) => void (written += text), isTTY }, env }
    const { step, clear } = progressOf(3, io as never, () => now)
    step()
    now = 600
    step()
    step()
    clear()
    clear()
    return written
  }

  test('is shown on a terminal once it takes long, and is gone at the end', () => {
    expect(progress(true, {})).toBe('\r2 of 3 files\r\u001b[K')
  })

  test.each([
    ['in a pipe', false, {}],
    ['on a build server', true, { CI: 'true' }],
    ['in a dumb terminal', true, { TERM: 'dumb' }],
  ])('is not shown %s', (_, isTTY, env) => {
    expect(progress(isTTY, env)).toBe('')
  })
})

describe('annotations on GitHub', () => {
  const env = { GITHUB_ACTIONS: 'true' }
  const cwd = (): string => folderWith({ 'a.yaml': WITH_WARNING })

  test('follow what people read', async () => {
    const { stdout } = await runCli(['lint', 'a.yaml'], { cwd: cwd(), env })
    expect(stdout).toMatch(/^a\.yaml:4:19: warning: .*\n1 warning in 1 file\n::warning file=a\.yaml,line=4,/s)
  })

  test.each([
    ['elsewhere', {}, []],
    ['beside a format for machines', env, ['--format', 'json']],
    ['when they go into a file', env, ['--format', 'pretty', '--format', 'github:out.txt']],
  ])('are not added %s', async (_, surroundings, argv) => {
    const { stdout } = await runCli(['lint', 'a.yaml', ...argv], { cwd: cwd(), env: surroundings })
    expect(stdout).not.toMatch(/^::/m)
  })

  test('are not written twice', async () => {
    const { stdout } = await runCli(['lint', 'a.yaml', '--format', 'github'], { cwd: cwd(), env })
    expect(stdout.match(/^::/gm)).toHaveLength(1)
  })
})

describe('--no-error-on-unmatched-pattern', () => {
  test.each([
    [['p/*.yml'], 0],
    [['empty'], 0],
    [['p/*.yml', 'p'], 0],
    [['p/no.yaml'], 2],
  ])('%j', async (paths, code) => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'empty/readme.md': '' })
    expect((await runCli(['lint', ...paths, '--no-error-on-unmatched-pattern'], { cwd })).code).toBe(code)
  })
})

test('of very many findings the first are shown, and all count', async () => {
  const many = Array.from({ length: 10_500 }, (_, at) => `    - p${at}: get\n`).join('')
  const cwd = folderWith({ 'a.yaml': `a:\n  label: Read notes\n  endpoints:\n${many}` })
  const argv = [
    'lint',
    'a.yaml',
    '--format',
    'compact',
    '--max-warnings',
    '10499',
    '--rule',
    'method-case=warning',
  ]
  const { code, stdout, stderr } = await runCli(argv, { cwd })
  expect([code, stdout.split('\n').length - 1]).toEqual([1, 10_000])
  expect(stderr).toMatch(/^note: `a\.yaml` has 10,500 findings, of which 10,000 are shown\n/)
}, 20_000)
