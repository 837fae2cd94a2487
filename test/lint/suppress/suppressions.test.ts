import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/lint/index.ts'
import type { LintOptions } from '../../../src/lint/index.ts'

const NEXT = 'scope-policy-disable-next-line'

/** Code, the text that is underlined, and the message. */
function findings(text: string, options: LintOptions = {}): string[] {
  return lint(text, options).map(({ code, span, message }) => {
    return `${code} | ${text.slice(span.start, span.end)} | ${message}`
  })
}

function codes(text: string, options: LintOptions = {}): string[] {
  return lint(text, options).map(({ code }) => code)
}

function endpoints(...lines: readonly string[]): string {
  return ['a:', '  label: Read your notes', '  endpoints:', ...lines.map((line) => `    ${line}`), ''].join(
    '\n',
  )
}

describe('a suppression', () => {
  test.each([
    ['one rule', [`# ${NEXT} method-case`, '- notes: get']],
    ['one rule with a reason', [`# ${NEXT} method-case -- as the server spells it`, '- notes: get']],
    ['without a blank', [`#${NEXT} method-case`, '- notes: get']],
    ['over empty lines', [`# ${NEXT} method-case`, '', '- notes: get']],
    ['over other comments', [`# ${NEXT} method-case`, '# and this', '- notes: get']],
    ['several rules', [`# ${NEXT} method-case, yaml-1-1-ambiguity -- x`, '- 12: get']],
    ['several comments', [`# ${NEXT} method-case`, `# ${NEXT} yaml-1-1-ambiguity`, '- 12: get']],
    ['all findings of a rule on the line', [`# ${NEXT} method-case`, '- notes: [get, head]']],
    ['the line after the one it ends', [`- other: GET # ${NEXT} method-case`, '- notes: get']],
  ])('takes away the findings of the next line: %s', (_, lines) => {
    expect(codes(endpoints(...lines))).toEqual([])
  })

  test.each([
    ['the line after the next', [`# ${NEXT} method-case`, '- notes: GET', '- other: get']],
    ['its own line', [`- notes: get # ${NEXT} method-case`]],
    ['what stands before', ['- notes: get', `# ${NEXT} method-case`]],
    ['another rule', [`# ${NEXT} label-is-name`, '- notes: get']],
    ['what starts further up', ['- notes:', `    # ${NEXT} method-case`, '', '    - GET', '    - get']],
  ])('does not reach %s', (_, lines) => {
    expect(codes(endpoints(...lines))).toContain('method-case')
  })

  test('is not what stands in a string', () => {
    const text = `a:\n  label: |\n    # ${NEXT} method-case\n  endpoints: [{ notes: get }]\n`
    expect(codes(text)).toEqual(['method-case'])
    expect(codes(endpoints(`- "# ${NEXT} nothing": GET`))).not.toContain('unknown-suppression')
  })

  test('works with CR LF, with lone CR and after a byte order mark', () => {
    const text = endpoints(`# ${NEXT} method-case`, '- notes: get')
    expect(codes(text.replaceAll('\n', '\r\n'))).toEqual([])
    expect(codes(text.replaceAll('\n', '\r'))).toEqual([])
    expect(codes(`\ufeff# ${NEXT} method-case\n{ a: { label: Read, endpoints: [{ b: get }] } }`)).toEqual([])
  })

  test('takes away what is configured to be an error of a rule', () => {
    const options = { rules: { 'method-case': 'error' } } as const
    expect(codes(endpoints('- notes: get'), options)).toEqual(['method-case'])
    expect(codes(endpoints(`# ${NEXT} method-case`, '- notes: get'), options)).toEqual([])
  })

  test('works in a document with errors', () => {
    const lines = [`# ${NEXT} method-case`, '- notes: get', '- other: GTE']
    expect(codes(endpoints(...lines))).toEqual(['unknown-method'])
  })
})

describe('an error of the document', () => {
  test('cannot be suppressed, and is said to be one', () => {
    expect(findings(endpoints(`# ${NEXT} unknown-method`, '- notes: GTE'))).toEqual([
      'unknown-suppression | unknown-method | `unknown-method` is an error of the document and cannot be suppressed',
      'unknown-method | GTE | unknown HTTP method `GTE`',
    ])
  })
})

describe('an unknown suppression', () => {
  test.each([
    [`${NEXT} method-cas`, 'method-cas', 'there is no rule `method-cas`', 'did you mean `method-case`?'],
    [`${NEXT} xyz`, 'xyz', 'there is no rule `xyz`', '`scope-policy lint --list-rules` lists the rules'],
    [
      `${NEXT} method-case because I say so`,
      'method-case because I say so',
      'there is no rule `method-case because I say so`',
      'write commas between rules, and ` -- ` in front of a reason',
    ],
    [NEXT, `# ${NEXT}`, 'a suppression names no rule', `name the rules: \`# ${NEXT} rule -- reason\``],
    [
      `${NEXT} -- why`,
      `# ${NEXT} -- why`,
      'a suppression names no rule',
      `name the rules: \`# ${NEXT} rule -- reason\``,
    ],
    [
      'scope-policy-disable-line method-case',
      'scope-policy-disable-line',
      '`scope-policy-disable-line` suppresses nothing',
      `write \`${NEXT}\``,
    ],
    [
      'scope-policy-disable-nextline method-case',
      'scope-policy-disable-nextline',
      '`scope-policy-disable-nextline` suppresses nothing',
      `did you mean \`${NEXT}\`?`,
    ],
  ])('# %s', (comment, underlined, message, help) => {
    const text = endpoints(`# ${comment}`, '- notes: get')
    const found = lint(text).filter(({ code }) => code === 'unknown-suppression')
    expect(
      found.map(({ span, ...rest }) => [text.slice(span.start, span.end), rest.message, rest.help]),
    ).toEqual([[underlined, message, help]])
    expect(codes(text)).toContain('method-case')
  })

  test.each([
    ['scope-policy-check is run nightly'],
    ['see scope-policy-disable-next-line'],
    ['scope-policy'],
  ])('is not any comment: # %s', (comment) => {
    expect(codes(endpoints(`# ${comment}`, '- notes: GET'))).toEqual([])
  })
})

describe('an unused suppression', () => {
  test('is reported with a fix that deletes its line', () => {
    const text = endpoints(`# ${NEXT} method-case -- x`, '- notes: GET')
    const [found, ...others] = lint(text)
    expect(others).toEqual([])
    expect(found?.message).toBe('nothing on the next line is reported as `method-case`')
    const [edit] = found?.fix?.edits ?? []
    expect(text.slice(edit?.span.start, edit?.span.end)).toBe(`    # ${NEXT} method-case -- x\n`)
  })

  test('of which a part is used loses the rest only', () => {
    const text = endpoints(`# ${NEXT} method-case, label-is-name -- x`, '- notes: get')
    expect(findings(text)).toEqual([
      'unused-suppression | label-is-name | nothing on the next line is reported as `label-is-name`',
    ])
  })

  test.each([
    ['when the rule is off', { rules: { 'method-case': 'off' } } as const, ['- notes: GET']],
    ['when the document has errors, and rules are not run', {}, ['- notes: GTE']],
  ])('is not reported %s', (_, options, lines) => {
    expect(codes(endpoints(`# ${NEXT} method-case`, ...lines), options)).not.toContain('unused-suppression')
  })

  test('is found at the end of the text', () => {
    expect(codes(`${endpoints('- notes: GET')}# ${NEXT} method-case`)).toEqual(['unused-suppression'])
  })
})

describe('a suppression without a reason', () => {
  const on = { rules: { 'suppression-without-reason': 'warning' } } as const
  test.each([
    [`${NEXT} method-case`, ['suppression-without-reason']],
    [`${NEXT} method-case --`, ['suppression-without-reason']],
    [`${NEXT} method-case -- the server wants it`, []],
  ])('is reported where that is wanted: # %s', (comment, expected) => {
    const text = endpoints(`# ${comment}`, '- notes: get')
    expect(codes(text)).toEqual([])
    expect(codes(text, on)).toEqual(expected)
  })
})

test('very many suppressions above each other are read once', () => {
  const text = endpoints(...Array.from({ length: 50_000 }, () => `# ${NEXT} method-case`), '- notes: get')
  expect(codes(text)).toEqual([])
}, 20_000)
