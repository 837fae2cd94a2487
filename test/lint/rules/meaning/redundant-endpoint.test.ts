import { describe, expect, test, vi } from 'vitest'
import { lintDocument } from '../../../../src/lint/lint.ts'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'

const ID = 'redundant-endpoint'

function scope(...items: string[]): string {
  return `s:\n  label: x\n  endpoints:\n${items.map((item) => `    ${item}\n`).join('')}`
}

describe('redundant-endpoint', () => {
  test('names the wider pattern, a request, and where it stands', () => {
    expect(findingsOf(ID, scope('- workers/me: GET', '- workers/*: [GET, PUT]'))).toEqual([
      {
        underlined: 'workers/me',
        message:
          '`workers/me` grants nothing new in scope `s`: `workers/*` grants the same, such as `GET /workers/me`',
        related: 'workers/*',
      },
    ])
  })

  test('what one star covers by taking slashes is one finding, at the first', () => {
    expect(findingsOf(ID, scope('- r/*: GET', '- r/*/a: GET', '- r/*/b: GET', '- q/*/c: GET'))).toEqual([
      {
        underlined: 'r/*/a',
        message:
          '`r/*/a` and 1 more endpoint of scope `s` grant nothing new: `r/*` grants the same, such as `GET /r/a/a`, since a star takes slashes too',
        related: 'r/*',
      },
    ])
  })

  test('looks into included scopes', () => {
    const text = `${scope('- a/b: GET').replace('endpoints', 'includes: [t]\n  endpoints')}t:\n  label: y\n  endpoints: [a/*: GET]\n`
    expect(findingsOf(ID, text)).toEqual([
      {
        underlined: 'a/b',
        message:
          '`a/b` grants nothing new in scope `s`: `a/*` of the included scope `t` grants the same, such as `GET /a/b`',
        related: 'a/*',
      },
    ])
  })

  test('several methods may be covered by several patterns', () => {
    expect(findingsOf(ID, scope('- a/b: [GET, PUT]', '- a/*: GET', '- "*/b": PUT'))[0]?.message).toBe(
      '`a/b` grants nothing new in scope `s`: `a/*` and `*/b` together grant the same, such as `GET /a/b`',
    )
  })

  test('what is only near is not reported', () => {
    expect(
      underlinedBy(ID, scope('- a/*: GET', '- a: GET', '- a/b: PUT', '- b/a/c: GET', '- A/b: GET')),
    ).toEqual([])
    // A path that ends in a slash is granted only where the pattern asks for it.
    expect(underlinedBy(ID, scope('- a/*: GET', '- a/: GET'))).toEqual([])
    expect(underlinedBy(ID, scope('- a: GET', '- a: GET'))).toEqual([])
  })

  test('of patterns that cover each other the later is reported', () => {
    const text = `$options: {caseSensitive: false}\n${scope('- a: GET', '- A: GET')}`
    expect(underlinedBy(ID, text)).toEqual(['A'])
  })

  test('in `segment` mode several patterns together cover one', () => {
    const text = `$options: {wildcard: segment}\n${scope('- "[ab]": GET', '- a: GET', '- b: GET')}`
    expect(underlinedBy(ID, text)).toEqual(['a', 'b'])
    // As text, too: `x/[a]` is also a path, and only that pattern spells it.
    const spelled = `$options: {wildcard: segment}\n${scope('- x/[ab]: GET', '- x/[a]: GET')}`
    expect(underlinedBy(ID, spelled)).toEqual([])
    const both = `$options: {wildcard: segment}\n${scope('- x/a*: GET', '- x/[^a]*: GET', '- x/*: GET')}`
    expect(findingsOf(ID, both)[0]?.message).toContain('together grant the same')
  })

  test('what nothing can match has been reported as such', () => {
    const text = `$options: {wildcard: segment}\n${scope('- "workers/*": GET', '- "workers/[?]": GET', '- workers/caf%E9: GET')}`
    expect(underlinedBy(ID, text)).toEqual([])
    expect(underlinedBy(ID, scope('- "*": GET', '- a//b: GET'))).toEqual([])
  })

  test.each([
    ['block list', scope('- a/*: GET # all', '- a/b: GET', '- c'), scope('- a/*: GET # all', '- c')],
    [
      'Windows line ends',
      scope('- a/b: GET', '- a/*: GET # all').replaceAll('\n', '\r\n'),
      scope('- a/*: GET # all').replaceAll('\n', '\r\n'),
    ],
    [
      'flow list',
      's: {label: x, endpoints: [a/b: GET, "a/*": GET, a/c: GET, c]}\n',
      's: {label: x, endpoints: ["a/*": GET, c]}\n',
    ],
    [
      'JSON',
      '{"s": {"label": "x", "endpoints": [\n  {"a/*": "GET"},\n  {"a/b": "GET"}\n]}}',
      '{"s": {"label": "x", "endpoints": [\n  {"a/*": "GET"}\n]}}',
    ],
    ['everything but one item', scope('- "*"', '- a: GET', '- b', '- "**"'), scope('- "*"')],
  ])('deletes the item: %s', (_, before, after) => {
    expect(fixedBy(ID, before)).toBe(after)
  })

  test.each([
    ['a star takes slashes', scope('- a/*: GET', '- a/*/b: GET')],
    ['a comment would go', scope('- a/*: GET', '- a/b: GET # myself')],
    ['an anchor would go', scope('- a/*: GET', '- a/b: &m GET', '- c: *m')],
    [
      'the list is shared',
      `s: {label: x, endpoints: &l [a/*: GET, a/b: GET]}\nt: {label: y, endpoints: *l}\n`,
    ],
    [
      'the list would be empty',
      `s: {label: x, includes: [t], endpoints: [a/b: GET]}\nt: {label: y, endpoints: [a/*: GET]}\n`,
    ],
  ])('has no fix where %s', (_, text) => {
    expect(findingsOf(ID, text).length).toBeGreaterThan(0)
    expect(() => fixedBy(ID, text)).toThrow()
  })

  test('one item of a list stays though included scopes grant everything', () => {
    const rest = 't: {label: y, endpoints: [a/*: GET]}\n'
    const text = `s: {label: x, includes: [t], endpoints: [a/b: GET, a/c: GET]}\n${rest}`
    const { diagnostics } = lintDocument(text, {})
    expect(diagnostics.filter(({ code }) => code === ID).map(({ fix }) => fix === undefined)).toEqual([
      true,
      false,
    ])
  })

  test('a bound that was reached is said, and nothing else', () => {
    let time = 0
    const clock = vi
      .spyOn(process, 'threadCpuUsage')
      .mockImplementation(() => ({ user: (time += 2_000_000), system: 0 }))
    const { diagnostics, undecided } = lintDocument(scope('- a/*: GET', '- a/b: GET'), {})
    clock.mockRestore()
    expect(undecided).toContainEqual({
      rule: ID,
      question: expect.stringMatching(/^whether others cover \d endpoints? of scope `s`$/) as string,
    })
    expect(diagnostics.filter(({ code }) => code === ID)).toEqual([])
  })
})
