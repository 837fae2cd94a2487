import { describe, expect, test } from 'vitest'
import { fingerprints } from '../../src/report/findings/fingerprint.ts'
import { finding, spanOf } from './sample.ts'
import { SETTINGS } from './situations.ts'

const TEXT = 'profile:\n  label: You\n  endpoints:\n    - workers/me: GTE\n    - workers/me: PSOT\n'

function name(
  text: string,
  part = 'GTE',
  { path = 'a.yaml', code = 'unknown-method', message = 'x', folder = '' } = {},
): string {
  const found = finding(text, spanOf(text, part), { code, message })
  return fingerprints([{ path, text, diagnostics: [found] }], { ...SETTINGS, folder })[0]?.[0] ?? ''
}

describe('a fingerprint stays the same', () => {
  test.each([
    ['lines above', `# one\n\n${TEXT}`],
    ['lines below', `${TEXT}# one\n`],
    ['another neighbour', TEXT.replace('PSOT', 'PUT')],
    ['another indentation', TEXT.replaceAll('\n    ', '\n      ')],
    ['other line ends', TEXT.replaceAll('\n', '\r\n')],
  ])('with %s', (_, text) => {
    expect(text).not.toBe(TEXT)
    expect(name(text)).toBe(name(TEXT))
  })

  test('with another wording of the message', () => {
    expect(name(TEXT, 'GTE', { message: 'y' })).toBe(name(TEXT))
  })

  test('from wherever the tool is started in the repository', () => {
    expect(name(TEXT, 'GTE', { folder: 'p' })).toBe(name(TEXT, 'GTE', { path: 'p/a.yaml' }))
  })
})

describe('a fingerprint is another', () => {
  test.each([
    ['for another place', name(TEXT, 'PSOT')],
    ['for another line', name(TEXT.replace('- workers/me: GTE', '- workers: GTE'))],
    ['for another code', name(TEXT, 'GTE', { code: 'method-case' })],
    ['for another file', name(TEXT, 'GTE', { path: 'b.yaml' })],
  ])('%s', (_, other) => {
    expect(other).not.toBe(name(TEXT))
  })

  test('for each of those that look the same, also in files of the same name', () => {
    const diagnostics = [finding(TEXT, spanOf(TEXT, 'GTE')), finding(TEXT, spanOf(TEXT, 'GTE'))]
    const file = { path: 'a.yaml', text: TEXT, diagnostics }
    expect(new Set(fingerprints([file, file], SETTINGS).flat()).size).toBe(4)
  })

  test('when the text differs by an unpaired surrogate only', () => {
    expect(name('\ud800', '\ud800')).not.toBe(name('\udc00', '\udc00'))
  })
})
