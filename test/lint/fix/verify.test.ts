/** Fixes of rules that err: what they would do is found out before it is done. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fix } from '../../../src/lint/index.ts'
import type { Rule } from '../../../src/lint/rule.ts'
import type { Edit } from '../../../src/diagnostic/diagnostic.ts'

const { planted } = vi.hoisted(() => ({ planted: [] as Rule[] }))
vi.mock('../../../src/lint/rules/index.ts', () => ({
  rules: ['planted-one', 'planted-two'].map((id): Rule => ({
    id,
    group: 'meaning',
    severity: 'warning',
    summary: 'for tests',
    why: 'For tests.',
    bad: '',
    good: '',
    fix: 'safe',
    check: (subject, report) => planted.find((rule) => rule.id === id)?.check?.(subject, report),
  })),
}))

afterEach(() => {
  planted.length = 0
})

/** A rule that replaces a string wherever it is. */
function plant(id: string, from: string, to: string, unsafe = false): void {
  const edit = (at: number): Edit => ({ span: { start: at, end: at + from.length }, text: to })
  const check: Rule['check'] = ({ text }, report) => {
    for (let at = text.indexOf(from); at !== -1; at = text.indexOf(from, at + 1)) {
      const fix = { title: 'x', edits: [edit(at)], ...(unsafe && { unsafe: true as const }) }
      report({ span: { start: at, end: at + from.length }, message: 'm', fix })
    }
  }
  planted.push({ id, check } as Rule)
}

const TEXT =
  'a:\n  label: Read notes\n  endpoints:\n    - notes: GET\n    - "words" : GET\n    - "more" : GET\n'

describe('a fix that says it is safe and is not', () => {
  test.each([
    ['it would change what is allowed', 'notes: GET', '"notes*": GET'],
    ['it would change what is allowed', 'notes: GET', 'notes: [GET, POST]'],
    ['the document would not load any more', 'notes: GET', 'notes: [GET'],
    ['the document would not load any more', 'label', 'lable'],
    ['the scopes would not be the same', 'a:\n', 'b:\n'],
  ])('is left out: %s', (reason, from, to) => {
    plant('planted-one', from, to)
    expect(fix(TEXT)).toMatchObject({
      text: TEXT,
      fixed: 0,
      refused: [{ code: 'planted-one', reason }],
    })
    expect(fix(TEXT).diagnostics.map(({ code }) => code)).toEqual(['planted-one'])
  })

  test('does not keep others from being applied', () => {
    plant('planted-one', '" : GET', '": GET')
    plant('planted-two', 'notes: GET', 'notes: POST')
    const result = fix(TEXT)
    expect(result.text).toBe(TEXT.replaceAll('" : GET', '": GET'))
    expect(result).toMatchObject({
      fixed: 2,
      refused: [{ code: 'planted-two', reason: 'it would change what is allowed' }],
    })
  })

  test('is left out beside another one that is wrong only together with it', () => {
    const twice = 'a:\n  label: Read notes\n  endpoints:\n    - b: GET\n    - /b: GET\n    - c: GET\n'
    plant('planted-one', '    - b: GET\n', '')
    plant('planted-two', '    - /b: GET\n', '')
    const { text, fixed, diagnostics, refused } = fix(twice)
    expect(text).toBe(twice.replace('    - b: GET\n', ''))
    expect(fixed).toBe(1)
    expect(diagnostics.map(({ code }) => code)).toEqual(['planted-two'])
    expect(refused).toEqual([{ code: 'planted-two', reason: 'it would change what is allowed' }])
  })
})

describe('a fix that changes decisions', () => {
  test('is applied only when asked for', () => {
    plant('planted-one', 'notes: GET', 'notes: POST', true)
    expect(fix(TEXT)).toMatchObject({ text: TEXT, fixed: 0, refused: [] })
    expect(fix(TEXT, { unsafe: true })).toMatchObject({
      text: TEXT.replace('notes: GET', 'notes: POST'),
      fixed: 1,
    })
  })

  test('must leave a document that loads', () => {
    plant('planted-one', 'notes: GET', 'notes: GTE', true)
    expect(fix(TEXT, { unsafe: true })).toMatchObject({ text: TEXT, fixed: 0 })
  })
})

test('fixes that undo each other end', () => {
  plant('planted-one', '" : GET', '": GET')
  plant('planted-two', '": GET', '" : GET')
  const { text } = fix(TEXT)
  expect([TEXT, TEXT.replaceAll('" : GET', '": GET')]).toContain(text)
}, 20_000)

test('a fix with edits that overlap is not applied', () => {
  const edits = [
    { span: { start: 0, end: 2 }, text: 'a:' },
    { span: { start: 1, end: 3 }, text: ':\n' },
  ]
  planted.push({
    id: 'planted-one',
    check: (_, report) => {
      report({ span: { start: 0, end: 1 }, message: 'm', fix: { title: 'x', edits } })
    },
  } as Rule)
  expect(fix(TEXT)).toMatchObject({ text: TEXT, fixed: 0 })
})

test('line ends that a fix brings along are those of the text', () => {
  plant('planted-one', '"words"', '? "words"\n     ')
  const text = TEXT.replaceAll('\n', '\r\n')
  expect(fix(text).text).toBe(text.replace('"words"', '? "words"\r\n     '))
})

test('very many fixes of which each is wrong end', () => {
  const many = Array.from({ length: 2000 }, (_, at) => `    - p${at}: GET\n`).join('')
  plant('planted-one', ': GET', ': POST')
  const text = `a:\n  label: Read notes\n  endpoints:\n${many}`
  expect(fix(text)).toMatchObject({ text, fixed: 0 })
}, 120_000)
