import { describe, expect, test } from 'vitest'
import { isIgnored, optionsFor } from '../../../src/lint/config/config.ts'
import type { LintConfig } from '../../../src/lint/config/config.ts'
import { readConfig } from '../../../src/lint/config/read-config.ts'

function config(text: string): LintConfig {
  const read = readConfig(text)
  expect(read.diagnostics).toEqual([])
  if (read.value === null) throw new Error('there is no configuration')
  return read.value
}

/** Code, the text that is underlined, message and help. */
function problems(text: string): string[] {
  const { value: config, diagnostics } = readConfig(text)
  expect(config === null).toBe(diagnostics.length > 0)
  return diagnostics.map(({ code, severity, message, help, span }) => {
    expect(severity).toBe('error')
    return `${code} | ${text.slice(span.start, span.end)} | ${message} | ${help ?? ''}`
  })
}

describe('a configuration', () => {
  test('says what its fields say, in YAML and in JSON', () => {
    const data = {
      $schema: './lint-config.schema.json',
      rules: { 'method-case': 'off', 'label-is-name': 'error' },
      settings: { locales: ['en', 'de'], labelLength: 80 },
      options: { preset: 'cerb', basePath: '/api', caseSensitive: true, methods: ['GET'] },
      overrides: [{ files: 'public/**', rules: { 'method-case': 'info' } }],
      ignore: ['vendor/**', '**/*.generated.yaml'],
    }
    const expected = {
      rules: data.rules,
      settings: data.settings,
      options: data.options,
      extends: [],
      overrides: [{ files: ['public/**'], rules: { 'method-case': 'info' }, settings: {}, options: {} }],
      ignore: data.ignore,
    }
    expect(config(JSON.stringify(data))).toEqual(expected)
    expect(
      config(`
rules:
  method-case: off
  label-is-name: error
settings: { locales: [en, de], labelLength: 80 }
options: { preset: cerb, basePath: /api, caseSensitive: true, methods: [GET] }
overrides:
  - files: public/**
    rules: { method-case: info }
ignore: [vendor/**, "**/*.generated.yaml"]
`),
    ).toEqual(expected)
  })

  test.each([[''], ['# nothing yet\n'], ['{}'], ['\ufeff---\n']])('can be empty: %j', (text) => {
    expect(readConfig(text)).toMatchObject({ diagnostics: [] })
    expect(config(text)).toEqual({
      rules: {},
      settings: {},
      options: {},
      extends: [],
      overrides: [],
      ignore: [],
    })
  })
})

describe('a mistake is an error at its place', () => {
  test.each([
    [
      'rules: { method-cas: off }',
      'unknown-rule | method-cas | there is no rule `method-cas` | did you mean `method-case`?',
    ],
    [
      'rules: { toString: off }',
      'unknown-rule | toString | there is no rule `toString` | `scope-policy lint --list-rules` lists the rules',
    ],
    [
      'rules: { method-case: of }',
      'invalid-value | of | rule `method-case` cannot be `of` | did you mean `off`?',
    ],
    [
      'rules: { method-case: 2 }',
      'invalid-value | 2 | rule `method-case` cannot be `2` | write `off`, `info`, `warning` or `error`',
    ],
    [
      'rules: { unknown-method: off }',
      'unknown-rule | unknown-method | `unknown-method` is an error of the document and cannot be configured | correct the document; with an error it is not a policy',
    ],
    [
      'rules: [method-case]',
      'wrong-type | [method-case] | `rules` must be a mapping, not a list | write `rule: severity` below it, indented',
    ],
    ['rules:', 'wrong-type | rules | `rules` is empty | write `rule: severity` below it, indented'],
    ['rule: {}', 'unknown-field | rule | unknown field `rule` of the configuration | did you mean `rules`?'],
    [
      'presets: other',
      'unknown-field | presets | unknown field `presets` of the configuration | write `rules`, `settings`, `options`, `extends`, `overrides`, `ignore` or `$schema`',
    ],
    [
      'extends: [a.yaml, ../b.yaml, /etc/c.yaml]',
      'invalid-value | /etc/c.yaml | `/etc/c.yaml` is not a relative path | write it relative to this file, with `/`',
    ],
    [
      'settings: { labelLenth: 3 }',
      'unknown-setting | labelLenth | unknown setting `labelLenth` | did you mean `labelLength`?',
    ],
    [
      'settings: { labelLength: 1.5 }',
      'wrong-type | 1.5 | setting `labelLength` must be a whole number from 1 on, not a string | write it in digits, such as `80`',
    ],
    [
      'settings: { locales: en }',
      'wrong-type | en | setting `locales` must be a list, not a string | write a list such as `[en, de]`',
    ],
    [
      'options: { basePth: /a }',
      'unknown-option | basePth | unknown option `basePth` | did you mean `basePath`?',
    ],
    [
      'options: { wildcard: all }',
      'invalid-option | all | option `wildcard` cannot be `all` | write `any` or `segment`',
    ],
    [
      'options: []',
      'wrong-type | [] | `options` must be a mapping, not a list | write `name: value` below it, indented',
    ],
    [
      'overrides: { files: a }',
      'wrong-type | { files: a } | `overrides` must be a list, not a mapping | write `- files:` and below it what is different',
    ],
    [
      'overrides: [{ rules: {} }]',
      'missing-field | { rules: {} } | an override names no `files` | add `files:` with a glob, such as `public/**`',
    ],
    [
      'overrides: [{ files: a, ignore: b }]',
      'unknown-field | ignore | unknown field `ignore` of an override | write `files`, `rules`, `settings` or `options`',
    ],
    [
      'ignore: ["!a"]',
      'invalid-value | "!a" | `!a` matches no file | write the files that are meant; `!` takes nothing away',
    ],
    [
      'ignore: ../a',
      'invalid-value | ../a | `../a` matches no file | write it relative to the configuration file, without `./` or `../`',
    ],
    ['ignore: /a', 'invalid-value | /a | `/a` matches no file | write it relative to the configuration file'],
    ["ignore: 'a\\b'", "invalid-value | 'a\\b' | `a\\b` matches no file | write `/` between folders"],
    [
      'ignore: [*.yaml]',
      'unquoted-star | *.yaml | `*.yaml` begins with a star and is not quoted, which makes it a YAML alias | write `"*.yaml"`',
    ],
    [
      '- a',
      'wrong-type | - a | the configuration must be a mapping, not a list | write `rules:` and others below it, indented',
    ],
    [
      'rules: &a { method-case: off }\nrules: *a',
      'duplicate-key | rules | duplicate key `rules` | rename or delete one of them; readers differ in which one they take',
    ],
  ])('%j', (text, ...expected) => {
    expect(problems(text)).toEqual(expected)
  })

  test('each is told', () => {
    expect(problems('rules: { a: off }\nsettings: { b: 1 }\nignore: 3x\nc: d\n')).toHaveLength(3)
  })

  test.each([
    ['that is no YAML', 'rules: [', 'yaml-syntax'],
    ['with a tag', 'rules: !!js/function "x"', 'yaml-tag'],
    ['with two documents', 'rules: {}\n---\nrules: {}\n', 'several-documents'],
    ['with a bidirectional control', 'rules: {} # \u202e', 'bidi-control'],
    ['nested too deep', '['.repeat(100_000), 'limit-exceeded'],
    ['over a mebibyte', `# ${'x'.repeat(1024 * 1024)}`, 'limit-exceeded'],
    ['of many aliases', `rules: &a {}\nignore: [${'*a, '.repeat(200)}]`, 'limit-exceeded'],
  ])('a file %s is refused', (_, text, code) => {
    expect(readConfig(text).diagnostics.map((found) => found.code)).toContain(code)
  })

  test('bytes that are not UTF-8 are refused', () => {
    expect(readConfig(Buffer.from('rules: {} # \xe9', 'latin1')).diagnostics[0]?.code).toBe('invalid-utf8')
  })
})

describe('what applies to a file', () => {
  const parts = config(`
rules: { method-case: off, label-is-name: error }
settings: { labelLength: 80, locales: [en] }
options: { preset: cerb }
overrides:
  - files: ["public/**", "*.open.yaml"]
    rules: { method-case: info }
    settings: { labelLength: 40 }
  - files: public/v2/*
    rules: { method-case: error }
    options: { basePath: /v2 }
ignore: ["**/vendor/**", draft.yaml]
`)

  test.each([
    ['a.yaml', 'off', 80, undefined],
    ['x.open.yaml', 'info', 40, undefined],
    ['sub/x.open.yaml', 'off', 80, undefined],
    ['public/a.yaml', 'info', 40, undefined],
    ['public/v2/.hidden.yaml', 'error', 40, '/v2'],
    ['public/v2/deep/a.yaml', 'info', 40, undefined],
    ['../public/a.yaml', 'off', 80, undefined],
  ])('%s: the later part wins, name by name', (path, severity, labelLength, basePath) => {
    expect(optionsFor([{ config: parts, path }])).toEqual({
      preset: 'cerb',
      rules: { 'method-case': severity, 'label-is-name': 'error' },
      settings: { locales: ['en'], labelLength },
      ...(basePath !== undefined && { basePath }),
    })
  })

  test.each([
    ['draft.yaml', true],
    ['a/draft.yaml', true],
    ['a/drafts.yaml', false],
    ['vendor/a.yaml', true],
    ['a/vendor/b/c.yaml', true],
    ['vendors/a.yaml', false],
  ])('%s is ignored: %j', (path, ignored) => {
    expect(isIgnored([{ config: parts, path }])).toBe(ignored)
  })
})

describe('ignore, as people know it from .gitignore', () => {
  test.each([
    ['v', 'v/x/s.yaml', true],
    ['v/', 'v/x/s.yaml', true],
    ['v/x', 'v/x/s.yaml', true],
    ['v/**', 'v/x/s.yaml', true],
    ['x/', 'v/x/s.yaml', true],
    ['v*', 'v/x/s.yaml', true],
    ['s.yaml/', 'v/x/s.yaml', false],
    ['x/s.yaml', 'v/x/s.yaml', false],
    ['vv', 'v/x/s.yaml', false],
    ['*.yaml', 'v/x/s.yaml', true],
    ['.*', '.github/a.yaml', true],
    ['v', '../v/a.yaml', false],
  ])('%s and %s: %j', (glob, path, ignored) => {
    const { value: config } = readConfig(`ignore: ['${glob}']`)
    expect(config === null ? null : isIgnored([{ config, path }])).toBe(ignored)
  })

  test('decides hostile globs of a pull request in bounded time', () => {
    const globs = [
      '*a*a*a*a*a*a*a*a*b',
      '**/*a**/*a**/*a**/*a*b',
      `${'{a,{a,{a,a}a}a}*'.repeat(20)}b`,
      '[a-z]*'.repeat(150),
    ]
    const { value: config } = readConfig(JSON.stringify({ ignore: globs, overrides: [{ files: globs }] }))
    const name = `${'a'.repeat(120)}.yaml`
    expect(config === null ? null : isIgnored([{ config, path: `${name}/${name}/${name}` }])).toBe(false)
  })
})

test.each([
  ['public', 'public/a/b.yaml', true],
  ['public/', 'public/a/b.yaml', true],
  ['*/', 'public/a/b.yaml', true],
  ['public/*', 'public/a/b.yaml', false],
  ['b.yaml', 'public/a/b.yaml', false],
])('an override for %s applies to %s: %j', (glob, path, applies) => {
  const { value: config } = readConfig(`overrides: [{ files: '${glob}', options: { preset: cerb } }]`)
  expect(config === null ? null : 'preset' in optionsFor([{ config, path }])).toBe(applies)
})
