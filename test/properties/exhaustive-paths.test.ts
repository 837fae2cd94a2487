/**
 * The path rules in full on short paths: every pair of characters, every pair of escapes, and every lead
 * byte of UTF-8 with tails around each boundary. A policy that grants everything shows what is refused.
 */
import { describe, expect, test } from 'vitest'
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainOptions } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'

const numbers = (below: number): number[] => Array.from({ length: below }, (_, index) => index)
const escapes = (bytes: readonly number[]): string =>
  bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

const OPTIONS: readonly PlainOptions[] = [
  {},
  { encodedSlash: 'data', trailingSlash: 'ignore' },
  { encodedSlash: 'data', delimiters: 'data', extensions: ['a'] },
]

describe.each(OPTIONS)('with %o, a path is refused exactly as the rules say', (options) => {
  const document = { $options: options, all: { label: 'all', endpoints: ['*'] } }
  const { authorize } = policyOf(document)
  const reference = referencePolicy(document)
  const differences = (paths: Iterable<string>): string[] => {
    const found: string[] = []
    for (const path of paths) {
      const expected = reference.authorize(['all'], 'GET', path)
      if (authorize('all', 'GET', path) !== expected && found.length < 20) {
        found.push(`${JSON.stringify(path)} is ${expected ? 'denied' : 'granted'}, not so by the rules`)
      }
    }
    return found
  }

  test('for every pair of characters', () => {
    const letters = [...numbers(0x90), 0xa0, 0xe9, 0x12e, 0x2025, 0xd800, 0xdc00, 0xff0e, 0xff0f].map(
      (unit) => String.fromCharCode(unit),
    )
    expect(differences(letters.flatMap((one) => letters.map((two) => `/${one}${two}`)))).toEqual([])
    expect(differences(letters.flatMap((one) => letters.map((two) => one + two)))).toEqual([])
  })

  test('for every pair of escapes', () => {
    const paths = numbers(256).flatMap((one) => numbers(256).map((two) => `/a${escapes([one, two])}`))
    expect(differences(paths)).toEqual([])
  })

  test('for every lead byte with tails around each boundary of UTF-8', () => {
    const tails = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]
    const paths = numbers(0x40).flatMap((lead) =>
      tails.flatMap((one) =>
        tails.flatMap((two) =>
          [[one, two], ...tails.map((three) => [one, two, three])].map(
            (rest) => `/${escapes([0xc0 + lead, ...rest])}`,
          ),
        ),
      ),
    )
    expect(differences(paths)).toEqual([])
  })

  test('for every short sequence of the pieces that rules are about', () => {
    const pieces = ['/', '.', '%2e', '%2F', ';', '%3B', '%25', '%32', '2', 'a', '.a']
    const paths = numbers(pieces.length ** 4).map((index) =>
      [1, 11, 121, 1331].map((place) => pieces[Math.floor(index / place) % pieces.length] ?? '').join(''),
    )
    expect(differences(paths)).toEqual([])
  })
})
