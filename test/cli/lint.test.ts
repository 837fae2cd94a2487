import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  folderWith,
  CLEAN as GOOD,
  runCli,
  WITH_ERROR,
  CLEAN_WITH_WARNING as WITH_WARNING,
} from './run-cli.ts'

interface JsonReport {
  files: { path: string; diagnostics: { code: string; severity: string }[] }[]
  summary: Record<string, number>
}

async function lintedPaths(cwd: string, ...argv: string[]): Promise<string[]> {
  const { stdout } = await runCli(['lint', '--format', 'json', ...argv], { cwd })
  return (JSON.parse(stdout) as JsonReport).files.map(({ path }) => path)
}

describe('the exit code', () => {
  test.each([
    ['0 for a clean document', GOOD, [], 0],
    ['0 for warnings alone', WITH_WARNING, [], 0],
    ['1 for errors', WITH_ERROR, [], 1],
    ['0 for as many warnings as allowed', WITH_WARNING, ['--max-warnings', '1'], 0],
    ['1 for more warnings than allowed', WITH_WARNING, ['--max-warnings', '0'], 1],
    ['1 for warnings that are not shown', WITH_WARNING, ['--max-warnings', '0', '--quiet'], 1],
    ['1 for errors when quiet', WITH_ERROR, ['--quiet'], 1],
  ])('is %s', async (_, text, flags, code) => {
    const cwd = folderWith({ 'a.yaml': text })
    expect((await runCli(['lint', 'a.yaml', ...flags], { cwd })).code).toBe(code)
  })
})

describe('sources', () => {
  test('are the YAML files below a folder, sorted, without node_modules and dot folders', async () => {
    const cwd = folderWith({
      'p/b.yml': GOOD,
      'p/a.yaml': GOOD,
      'p/deep/er/c.yaml': GOOD,
      'p/readme.md': '# no',
      'p/d.json': '{}',
      'p/node_modules/x/e.yaml': GOOD,
      'p/.git/f.yaml': GOOD,
      'p/.hidden.yaml': GOOD,
    })
    expect(await lintedPaths(cwd, 'p')).toEqual(['p/a.yaml', 'p/b.yml', 'p/deep/er/c.yaml'])
    expect(await lintedPaths(cwd, '.')).toEqual(['p/a.yaml', 'p/b.yml', 'p/deep/er/c.yaml'])
    expect(await lintedPaths(join(cwd, 'p/deep'), '../')).toHaveLength(3)
  })

  test('named as files are taken whatever their name', async () => {
    const cwd = folderWith({ '.hidden': GOOD, 'node_modules/p.txt': GOOD })
    expect(await lintedPaths(cwd, './.hidden', 'node_modules/p.txt')).toEqual([
      '.hidden',
      'node_modules/p.txt',
    ])
  })

  test('named twice are read once', async () => {
    const cwd = folderWith({ 'p/a.yaml': GOOD })
    expect(await lintedPaths(cwd, 'p', 'p/a.yaml', './p/../p/a.yaml', '**/*.yaml')).toEqual(['p/a.yaml'])
  })

  test('are what a glob matches', async () => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'p/b.yaml': GOOD, 'p/c.yml': GOOD })
    expect(await lintedPaths(cwd, 'p/*.yaml')).toEqual(['p/a.yaml', 'p/b.yaml'])
  })

  test('are named as they were typed, from the working folder', async () => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'q/b.yaml': GOOD })
    const here = join(cwd, 'q')
    expect(await lintedPaths(here, '../p', '../p/*.yaml', 'b.yaml')).toEqual(['../p/a.yaml', 'b.yaml'])
    expect(await lintedPaths(here, join(cwd, 'p'), join(here, 'b.yaml'))).toEqual([
      join(cwd, 'p/a.yaml'),
      'b.yaml',
    ])
  })

  test('may have names that look like globs', async () => {
    const cwd = folderWith({ 'p/[a].yaml': GOOD, 'p/a.yaml': GOOD, '{q}/x.yaml': GOOD })
    expect(await lintedPaths(cwd, 'p/[a].yaml', '{q}')).toEqual(['p/[a].yaml', '{q}/x.yaml'])
  })

  test('are not found through symbolic links, but may be named through them', async () => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'outside/secret.yaml': GOOD })
    symlinkSync(join(cwd, 'outside'), join(cwd, 'p/folder'))
    symlinkSync(join(cwd, 'outside/secret.yaml'), join(cwd, 'p/file.yaml'))
    symlinkSync(join(cwd, 'p'), join(cwd, 'p/loop'))
    symlinkSync(join(cwd, 'nowhere'), join(cwd, 'p/dangling.yaml'))
    expect(await lintedPaths(cwd, 'p')).toEqual(['p/a.yaml'])
    expect(await lintedPaths(cwd, 'p/**/*.yaml')).toEqual(['p/a.yaml'])
    expect(await lintedPaths(cwd, 'p/file.yaml')).toEqual(['p/file.yaml'])
    expect(await lintedPaths(cwd, 'p/folder')).toEqual(['p/folder/secret.yaml'])
  })

  test.each([
    ['a missing file', 'no.yaml', '`no.yaml` does not exist'],
    ['a folder without YAML', 'empty', 'no `*.yaml` or `*.yml` file in the folder `empty`'],
    ['a glob without matches', 'p/*.yml', 'no file matches `p/*.yml`'],
    ['an empty path', '', 'a path is empty'],
    ['something below a file', 'p/a.yaml/b', '`p/a.yaml/b` does not exist'],
  ])('that do not exist are an error: %s', async (_, path, message) => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'empty/readme.md': '' })
    expect(await runCli(['lint', 'p', path], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    })
  })

  test('that cannot be read do not hide the findings about the others', async () => {
    const cwd = folderWith({ 'b.yaml': WITH_ERROR })
    const server = createServer().listen(join(cwd, 'a.yaml'))
    await once(server, 'listening')
    const { code, stdout, stderr } = await runCli(['lint', 'a.yaml', 'b.yaml'], { cwd })
    server.close()
    expect(code).toBe(2)
    expect(stdout).toContain('b.yaml:4:19: error:')
    expect(stderr).toBe('error: `a.yaml` cannot be read: it is not a file\n')
  })

  test('are those that policies usually have where none is named', async () => {
    const usual = ['a/b.scopes.yml', 'policies/a/c.yaml', 'scopes.yaml', 'x/policies/d.yml', 'x/scopes.yml']
    const others = [
      'policies/c.test.yaml',
      'scopes.test.yaml',
      'myscopes.yaml',
      'compose.yaml',
      '.github/w.yml',
    ]
    const cwd = folderWith(Object.fromEntries([...usual, ...others].map((name) => [name, WITH_ERROR])))
    const { code, stdout } = await runCli(['lint', '--format', 'compact'], { cwd })
    expect(code).toBe(1)
    expect(stdout.match(/^[^:\n]+(?=:)/gm)).toEqual(usual)
    const empty = await runCli(['lint'], { cwd: folderWith({ 'a.yaml': GOOD }) })
    expect(empty.code).toBe(2)
    expect(empty.stderr).toBe(
      'error: no `scopes.yaml`, `*.scopes.yaml` or `policies/*.yaml` file in the folder `.`\n',
    )
  })

  test('are given to the loader as bytes', async () => {
    const cwd = folderWith({ 'a.yaml': Buffer.from(GOOD.replace('Access', 'Acc\u00e9s'), 'latin1') })
    expect((await runCli(['lint', 'a.yaml'], { cwd })).stdout).toContain('[invalid-utf8]')
  })

  test('without an end are refused in bounded memory', async () => {
    const { code, stdout } = await runCli(['lint', '/dev/zero'])
    expect(code).toBe(1)
    expect(stdout).toContain('[limit-exceeded]')
  })
})

describe('standard input', () => {
  test.each([[['--stdin']], [['-']], [['-', '--stdin']]])('is read with %j', async (argv) => {
    const { code, stdout } = await runCli(['lint', ...argv], { stdin: WITH_ERROR })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^<stdin>:4:19: error: /)
    expect(stdout).toMatch(/\n1 error in 1 file\n$/)
  })

  test('has the name it is given', async () => {
    const argv = ['lint', '--stdin', '--stdin-filename', 'policies/a.yaml']
    expect((await runCli(argv, { stdin: WITH_ERROR })).stdout).toMatch(/^policies\/a\.yaml:4:19: error: /)
  })

  test('comes together with files', async () => {
    const cwd = folderWith({ 'a.yaml': GOOD })
    expect((await runCli(['lint', '-', 'a.yaml'], { cwd, stdin: GOOD })).stdout).toBe(
      'no problems in 2 files\n',
    )
  })

  test('must be wanted to be named', async () => {
    const cwd = folderWith({ 'a.yaml': GOOD })
    const { code, stderr } = await runCli(['lint', 'a.yaml', '--stdin-filename', 'b.yaml'], { cwd })
    expect([code, stderr]).toEqual([2, 'error: --stdin-filename is for --stdin\n'])
  })
})

describe('findings', () => {
  test('come sorted by file and place', async () => {
    const two = WITH_ERROR.replace('[GET', '[POTS')
    const cwd = folderWith({ 'b.yaml': two, 'a.yaml': WITH_ERROR })
    const { stdout } = await runCli(['lint', 'b.yaml', 'a.yaml'], { cwd })
    const places = stdout.split('\n').filter((line) => line.includes(': error: '))
    expect(places.map((line) => line.split(': ')[0])).toEqual(['a.yaml:4:19', 'b.yaml:4:19', 'b.yaml:8:26'])
  })

  test('are errors only when quiet', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_ERROR.replace('[GET', '[get') })
    expect((await runCli(['lint', 'a.yaml'], { cwd })).stdout).toMatch(/\n1 error, 1 warning in 1 file\n$/)
    const quiet = await runCli(['lint', 'a.yaml', '--quiet'], { cwd })
    expect(quiet.stdout).not.toContain('warning')
    expect(quiet.stdout).toMatch(/\n1 error in 1 file\n$/)
  })

  test('leave the files as they are', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_WARNING })
    await runCli(['lint', '.'], { cwd })
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(WITH_WARNING)
  })

  test('more than allowed are explained on standard error', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_WARNING })
    const { stderr } = await runCli(['lint', 'a.yaml', '--max-warnings', '0'], { cwd })
    expect(stderr).toBe('error: 1 warning, and --max-warnings allows 0\n')
  })
})

describe('formats', () => {
  test('can go into files, one beside another', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_ERROR })
    const argv = ['lint', 'a.yaml', '--format', 'pretty', '--format', 'json:out.json', '--color']
    const { stdout } = await runCli(argv, { cwd })
    expect(stdout).toContain('\u001b[31m')
    const written = JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8')) as JsonReport
    expect(written.files[0]?.diagnostics[0]?.code).toBe('unknown-method')
  })

  test('in files have no color', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_ERROR })
    const { stdout } = await runCli(['lint', 'a.yaml', '--format', 'pretty:out.txt', '--color'], { cwd })
    expect(stdout).toBe('')
    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).toMatch(/^a\.yaml:4:19: error: /)
  })

  test.each([
    ['an unknown format', ['jsn'], 'there is no format `jsn`; did you mean `json`?'],
    [
      'a format like no other',
      ['sarcasm'],
      'there is no format `sarcasm`; write `pretty`, `compact`, `json`, `sarif`, `github`, `gitlab` or `junit`',
    ],
    ['an empty file name', ['json:'], 'no file after `json:`'],
    [
      'two on standard output',
      ['json', 'pretty'],
      'only one format can go to standard output; write the others as `FORMAT:FILE`',
    ],
    ['a source as the file', ['json:./a.yaml'], 'the report would replace `./a.yaml`, which it is about'],
    ['one file for two', ['json:o', 'pretty:./o'], 'two formats would be written to `./o`'],
    ['a missing folder', ['json:no/o'], '`no/o` cannot be written: it does not exist'],
  ])('are refused: %s', async (_, formats, message) => {
    const cwd = folderWith({ 'a.yaml': WITH_ERROR })
    const { code, stderr } = await runCli(
      ['lint', 'a.yaml', ...formats.flatMap((format) => ['--format', format])],
      { cwd },
    )
    expect([code, stderr]).toEqual([2, `error: ${message}\n`])
    expect(readFileSync(join(cwd, 'a.yaml'), 'utf8')).toBe(WITH_ERROR)
    expect(existsSync(join(cwd, 'o'))).toBe(false)
  })
})

describe('policy options', () => {
  test.each([
    [['--methods', 'GET, POST'], 0],
    [['--preset', 'cerb'], 0],
    [['--base-path', '/rest', '--extensions', 'json,xml', '--case-insensitive', '--wildcard', 'segment'], 0],
    [
      ['--trailing-slash', 'ignore', '--head', 'as-get', '--encoded-slash', 'data', '--delimiters', 'data'],
      0,
    ],
    [['--preset', 'crb'], 2],
    [['--wildcard', 'all'], 2],
    [['--methods', ''], 2],
    [['--methods', 'GTE'], 2],
    [['--base-path', '/a/../b'], 2],
    [['--extensions', 'json,'], 2],
  ])('%j end with %i', async (flags, expected) => {
    const cwd = folderWith({ 'a.yaml': GOOD })
    const { code, stderr } = await runCli(['lint', 'a.yaml', ...flags], { cwd })
    expect(code).toBe(expected)
    if (expected === 2) expect(stderr).toMatch(/^error: [^\n]+\n$/)
  })
})
