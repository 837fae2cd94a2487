/**
 * Names of scopes (`scope-token`, RFC 6749 §3.3). Few ordinary names, so that tokens and documents meet;
 * names that JavaScript objects or YAML readers treat specially; and now and then any token at all.
 */
import fc from 'fast-check'

const ORDINARY = ['profile', 'search', 'api:read-only', 'api', 'a', 'b', 'https://example.org/auth/x']
const TREACHEROUS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '1',
  '01',
  'on',
  'null',
  '1e3',
  '~',
]

const tokenCharacter = fc
  .integer({ min: 0x21, max: 0x7e })
  .filter((code) => code !== 0x22 && code !== 0x5c)
  .map((code) => String.fromCharCode(code))

const anyToken = fc
  .string({ unit: tokenCharacter, minLength: 1, maxLength: 12 })
  .filter((name) => !name.startsWith('$') && name !== '<<')

export const scopeName: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ORDINARY) },
  { weight: 2, arbitrary: fc.constantFrom(...TREACHEROUS) },
  { weight: 1, arbitrary: anyToken },
)
