import { afterEach, describe, expect, test, vi } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import * as library from '../../src/index.ts'
import { folderWith, GOOD, runCli, WITH_ERROR } from './run-cli.ts'

vi.mock('../../src/index.ts', { spy: true })

afterEach(() => {
  vi.mocked(library.parsePolicy).mockRestore()
})

test('--version prints the version of the package', async () => {
  expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

describe('help', () => {
  test.each([[['--help']], [['help']], [['lint', '--help']], [['help', 'lint']], [['check', '-h']]])(
    '%j goes to standard output with examples and exit codes',
    async (argv) => {
      const { code, stdout, stderr } = await runCli(argv)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('\nExamples:\n  ')
      expect(stdout).toMatch(/\nExit codes: 0 /)
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    },
  )

  test('is shown when no command is named, as a usage error', async () => {
    const { code, stdout, stderr } = await runCli([])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: scope-policy')
  })
})

describe('usage errors end with 2 and one clear line', () => {
  test.each([
    [
      'an unknown option',
      ['lint', '--formt', 'json'],
      "error: unknown option '--formt'\n(Did you mean --format?)\n",
    ],
    ['an unknown command', ['lnt'], "error: unknown command 'lnt'\n(Did you mean lint?)\n"],
    [
      'a missing argument',
      ['check', 'p.yaml', '--scopes', 'a'],
      "error: missing required argument 'method'\n",
    ],
    [
      'one argument too many',
      ['check', 'p', '--scopes', 'a', 'GET', '/', 'x'],
      "error: too many arguments for 'check'. Expected 3 arguments but got 4.\n",
    ],
    [
      'an option without its value',
      ['lint', '--format'],
      "error: option '--format <format[:file]>' argument missing\n",
    ],
    ['a needed option', ['consent', 'p.yaml'], "error: required option '--scopes <names>' not specified\n"],
    [
      'a number that is none',
      ['lint', '--max-warnings', '-1'],
      "error: option '--max-warnings <n>' argument '-1' is invalid. Write a whole number from 0.\n",
    ],
    [
      'a terminal command',
      ['lint', '--x\u001b[2J\n::error::y'],
      "error: unknown option '--x\\u{1B}[2J\\u{A}::error::y'\n",
    ],
  ])('for %s', async (_, argv, stderr) => {
    expect(await runCli(argv)).toEqual({ code: 2, stdout: '', stderr })
  })
})

describe('an unexpected exception', () => {
  async function broken(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
    vi.mocked(library.parsePolicy).mockImplementation(() => {
      throw new Error('the moon\u001b is full')
    })
    return runCli(['lint', '-'], { stdin: GOOD, env })
  }

  test('is one line and exit code 2', async () => {
    const { code, stderr } = await broken({})
    expect(code).toBe(2)
    expect(stderr).toBe('error: internal error, please report it: the moon\\u{1B} is full\n')
  })

  test('shows its stack when DEBUG is set', async () => {
    expect((await broken({ DEBUG: '1' })).stderr).toMatch(/\n {4}at /)
  })
})

describe('color', () => {
  test.each([
    ['is off when standard output is no terminal', {}, [], false, false],
    ['is on when it is one', {}, [], true, true],
    ['is off in a dumb terminal', { TERM: 'dumb' }, [], true, false],
    ['is off with NO_COLOR', { NO_COLOR: '1' }, [], true, false],
    ['is not changed by an empty NO_COLOR', { NO_COLOR: '' }, [], true, true],
    ['is on with FORCE_COLOR', { FORCE_COLOR: '1' }, [], false, true],
    ['is off with FORCE_COLOR=0', { FORCE_COLOR: '0' }, [], true, false],
    ['is off with both', { NO_COLOR: '1', FORCE_COLOR: '1' }, [], true, false],
    ['is on with --color', { NO_COLOR: '1' }, ['--color'], false, true],
    ['is off with --no-color', { FORCE_COLOR: '1' }, ['--no-color'], true, false],
  ])('%s', async (_, env, flags, isTTY, colored) => {
    const cwd = folderWith({ 'a.yaml': WITH_ERROR, 'b.yaml': GOOD })
    const lint = await runCli(['lint', 'a.yaml', ...flags], { cwd, env, isTTY })
    expect(lint.stdout.includes('\u001b[')).toBe(colored)
    const check = await runCli([...flags, 'check', 'b.yaml', '--scopes', 'x', 'GET', '/'], {
      cwd,
      env,
      isTTY,
    })
    expect(check.stdout.includes('\u001b[')).toBe(colored)
  })
})
