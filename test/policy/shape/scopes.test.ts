/**
 * Names and fields of scopes: each rule of the specification's first section, kept and broken.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../../src/index.ts'
import { codes, findings, parse, scope } from '../../yaml/findings.ts'

const FIELDS = '{label: x, endpoints: [a]}'

describe('a document', () => {
  test('is a mapping', () => {
    expect(findings('- a\n- b\n').map(([code]) => code)).toEqual(['not-a-mapping'])
    expect(findings('text\n').map(([code]) => code)).toEqual(['not-a-mapping'])
    expect(findings('5\n').map(([code]) => code)).toEqual(['not-a-mapping'])
  })

  test('may be JSON', () => {
    expect(codes('{"s": {"label": "x", "endpoints": ["a", {"b": ["GET"]}]}}')).toEqual([])
  })

  test('without anything in it is an error', () => {
    for (const text of [
      '',
      ' ',
      '\n',
      '# only a comment\n',
      '---\n',
      '---\n...\n',
      '~\n',
      'null\n',
      '%YAML 1.2\n---\n',
      '\ufeff',
    ]) {
      expect(codes(text), JSON.stringify(text)).toEqual(['empty-document'])
    }
  })

  test('without scopes loads and grants nothing, with a warning', () => {
    for (const text of ['{}', '$options: {}', '$schema: x']) {
      const { policy, diagnostics } = parse(text)
      expect(diagnostics.map(({ code }) => code)).toEqual(['no-scopes'])
      expect(policy?.scopes.size).toBe(0)
      expect(policy?.authorize('s', 'GET', '/a')).toBe(false)
    }
  })
})

describe('a scope name', () => {
  test('may have every character of a scope-token, and no other', () => {
    for (let unit = 0; unit < 0x180; unit++) {
      const character = String.fromCharCode(unit)
      const allowed = unit === 0x21 || (unit >= 0x23 && unit <= 0x5b) || (unit >= 0x5d && unit <= 0x7e)
      const { policy, diagnostics } = parse({ [`a${character}b`]: { label: 'x', endpoints: ['a'] } })
      expect(policy !== null, `U+${unit.toString(16)}`).toBe(allowed)
      if (!allowed) expect(diagnostics.length).toBeGreaterThan(0)
    }
  })

  test('is underlined where it has another', () => {
    expect(findings(`"a  b": ${FIELDS}`)).toContainEqual(['invalid-scope-name', '"a  b"'])
    expect(findings(`caf\u00e9: ${FIELDS}`)).toEqual([['invalid-scope-name', 'caf\u00e9']])
    expect(findings(`'a"b': ${FIELDS}`)).toEqual([['invalid-scope-name', `'a"b'`]])
    expect(findings(`"": ${FIELDS}`)).toEqual([['invalid-scope-name', '""']])
    expect(findings(`"\\t": ${FIELDS}`)).toEqual([['invalid-scope-name', '"\\t"']])
  })

  test('is the text as written, however YAML would read it', () => {
    const names = ['123', 'on', '1e3', 'null', '2024-01-01', '~', '0x1F', '1.0', 'true', '.5', '12:30']
    const policy = loadPolicy(names.map((name) => `${name}: ${FIELDS}\n`).join(''))
    expect([...policy.scopes.keys()]).toEqual(names)
    expect(policy.authorize('1e3', 'GET', '/a')).toBe(true)
    expect(policy.authorize('1000', 'GET', '/a')).toBe(false)
  })

  test('that other readers take for something else gets a warning, unless it is quoted', () => {
    expect(findings(`on: ${FIELDS}`)).toEqual([['yaml-1-1-ambiguity', 'on']])
    expect(findings(`"on": ${FIELDS}`)).toEqual([])
    expect(findings(`? |-\n  on\n: ${FIELDS}`)).toEqual([])
  })

  test('twice is an error that points to both', () => {
    const { diagnostics } = parse(`s: ${FIELDS}\nt: ${FIELDS}\ns: ${FIELDS}\n`)
    expect(
      diagnostics.map(({ code, range, related }) => [code, range.start.line, related?.[0]?.range.start.line]),
    ).toEqual([['duplicate-key', 3, 1]])
  })

  test('twice through quotes, escapes and aliases is an error as well', () => {
    const twice = [
      ['s', '"s"'],
      ['s', `'s'`],
      ['s', '"\\x73"'],
      ['1', '"1"'],
      ['"a"', '"\\u0061"'],
      ['&n s', '*n '],
      ['? |-\n  s\n', 's'],
    ]
    for (const [first = '', second = ''] of twice) {
      expect(codes(`${first}: ${FIELDS}\n${second}: ${FIELDS}\n`), second).toContain('duplicate-key')
    }
    expect(codes({ a: { label: 'x', endpoints: ['a'] }, A: { label: 'x', endpoints: ['a'] } })).toEqual([])
  })

  test('that begins with a dollar sign is reserved', () => {
    for (const name of ['$x', '$option', '"$"', '$Schema', '$$options']) {
      expect(findings(`s: ${FIELDS}\n${name}: ${FIELDS}`)).toEqual([['reserved-name', name]])
    }
    expect(findings(`s$: ${FIELDS}`)).toEqual([])
    expect(findings(`$schema: https://example.com/schema.json\ns: ${FIELDS}`)).toEqual([])
  })
})

describe('a scope', () => {
  test('is a mapping', () => {
    for (const value of ['text', '[a]', '', '~', '5']) {
      expect(
        findings(`s: ${value}\n`).map(([code]) => code),
        value,
      ).toEqual(['wrong-type'])
    }
  })

  test('needs a label, and endpoints or includes', () => {
    expect(findings(scope('endpoints: [a]'))).toEqual([['missing-field', 's']])
    expect(findings(scope('label: x'))).toEqual([['missing-field', 's']])
    expect(findings(`${scope('label: x', 'includes: [t]')}t: ${FIELDS}`)).toEqual([])
    expect(findings('s: {}\n').map(([code]) => code)).toEqual(['missing-field', 'missing-field'])
  })

  test('has no other fields, because an ignored restriction would be a hole', () => {
    for (const field of [
      'deny',
      'except',
      'endpoint',
      'Label',
      'methods',
      'scopes',
      '<',
      '$options',
      'X-a',
      'x',
      '__proto__',
      'constructor',
      'toString',
    ]) {
      expect(findings(scope('label: x', 'endpoints: [a]', `${field}: [b]`)), field).toEqual([
        ['unknown-field', field],
      ])
    }
  })

  test('suggests the field that was probably meant', () => {
    const { diagnostics } = parse(scope('label: x', 'endpoint: [a]'))
    expect(diagnostics.find(({ code }) => code === 'unknown-field')?.help).toContain('endpoints')
    const deny = parse(scope('label: x', 'endpoints: [a]', 'deny: [b]')).diagnostics[0]
    expect(deny?.help).toContain('restriction')
  })

  test('may have notes of its own, whatever is in them', () => {
    expect(
      findings(scope('label: x', 'endpoints: [a]', 'x-owner: me', 'x-: ~', 'x-deep: {a: [{b: [1, null]}]}')),
    ).toEqual([])
  })
})

describe('label, description and group', () => {
  const texts = (field: string, value: string): string =>
    scope(...(field === 'label' ? [] : ['label: x']), `${field}: ${value}`, 'endpoints: [a]')

  for (const field of ['label', 'description', 'group']) {
    test(`${field} is a string that is not blank, or strings by language`, () => {
      for (const value of [
        'Words',
        '"  x "',
        '{en: Read}',
        '{en: Read, pt-BR: Ler, zh-Hant-TW: x}',
        '|\n    Two\n    lines',
      ]) {
        expect(findings(texts(field, value)), value).toEqual([])
      }
    })

    test(`${field} that is blank, nothing or no text is an error`, () => {
      const wrong: readonly (readonly [string, string])[] = [
        ['""', 'invalid-label'],
        ['"  "', 'invalid-label'],
        ['"\\t"', 'invalid-label'],
        ['"\\u00a0"', 'invalid-label'],
        ['{}', 'invalid-label'],
        ['{en: ""}', 'invalid-label'],
        ['{"": x}', 'invalid-label'],
        ['{not a tag: x}', 'invalid-label'],
        ['{e: x}', 'invalid-label'],
        ['{en_US: x}', 'invalid-label'],
        ['{en-: x}', 'invalid-label'],
        ['', 'null-value'],
        ['~', 'null-value'],
        ['null', 'null-value'],
        ['{en: }', 'null-value'],
        ['{en: ~}', 'null-value'],
        ['[a]', 'wrong-type'],
        ['{en: [a]}', 'wrong-type'],
        ['{en: {en: x}}', 'wrong-type'],
      ]
      for (const [value, code] of wrong) expect(codes(texts(field, value)), value).toEqual([code])
    })

    test(`${field} that looks like a number is text, with a warning to quote it`, () => {
      for (const value of ['5', '1.5', 'true', 'yes', '2024-01-01', '0x1F']) {
        expect(findings(texts(field, value)), value).toEqual([['yaml-1-1-ambiguity', value]])
        expect(findings(texts(field, `"${value}"`))).toEqual([])
      }
    })

    test(`${field} has each language once, whatever its letter case`, () => {
      expect(codes(texts(field, '{en: a, EN: b}'))).toEqual(['duplicate-key'])
      expect(codes(texts(field, '{en: a, "en": b}'))).toEqual(['duplicate-key'])
      expect(codes(texts(field, '{en: a, en-US: b}'))).toEqual([])
    })

    test(`${field} holds no control characters, not even through escapes`, () => {
      expect(codes(texts(field, '"a\\u0007b"'))).toEqual(['control-character'])
      expect(codes(texts(field, '"a\\u202eb"'))).toEqual(['bidi-control'])
      expect(codes(texts(field, '"a\\u0085b"'))).toEqual(['control-character'])
      expect(codes(texts(field, '"a\\ud800b"'))).toEqual(['invalid-utf8'])
    })
  }

  test('are in the model as written', () => {
    const text = scope('label: {en: Read, pt: Ler}', 'description: Long', 'group: Files', 'endpoints: [a]')
    expect(loadPolicy(text).scopes.get('s')).toMatchObject({
      label: { en: 'Read', pt: 'Ler' },
      description: 'Long',
      group: 'Files',
    })
  })
})

describe('risk', () => {
  test('is low, medium or high', () => {
    for (const risk of ['low', 'medium', 'high', '"high"']) {
      expect(findings(scope('label: x', 'endpoints: [a]', `risk: ${risk}`))).toEqual([])
    }
    for (const risk of ['High', 'critical', '5', '[low]', '{a: b}', '~', '']) {
      expect(codes(scope('label: x', 'endpoints: [a]', `risk: ${risk}`)), risk).toEqual(['invalid-value'])
    }
  })
})

describe('optional', () => {
  test('is true or false', () => {
    const { scopes } = loadPolicy(
      `a: {label: x, endpoints: [a], optional: true}\nb: {label: x, endpoints: [a], optional: false}\nc: ${FIELDS}`,
    )
    expect([...scopes.values()].map(({ optional }) => optional)).toEqual([true, false, false])
    for (const optional of ['yes', 'True', '"true"', '1', '~', '', '[true]']) {
      expect(codes(scope('label: x', 'endpoints: [a]', `optional: ${optional}`)), optional).toEqual([
        'invalid-value',
      ])
    }
  })
})

describe('includes', () => {
  const with_ = (value: string): string => `${scope('label: x', `includes: ${value}`)}t: ${FIELDS}\n`

  test('lists names of scopes in the document', () => {
    expect(findings(with_('[t]'))).toEqual([])
    expect(findings(with_('[]'))).toEqual([])
    expect(findings(with_('[t, t]'))).toEqual([])
    expect(findings(with_('[u]'))).toEqual([['unknown-scope', 'u']])
    expect(findings(with_('["$options"]'))).toEqual([['unknown-scope', '"$options"']])
    expect(findings(with_('[T]'))).toEqual([['unknown-scope', 'T']])
  })

  test('is a list of texts', () => {
    for (const value of ['t', '{t: }', '~', '', '[[t]]', '[{t: }]']) {
      expect(codes(with_(value)), value).toEqual(['wrong-type'])
    }
    expect(codes(with_('[~]'))).toContain('wrong-type')
  })

  test('goes round in no circle', () => {
    expect(findings(scope('label: x', 'includes: [s]'))).toEqual([['include-cycle', 's']])
    const circle =
      'a: {label: x, includes: [b]}\nb: {label: x, includes: [c]}\nc: {label: x, includes: [a]}\n'
    expect(codes(circle)).toEqual(['include-cycle'])
  })
})

describe('endpoints', () => {
  test('is a list', () => {
    for (const value of ['a', '"*"', '{a: GET}', '~', '', '5']) {
      expect(codes(scope('label: x', `endpoints: ${value}`)), value).toEqual(['wrong-type'])
    }
  })

  test('may be empty, with a warning', () => {
    expect(findings(scope('label: x', 'endpoints: []'))).toEqual([['scope-without-endpoints', '[]']])
    expect(findings(`${scope('label: x', 'endpoints: []', 'includes: [t]')}t: ${FIELDS}`)).toEqual([])
  })
})

describe('$options', () => {
  const options = (...lines: readonly string[]): string =>
    `$options:\n${lines.map((line) => `  ${line}\n`).join('')}s: ${FIELDS}\n`

  test('has the documented options and no others', () => {
    const all = [
      'preset: cerb',
      'basePath: /rest',
      'extensions: [json, xml]',
      'caseSensitive: true',
      'trailingSlash: strict',
      'wildcard: any',
      'head: explicit',
      'encodedSlash: refuse',
      'delimiters: refuse',
      'methods: [DELETE, GET]',
    ]
    expect(findings(options(...all))).toEqual([])
    expect(findings(options('basepath: /rest'))).toEqual([['unknown-option', 'basepath']])
    expect(findings(options('x-note: 1'))).toEqual([['unknown-option', 'x-note']])
    expect(findings(options('__proto__: 1'))).toEqual([['unknown-option', '__proto__']])
  })

  test('is a mapping', () => {
    for (const value of ['x', '[a]', '~', ''])
      expect(codes(`$options: ${value}\ns: ${FIELDS}`), value).toEqual(['wrong-type'])
    expect(codes(`$options: {}\ns: ${FIELDS}`)).toEqual([])
  })

  test('refuses values that an option cannot have', () => {
    const wrong: Readonly<Record<string, readonly string[]>> = {
      preset: ['Cerb', 'none', '~', '[cerb]'],
      basePath: ['[a]', '~', '//', '/a/../b', '"a b"', '/a?b', '/a%zz', '/a//b', '"http://h/a"'],
      extensions: ['json', '[.json]', '["a/b"]', '[""]', '[~]', '[[json]]', '["a..b"]', '["*"]'],
      caseSensitive: ['yes', '"true"', '1', '~', 'no'],
      trailingSlash: ['Strict', 'true', '~'],
      wildcard: ['glob', 'ANY', '~'],
      head: ['get', 'true', '~'],
      encodedSlash: ['accept', '~'],
      delimiters: ['accept', '~'],
      methods: ['GET', '[]', '[FOO]', '["GET, POST"]', '["*"]', '[~]', '[[GET]]', '{GET: 1}'],
    }
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        expect(new Set(codes(options(`${name}: ${value}`))), `${name}: ${value}`).toEqual(
          new Set(['invalid-option']),
        )
      }
    }
  })

  test('accepts a method in lower case with a warning, as endpoints do', () => {
    expect(codes(options('methods: [get]'))).toEqual(['method-case'])
    expect(loadPolicy(options('methods: [get]')).methodsFor('s', '/a')).toEqual(['GET'])
  })

  test('may stand anywhere in the document', () => {
    expect(loadPolicy(`s: ${FIELDS}\n$options: {basePath: /rest}\n`).authorize('s', 'GET', '/rest/a')).toBe(
      true,
    )
  })
})
