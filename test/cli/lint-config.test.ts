import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, CLEAN as GOOD, runCli, CLEAN_WITH_WARNING as WITH_WARNING } from './run-cli.ts'
import type { Outcome } from './run-cli.ts'

const OFF = 'rules: { method-case: off }\n'
const ERROR = 'rules: { method-case: error }\n'

async function lint(cwd: string, ...argv: string[]): Promise<Outcome> {
  return runCli(['lint', '--format', 'compact', ...argv], { cwd })
}

describe('the configuration of a file', () => {
  test.each([
    '.scope-policyrc.yaml',
    '.scope-policyrc.yml',
    '.scope-policyrc.json',
    'scope-policy.config.yaml',
    'scope-policy.config.yml',
    'scope-policy.config.json',
  ])('can be called %s', async (name) => {
    const text = name.endsWith('json') ? '{ "rules": { "method-case": "off" } }' : OFF
    const cwd = folderWith({ 'a.yaml': WITH_WARNING, [name]: text })
    expect(await lint(cwd, '.')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('is the nearest one above it, and nothing of those further up', async () => {
    const cwd = folderWith({
      '.scope-policyrc.yaml': 'rules: { method-case: error, label-is-name: error }\n',
      'a/b/c.yaml': WITH_WARNING,
      'a/.scope-policyrc.yaml': OFF,
      'd.yaml': WITH_WARNING,
    })
    const { code, stdout } = await lint(cwd, '.')
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^d\.yaml:4:19: error: [^\n]*\n$/)])
  })

  test('is not looked for above the root of the repository', async () => {
    const cwd = folderWith({
      '.scope-policyrc.yaml': ERROR,
      'repository/.git/HEAD': '',
      'repository/a.yaml': WITH_WARNING,
    })
    expect((await lint(cwd, 'repository')).code).toBe(0)
  })

  test('has what it extends before it, each with the globs of its own folder', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.scope-policyrc.yaml':
        'rules: { method-case: error, label-is-name: error }\noverrides: [{ files: p/q/*, rules: { method-case: info } }]\n',
      'shared/strict.yaml':
        'extends: ../.scope-policyrc.yaml\nrules: { label-is-name: off }\nignore: [x.yaml]\n',
      'p/.scope-policyrc.yaml': 'extends: [../shared/strict.yaml, ../.scope-policyrc.yaml]\n',
      'p/a.yaml': WITH_WARNING,
      'p/q/b.yaml': WITH_WARNING,
      'p/x.yaml': WITH_WARNING,
      'shared/x.yaml': 'not: a policy\n',
    })
    const { stdout, stderr } = await lint(cwd, 'p', '--verbose')
    expect(stdout).toMatch(
      /^p\/a\.yaml:4:19: error: .*\np\/q\/b\.yaml:4:19: info: .*\np\/x\.yaml:4:19: error: .*\n$/,
    )
    expect(stderr).toContain(
      'note: `p/a.yaml`: configuration `p/.scope-policyrc.yaml`, which extends `.scope-policyrc.yaml`, `shared/strict.yaml`\n',
    )
  })

  test('can extend one file by many ways at the cost of one', async () => {
    const files: Record<string, string> = { '0.json': '{ "rules": { "method-case": "error" } }' }
    for (let at = 1; at <= 60; at += 1)
      files[`${at}.json`] = JSON.stringify({ extends: Array<string>(9).fill(`${at - 1}.json`) })
    const cwd = folderWith({ ...files, 'a.yaml': WITH_WARNING })
    expect((await lint(cwd, 'a.yaml', '--config', '60.json')).code).toBe(1)
  })

  test.each([
    ['extends: b.yaml', 'extends: a.yaml', 'b.yaml:1:10: error: cycle: `a.yaml` extends itself'],
    ['extends: a.yaml', '', 'a.yaml:1:10: error: cycle: `a.yaml` extends itself'],
    [
      'rules: {}\nextends:\n  - none.yaml',
      '',
      'a.yaml:3:5: error: `none.yaml` cannot be read: it does not exist',
    ],
    ['extends: b.yaml', 'ruls: {}', 'b.yaml:1:1: error: unknown field `ruls` of the configuration'],
    ['extend: b.yaml', '', 'did you mean `extends`?'],
    ['extends: ../../../etc/passwd', '', 'a.yaml:1:10: error: `../../../etc/passwd` is outside of `.`'],
    ['extends: /etc/passwd', '', 'a.yaml:1:10: error: `/etc/passwd` is not a relative path'],
    ['extends: https://a.example/b.yaml', '', '`https://a.example/b.yaml` is not a relative path'],
    ['extends: folder', '', 'a.yaml:1:10: error: `folder` cannot be read: '],
    ['extends: link.yaml', '', 'a.yaml:1:10: error: `link.yaml` is a symbolic link that leads out'],
  ])('is not used where it says %j and the other one %j', async (a, b, message) => {
    const folder = folderWith({
      'secret.yaml': 'hunter2\n',
      'cwd/a.yaml': a,
      'cwd/b.yaml': b,
      'cwd/folder/x': '',
      'cwd/scopes.yaml': GOOD,
    })
    const cwd = join(folder, 'cwd')
    symlinkSync('../secret.yaml', join(cwd, 'link.yaml'))
    const { code, stdout, stderr } = await runCli(['lint', 'scopes.yaml', '--config', 'a.yaml'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/error: the configuration `[ab]\.yaml` cannot be used, and nothing was linted\n$/)
    expect(stderr).not.toContain('hunter2')
  })

  test('is found from the name of standard input', async () => {
    const cwd = folderWith({ 'p/.scope-policyrc.yaml': ERROR })
    const argv = ['lint', '--stdin', '--stdin-filename', 'p/new.yaml']
    expect((await runCli(argv, { cwd, stdin: WITH_WARNING })).code).toBe(1)
    expect((await runCli(['lint', '-'], { cwd, stdin: WITH_WARNING })).code).toBe(0)
  })

  test('is what --config says for every file, with globs from its own folder', async () => {
    const other = 'overrides: [{ files: p/a.yaml, rules: { method-case: error } }]\n'
    const cwd = folderWith({
      'p/a.yaml': WITH_WARNING,
      'p/.scope-policyrc.yaml': OFF,
      'other.yaml': other,
      'q/o.yaml': other,
    })
    expect((await lint(cwd, 'p', '--config', 'other.yaml')).code).toBe(1)
    expect((await lint(cwd, 'p', '--config', 'q/o.yaml')).stdout).toMatch(/ warning: /)
    expect((await lint(cwd, 'p', '--no-config')).stdout).toMatch(/ warning: /)
    expect((await lint(cwd, 'p')).stdout).toBe('')
    expect((await lint(cwd, 'p', '--config', 'no.yaml')).stderr).toBe(
      'error: `no.yaml` cannot be read: it does not exist\n',
    )
  })

  test('is no policy, and is not linted as one', async () => {
    const cwd = folderWith({
      'a.yaml': GOOD,
      'scope-policy.config.yaml': OFF,
      'p/scope-policy.config.yml': OFF,
    })
    const { stdout } = await runCli(['lint', '.', '**/*.y*ml'], { cwd })
    expect(stdout).toBe('no problems in 1 file\n')
  })

  test('is named by --verbose', async () => {
    const cwd = folderWith({ 'p/a.yaml': GOOD, 'p/.scope-policyrc.yaml': OFF, 'b.yaml': GOOD })
    mkdirSync(join(cwd, '.git'))
    expect((await lint(cwd, '.', '--verbose')).stderr).toBe(
      'note: `b.yaml`: no configuration\nnote: `p/a.yaml`: configuration `p/.scope-policyrc.yaml`\n',
    )
  })

  test('says what it overrides for some files', async () => {
    const cwd = folderWith({
      'public/a.yaml': WITH_WARNING,
      'b.yaml': WITH_WARNING,
      '.scope-policyrc.yaml': `${ERROR}overrides:\n  - files: public/**\n    rules: { method-case: off }\n`,
    })
    expect((await lint(cwd, '.')).stdout).toMatch(/^b\.yaml:[^\n]*\n$/)
    expect((await lint(join(cwd, 'public'), '.', '../b.yaml')).stdout).toMatch(/^\.\.\/b\.yaml:[^\n]*\n$/)
  })

  test('gives options to the policy, which flags override', async () => {
    const text = 'a:\n  label: Read notes\n  endpoints:\n    - notes: GET\n$options:\n  extensions: [json]\n'
    const cwd = folderWith({
      'a.yaml': text,
      '.scope-policyrc.yaml': 'options: { basePath: "/a%2fb", encodedSlash: data }\n',
    })
    const { code, stderr } = await lint(cwd, 'a.yaml', '--encoded-slash', 'refuse')
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^error: `\.scope-policyrc\.yaml`, with the flags: option basePath "\/a%2fb" cannot begin a request path/,
    )
    expect((await lint(cwd, 'a.yaml', '--encoded-slash', 'refuse', '--base-path', '/x')).code).toBe(0)
  })
})

describe('ignored files', () => {
  const files = {
    'a.yaml': GOOD,
    'vendor/b.yaml': WITH_WARNING,
    '.scope-policyrc.yaml': 'ignore: vendor/**\n',
  }

  test('are left out below folders and in globs', async () => {
    expect((await runCli(['lint', '.'], { cwd: folderWith(files) })).stdout).toBe('no problems in 1 file\n')
  })

  test('are left out with a note when they are named, as pre-commit does', async () => {
    const { code, stdout, stderr } = await runCli(['lint', 'vendor/b.yaml'], { cwd: folderWith(files) })
    expect([code, stdout]).toEqual([0, 'no problems in 0 files\n'])
    expect(stderr).toBe('note: `vendor/b.yaml` is ignored, as `.scope-policyrc.yaml` says\n')
  })

  test('are an error when there are no others', async () => {
    const cwd = folderWith(files)
    expect(await runCli(['lint', 'vendor'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: every file is ignored, as the configuration says\n',
    })
    expect((await runCli(['lint', 'vendor', '--no-error-on-unmatched-pattern'], { cwd })).code).toBe(0)
  })
})

describe('a configuration with mistakes', () => {
  test('is shown with its place, and nothing is linted', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_WARNING, '.scope-policyrc.yaml': 'rules:\n  method-cas: off\n' })
    expect(await runCli(['lint', 'a.yaml', '--format', 'json'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `.scope-policyrc.yaml:2:3: error: there is no rule \`method-cas\` [unknown-rule]
  1 | rules:
> 2 |   method-cas: off
    |   ^^^^^^^^^^
    = help: did you mean \`method-case\`?

1 error in 1 file
error: the configuration \`.scope-policyrc.yaml\` cannot be used, and nothing was linted
`,
    })
  })

  test('of which there are two in one folder is refused', async () => {
    const cwd = folderWith({ 'a.yaml': GOOD, '.scope-policyrc.yaml': OFF, 'scope-policy.config.json': '{}' })
    expect((await lint(cwd, 'a.yaml')).stderr).toBe(
      'error: there are two configurations in one folder: `.scope-policyrc.yaml` and `scope-policy.config.json`\n',
    )
  })

  test('runs no code', async () => {
    const cwd = folderWith({ 'a.yaml': GOOD })
    const trap = join(cwd, 'trap')
    const code = `require('node:fs').writeFileSync(${JSON.stringify(trap)}, '')`
    for (const name of [
      '.scope-policyrc.js',
      '.scope-policyrc.cjs',
      'scope-policy.config.js',
      'scope-policy.config.mjs',
    ]) {
      writeFileSync(join(cwd, name), code)
    }
    writeFileSync(join(cwd, '.scope-policyrc.yaml'), `rules: !!js/function "${code.replaceAll('"', "'")}"\n`)
    expect((await lint(cwd, 'a.yaml')).stderr).toContain('[yaml-tag]')
  })
})

describe('--rule', () => {
  test('wins over the configuration', async () => {
    const cwd = folderWith({ 'a.yaml': WITH_WARNING, '.scope-policyrc.yaml': OFF })
    expect((await lint(cwd, 'a.yaml', '--rule', 'method-case=error')).code).toBe(1)
    expect(
      (await lint(cwd, 'a.yaml', '--rule', 'method-case=error', '--rule', 'method-case=info')).code,
    ).toBe(0)
  })

  test.each([
    ['method-cas=off', 'there is no rule `method-cas`; did you mean `method-case`?'],
    ['method-case', '`method-case` is not of the form `rule=severity`'],
    ['=off', '`=off` is not of the form `rule=severity`'],
    ['method-case=of', 'rule `method-case` cannot be `of`; did you mean `off`?'],
    ['method-case=', 'rule `method-case` cannot be ``; write `off`, `info`, `warning` or `error`'],
    [
      'yaml-tag=off',
      '`yaml-tag` is an error of the document and cannot be configured; correct the document; with an error it is not a policy',
    ],
  ])('%s is refused', async (flag, message) => {
    expect(await lint(folderWith({ 'a.yaml': GOOD }), 'a.yaml', '--rule', flag)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    })
  })
})
