/**
 * What of YAML is accepted and what is refused: aliases, tags, directives, merge keys, several documents,
 * keys that are no texts, and the ways of ending a line.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { codes, endpoint, findings, parse, scope } from './findings.ts'

const FIELDS = '{label: x, endpoints: [a]}'

describe('an alias', () => {
  test('stands for the value of its anchor, wherever a value can stand', () => {
    const text = `
a:
  label: &label Read
  endpoints: &list
    - &item {a/b: &methods [GET, &put PUT]}
b:
  label: *label
  endpoints: *list
c:
  label: x
  endpoints: [*item, {c: *methods}, {d: *put}]
`
    const policy = loadPolicy(text)
    expect(policy.scopes.get('b')?.label).toBe('Read')
    expect(policy.methodsFor('b', '/a/b')).toEqual(['GET', 'PUT'])
    expect(policy.methodsFor('c', '/a/b')).toEqual(['GET', 'PUT'])
    expect(policy.methodsFor('c', '/c')).toEqual(['GET', 'PUT'])
    expect(policy.methodsFor('c', '/d')).toEqual(['PUT'])
  })

  test('may be a key', () => {
    const policy = loadPolicy(
      `s: {label: x, endpoints: [{&p a: GET}]}\nt: {label: x, endpoints: [{*p : PUT}, *p]}`,
    )
    expect(policy.methodsFor('t', '/a')).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
    expect(policy.methodsFor('s', '/a')).toEqual(['GET'])
  })

  test('takes the anchor before it, when there are several of that name', () => {
    const policy = loadPolicy(endpoint('&p a\n    - x: &m GET\n    - y: *m\n    - z: &m PUT\n    - v: *m'))
    expect(['/x', '/y', '/z', '/v'].map((path) => policy.methodsFor('s', path))).toEqual([
      ['GET'],
      ['GET'],
      ['PUT'],
      ['PUT'],
    ])
  })

  test('used a hundred times is accepted, once more is not', () => {
    const uses = (count: number): string =>
      scope(
        'label: x',
        'endpoints:',
        '  - a: &m GET',
        ...Array.from({ length: count }, (_, index) => `  - p${index}: *m`),
      )
    expect(codes(uses(100))).toEqual([])
    expect(codes(uses(101))).toEqual(['limit-exceeded'])
    expect(findings(uses(101))[0]?.[1]).toBe('*m')
  })

  test('without an anchor before it is an error', () => {
    for (const text of [
      's: *t\n',
      'label: x\ns: *later\nt: &later x\n',
      `s: {label: *l, endpoints: [a]}`,
      `*k : ${FIELDS}`,
    ]) {
      expect(codes(text), text).toContain('yaml-alias')
    }
  })

  test('that contains itself is an error', () => {
    const circles = [
      's: &s {label: x, endpoints: *s}\n',
      's: {label: x, endpoints: &e [a, *e]}\n',
      's: &s {label: &l {en: *l}, endpoints: [a]}\n',
      '&root s: {label: x, endpoints: [a], includes: &i [*i]}\n',
    ]
    for (const text of circles) expect(codes(text), text).toContain('yaml-alias')
  })

  test('cannot multiply endpoints beyond the limit', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    const text = `${lines.join('\n')}\ns:\n  label: x\n  endpoints: *a\n`
    expect(codes(text, { limits: { endpoints: 9 } })).toContain('limit-exceeded')
  })

  test('of a bomb is refused before it goes off', () => {
    const bomb = ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 12; level++) {
      bomb.push(`l${level}: &l${level} [${Array.from({ length: 9 }, () => `*l${level - 1}`).join(', ')}]`)
    }
    expect(parse(`x-notes:\n  ${bomb.join('\n  ')}\ns: ${FIELDS}\n`).policy).toBeNull()
    expect(
      parse(`s:\n  label: x\n  x-bomb:\n    ${bomb.slice(0, 11).join('\n    ')}\n  endpoints: [a]\n`).policy,
    ).not.toBeNull()
  })
})

describe('a tag', () => {
  test('is refused, whatever it says', () => {
    for (const tag of [
      '!!binary',
      '!!str',
      '!!int',
      '!!map',
      '!custom',
      '!',
      '!!js/function',
      '!<tag:yaml.org,2002:str>',
    ]) {
      const [first] = findings(scope(`label: ${tag} x`, 'endpoints: [a]'))
      expect(first, tag).toEqual(['yaml-tag', tag])
    }
  })

  test('is refused on keys, lists, mappings and in comments that are none', () => {
    expect(codes(`!!str s: ${FIELDS}`)).toContain('yaml-tag')
    expect(codes(scope('label: x', 'endpoints: !!seq [a]'))).toContain('yaml-tag')
    expect(codes(`--- !!map\ns: ${FIELDS}\n`)).toContain('yaml-tag')
    expect(codes(`s: !!map ${FIELDS}`)).toContain('yaml-tag')
    expect(codes(endpoint('!x a: GET'))).toContain('yaml-tag')
    expect(codes(endpoint('a: !x GET'))).toContain('yaml-tag')
    expect(codes(scope('label: x', 'x-note: !x y', 'endpoints: [a]'))).toContain('yaml-tag')
    expect(codes(`# !!str\ns: ${FIELDS}\n`)).toEqual([])
    expect(codes(scope('label: "!!str x"', 'endpoints: [a]'))).toEqual([])
  })
})

describe('a directive', () => {
  test('is refused unless it is %YAML 1.2', () => {
    expect(codes(`%YAML 1.2\n---\ns: ${FIELDS}\n`)).toEqual([])
    expect(codes(`%YAML 1.2 # comment\n---\ns: ${FIELDS}\n`)).toEqual([])
    for (const line of [
      '%YAML 1.1',
      '%YAML 1.0',
      '%YAML 1.3',
      '%YAML 2.0',
      '%TAG ! tag:x,2000:',
      '%FOO bar',
      '%YAML',
    ]) {
      expect(codes(`${line}\n---\ns: ${FIELDS}\n`), line).toContain('yaml-directive')
      expect(findings(`${line}\n---\ns: ${FIELDS}\n`)[0]?.[1]).toBe(line)
    }
  })

  test('of YAML 1.1 does not change what the text means, even in what is reported', () => {
    expect(codes(`%YAML 1.1\n---\non: ${FIELDS}\nyes: ${FIELDS}\n`)).not.toContain('duplicate-key')
  })
})

describe('a merge key', () => {
  test('is refused', () => {
    expect(codes(`a: &a ${FIELDS}\ns:\n  <<: *a\n`)).toContain('yaml-merge-key')
    expect(codes(`s: {<<: {label: x}, endpoints: [a]}\n`)).toContain('yaml-merge-key')
    expect(codes(`<<: ${FIELDS}\n`)).toContain('yaml-merge-key')
  })

  test('in quotes is a key like any other', () => {
    expect(codes(`"<<": ${FIELDS}\n`)).toEqual([])
    expect(codes(scope('label: x', 'endpoints: [{"<<": GET}]'))).toEqual([])
  })
})

describe('several documents', () => {
  test('in one stream are refused', () => {
    for (const text of [
      `s: ${FIELDS}\n---\nt: ${FIELDS}\n`,
      `---\ns: ${FIELDS}\n---\n`,
      `s: ${FIELDS}\n...\n---\nt: ${FIELDS}\n`,
      `---\n---\ns: ${FIELDS}\n`,
      `s: ${FIELDS}\n...\nt: ${FIELDS}\n`,
      `s: ${FIELDS}\n--- # nothing\n`,
    ]) {
      expect(codes(text), text).toContain('several-documents')
      expect(parse(text).policy).toBeNull()
    }
  })

  test('are underlined within the text, also where less than a mark of three characters is left', () => {
    for (const [text, underlined] of [
      [`s: ${FIELDS}\n---\nt: x\n`, '---'],
      [`s: ${FIELDS}\n...\n# comment\n--- t\n`, '---'],
      [`s: ${FIELDS}\n...\nt`, 't'],
      ["---\n'\n...\n'\n", "'"],
    ] as const) {
      const found = parse(text).diagnostics.find(({ code }) => code === 'several-documents')
      expect(found && text.slice(found.span.start, found.span.end), text).toBe(underlined)
      expect(found?.span.end).toBeLessThanOrEqual(text.length)
    }
  })

  test('are not what one document with marks around it is', () => {
    expect(codes(`---\ns: ${FIELDS}\n...\n`)).toEqual([])
    expect(codes(`--- # begins\ns: ${FIELDS}\n... # ends\n# comment\n`)).toEqual([])
    expect(codes(`s:\n  label: |\n    ---\n    x\n  endpoints: [a]\n`)).toEqual([])
  })
})

describe('a key', () => {
  test('that is a list or a mapping is refused', () => {
    for (const key of ['[a, b]', '{a: b}', '? [a]\n', '? {a: b}\n', '? - a\n']) {
      expect(codes(`${key}: ${FIELDS}\n`), key).toContain('complex-key')
    }
    expect(codes(endpoint('[a]: GET'))).toContain('complex-key')
    expect(codes(endpoint('{a: b}: GET'))).toContain('complex-key')
  })

  test('twice in one mapping is refused, wherever it stands', () => {
    expect(codes(scope('label: x', 'endpoints: [a]', 'label: y'))).toEqual(['duplicate-key'])
    expect(codes(scope('label: x', 'endpoints: [a]', '"label": y'))).toEqual(['duplicate-key'])
    expect(codes(scope('label: {en: x, "en": y}', 'endpoints: [a]'))).toEqual(['duplicate-key'])
    expect(codes(`$options: {head: explicit, head: as-get}\ns: ${FIELDS}`)).toEqual(['duplicate-key'])
    expect(codes(`$options: {}\n$options: {}\ns: ${FIELDS}`)).toEqual(['duplicate-key'])
    expect(codes(scope('label: x', 'endpoints: [{a: GET, a: PUT}]'))).toContain('duplicate-key')
    expect(codes(scope('label: x', 'endpoints: [a]', 'x-notes: {a: 1, a: 2}'))).toEqual(['duplicate-key'])
  })

  test('through an alias twice is underlined where it is written the second time', () => {
    const text = `&n s: ${FIELDS}\n*n : ${FIELDS}\n`
    const [found] = parse(text).diagnostics
    expect(found?.code).toBe('duplicate-key')
    expect(found?.range.start.line).toBe(2)
    expect(found?.related?.[0]?.range.start.line).toBe(1)
  })
})

describe('the end of a line', () => {
  const text = `s:\n  label: x\n  endpoints:\n    - a: GET\n    - "b c"\n`

  test('is LF or CR LF', () => {
    const crlf = text.replaceAll('\n', '\r\n')
    expect(loadPolicy(crlf).fingerprint).toBe(loadPolicy(text).fingerprint)
    expect(findings(crlf)).toEqual(findings(text))
    expect(parse(crlf).diagnostics.map(({ range }) => range)).toEqual(
      parse(text).diagnostics.map(({ range }) => range),
    )
  })

  test('in one document may be both', () => {
    expect(loadPolicy(text.replace('\n', '\r\n')).fingerprint).toBe(loadPolicy(text).fingerprint)
  })

  test('as a lone CR loads the same policy, or none', () => {
    const { policy } = parse(text.replaceAll('\n', '\r'))
    expect([undefined, loadPolicy(text).fingerprint]).toContain(policy?.fingerprint)
  })

  test('a lone CR in a comment hides nothing from a reader of YAML 1.2', () => {
    // To YAML a lone CR ends the line, and with it the comment.
    const hidden = `s:\n  label: x\n  endpoints:\n    - a # note\r    - "*"\n`
    const { policy } = parse(hidden)
    expect(policy === null || policy.authorize('s', 'GET', '/anything')).toBe(true)
  })

  test('in a label is part of it only where YAML keeps it', () => {
    expect(
      loadPolicy('s:\r\n  label: |\r\n    a\r\n    b\r\n  endpoints: [a]\r\n').scopes.get('s')?.label,
    ).toBe('a\nb\n')
  })
})

describe('a byte order mark', () => {
  test('at the beginning is fine, in text and bytes', () => {
    const text = `\ufeffs: ${FIELDS}\n`
    expect(loadPolicy(text).scopes.has('s')).toBe(true)
    expect(loadPolicy(new TextEncoder().encode(text)).scopes.has('s')).toBe(true)
    expect(loadPolicy(text).fingerprint).toBe(loadPolicy(text.slice(1)).fingerprint)
  })

  test('does not move what is underlined', () => {
    expect(findings(`\ufeffs: {label: x, endpoints: [b c]}\n`)).toEqual([['unreachable-endpoint', ' ']])
  })

  test('in front of the first key does not hide that it is a duplicate', () => {
    expect(codes(`\ufeffs: ${FIELDS}\ns: ${FIELDS}\n`)).toEqual(['duplicate-key'])
  })
})

describe('text that is no YAML', () => {
  const wrong: readonly string[] = [
    's: {label: x, endpoints: [a]',
    's: {label: "x, endpoints: [a]}',
    's:\n\tlabel: x\n',
    's: a: b\n',
    's:\n  label: x\n endpoints: [a]\n',
    's: [a}\n',
    's: @x\n',
    's: `x`\n',
    's: %x\n',
    '"a\\q": x\n',
    's\nt: x\n',
    's: - a\n',
    '}\n',
    's: {a: [\n- b]}\n',
    's: &a &b x\n',
    's: &a\n',
    's: "a" b\n',
    '? a\nb\n',
    '- a\ns: b\n',
    's: |x\n  a\n',
    's: >9\n  a\n',
    "s: 'a\n",
    'a: b: c: d\n',
    '[\n',
    '{a, b, c: }}\n',
    '&a *b : c\n',
    '"a": "b"c\n',
    's: !\n  - a\n b\n',
    ': :\n',
    '?',
    '-',
  ]

  test('is never a policy, and says so somewhere in the text', () => {
    for (const text of wrong) {
      const { policy, diagnostics } = parse(text)
      expect(policy, text).toBeNull()
      for (const { span } of diagnostics) expect(span.end, text).toBeLessThanOrEqual(text.length)
    }
  })

  test('in one scope hides nothing of the others', () => {
    const text = `a:\n  label: "open\n  x: y"z\nb:\n  label: x\n  endpoints: [{c: FETCH}]\n`
    expect(codes(text)).toContain('yaml-syntax')
  })
})
