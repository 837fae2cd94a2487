import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lint } from '../../../../src/lint/index.ts'
import { documentOf, toDocument } from '../../../arbitrary/document.ts'
import { COMMON_METHODS } from '../../../arbitrary/method.ts'
import { recipes, toRequest } from '../../../arbitrary/request.ts'
import { runs } from '../../../arbitrary/settings.ts'
import { policyOf } from '../../../properties/policy-of.ts'
import { referencePolicy } from '../../../reference/authorize.ts'
import { cerbAuthorize } from '../../../reference/cerb.ts'
import { canonical } from '../../../reference/characters.ts'
import type { PlainDocument } from '../../../reference/document.ts'
import { findingsOf, fixedBy, underlinedBy } from '../findings-of.ts'

const ID = 'reference-differs'

function cerb(scopes: string): string {
  return `$options: { preset: cerb }\n${scopes}`
}

function endpoint(item: string): string {
  return cerb(`s:\n  label: Notes of all\n  endpoints:\n    - ${item}\n`)
}

describe('options', () => {
  test('of which none is written are told in one finding', () => {
    expect(findingsOf(ID, 's: { label: Notes of all, endpoints: [a] }\n')).toEqual([
      {
        underlined: 's',
        message:
          '4 options are not as Cerb reads paths: `basePath`, `extensions`, `caseSensitive`, `trailingSlash`',
      },
    ])
  })

  test('that are written are told each at its place', () => {
    const text =
      '$options: { preset: cerb, basePath: /api, wildcard: segment, head: as-get, methods: [GET], trailingSlash: strict }\n' +
      's: { label: Notes of all, endpoints: [a] }\n'
    expect(findingsOf(ID, text)).toEqual([
      { underlined: 'basePath', message: 'Cerb tests the part of a path after `/rest`' },
      { underlined: 'wildcard', message: 'to Cerb `*` crosses slashes, and `?`, `[` and `{` are literal' },
      { underlined: 'head', message: 'Cerb refuses HEAD' },
      {
        underlined: 'methods',
        message: 'Cerb grants DELETE, GET, PATCH, POST, PUT where a pattern is alone',
      },
      { underlined: 'trailingSlash', message: 'Cerb drops one slash at the end of a path' },
    ])
  })

  test('that say the same in other words are left alone', () => {
    const text =
      '$options: { basePath: rest/, extensions: [xml, json], caseSensitive: false, trailingSlash: ignore, delimiters: data }\n' +
      's: { label: Notes of all, endpoints: [a] }\n'
    expect(findingsOf(ID, text)).toEqual([])
  })

  test('given in code count', () => {
    const text = 's: { label: Notes of all, endpoints: [a] }\n'
    const found = lint(text, { preset: 'cerb', rules: { [ID]: 'warning' } })
    expect(found.map(({ code }) => code)).not.toContain(ID)
  })
})

describe('scopes', () => {
  test.each([
    ['on', '1'],
    ['no', '0'],
    ['~', ''],
    ['010', '8'],
    ['0123', '83'],
    ['0x1F', '31'],
    ['0b11', '3'],
    ['1_000', '1000'],
    ['1,000', '1000'],
    ['12:30', '750'],
    ['+5', '5'],
    ['1.0', '1'],
    ['.5', '0'],
  ])('a name %s is %j there', (name, key) => {
    expect(findingsOf(ID, cerb(`${name}: { label: Notes of all, endpoints: [a] }\n`))).toEqual([
      { underlined: name, message: `to Cerb this scope is \`${key}\`, not \`${name}\`` },
    ])
  })

  test.each(['08', '0o17', '1e3', '2001-01-01', '"on"', '"010"', '5', '-7'])(
    'a name %s is the same',
    (name) => {
      expect(findingsOf(ID, cerb(`${name}: { label: Notes of all, endpoints: [a] }\n`))).toEqual([])
    },
  )

  test('fields that grant or ask something here are found, those that only inform once', () => {
    const text = cerb(
      'a: { label: { en: Notes of all }, endpoints: [a], optional: true, description: D, risk: low }\n' +
        'b: { label: Notes of all, includes: [a], optional: false, description: D }\n' +
        'c: { label: Notes of all, includes: [], endpoints: [a], description: D }\n',
    )
    expect(findingsOf(ID, text)).toEqual([
      { underlined: 'label', message: 'Cerb shows an empty line for a label in several languages' },
      { underlined: 'optional', message: 'Cerb knows no `optional`: there people accept all scopes or none' },
      { underlined: 'description', message: 'Cerb ignores `description`, here and in 2 other places' },
      { underlined: 'risk', message: 'Cerb ignores `risk`' },
      {
        underlined: 'includes',
        message: 'Cerb knows no `includes`: there the scope grants its own endpoints only',
      },
    ])
  })
})

describe('endpoints', () => {
  test.each([
    ['a: get', 'get', 'Cerb grants nothing for `get`: methods are in upper case there'],
    ['a: [GET, HEAD]', 'HEAD', 'Cerb grants nothing for `HEAD`: it knows DELETE, GET, PATCH, POST, PUT only'],
    ['/a/b: GET', '/', 'Cerb grants nothing for `/a/b`: paths begin without a slash there'],
    ['/', '/', 'Cerb grants nothing for `/`: paths begin without a slash there'],
    ['a;b', ';', 'Cerb grants requests for `a;b`; here such paths are refused'],
    ['a//b', '//', 'Cerb grants requests for `a//b`; here such paths are refused'],
    ['a/../b', '..', 'Cerb grants requests for `a/../b`; here such paths are refused'],
    ['m%65', 'm%65', 'Cerb compares `m%65` verbatim; here it is `me`'],
    ['x__WILD__y', '__WILD__', 'Cerb reads `__WILD__` as `*`'],
    ['x__WILD*', '__WILD', 'Cerb reads `__WILD__` as `*`'],
    [
      'a*5',
      '*5',
      'Cerb compares character by character, so that this `*` can end inside an escape such as `%25`',
    ],
    ['12', '12', 'Cerb ignores the endpoint `12`, which is a number there'],
    ['yes', 'yes', 'Cerb ignores the endpoint `yes`, which is a boolean there'],
    ['010: GET', '010', 'to Cerb this path is `8`, not `010`'],
  ])('%s', (item, underlined, message) => {
    expect(findingsOf(ID, endpoint(item))).toEqual([{ underlined, message }])
  })

  test.each([
    'a: GET',
    'a/*: [GET, POST, PUT, PATCH, DELETE]',
    '"*"',
    'records/*/search',
    'caf%c3%a9',
    'a.json',
    'a?b',
    'a b',
    'é',
    '12: GET',
    '1e3',
    'a/',
    'x{id}/:x',
    '__wild__',
    'a*zip',
  ])('%s is the same', (item) => {
    expect(findingsOf(ID, endpoint(item))).toEqual([])
  })

  test('a slash is deleted by the fix, and a star put in quotes where it begins then', () => {
    const text = cerb(
      's:\n  label: Notes\n  endpoints:\n    - /a/*: GET # all\n    - "/b"\n    - /*/c\n',
    ).replaceAll('\n', '\r\n')
    expect(fixedBy(ID, text)).toBe(
      text.replace('/a/*', 'a/*').replace('"/b"', '"b"').replace('/*/c', '"*/c"'),
    )
  })
})

/** What Cerb reads in another way stands among what it does not, so that many documents are without. */
const pattern = fc
  .array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.constantFrom(
          '*',
          '*',
          '/',
          '/',
          'workers',
          'me',
          'x',
          '.',
          '.json',
          '-',
          '%20',
          '(z)',
          'Up',
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom('%65', '%7e', '5', 'b', ';', '//', '..', '%2F', '%', '?') },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(''))

const documents = documentOf(
  pattern,
  fc.constant({ preset: 'cerb' as const }),
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...COMMON_METHODS) },
    { weight: 1, arbitrary: fc.constantFrom('get', 'HEAD') },
  ),
)

test('a document without such a finding decides every unambiguous path as Cerb does', () => {
  let compared = 0
  let granted = 0
  let found = 0
  fc.assert(
    fc.property(documents, recipes, (parts, list) => {
      const ours = toDocument(parts)
      const silent = !lint(ours, { rules: { [ID]: 'warning' } }).some(({ code }) => code === ID)
      if (!silent) found += 1
      if (!silent) return
      const policy = policyOf(ours)
      const reference = referencePolicy(ours)
      const theirs: PlainDocument = Object.fromEntries(parts.scopes)
      for (const chosen of list) {
        const { scopes, method, path } = toRequest(parts, chosen)
        const beforeQuery = path.split('?')[0] ?? ''
        // Refused, outside of the API, or spelled in another way than usual.
        if (reference.testedPath(path) === undefined || canonical(beforeQuery) !== beforeQuery) continue
        const expected = cerbAuthorize(theirs, scopes, method, path) ?? false
        compared += 1
        if (expected) granted += 1
        expect(policy.authorize(scopes, method, path), JSON.stringify([scopes, method, path])).toBe(expected)
      }
    }),
    runs(200),
  )
  expect(compared).toBeGreaterThan(50)
  expect(granted).toBeGreaterThan(5)
  expect(found).toBeGreaterThan(20)
})

/** Each of them is decided in another way there, so that no finding is idle. */
test.each([
  [{ s: { label: 'x', endpoints: [{ a: 'get' }] } }, '/rest/a'],
  [{ s: { label: 'x', endpoints: [{ '/a': 'GET' }] } }, '/rest/a'],
  [{ s: { label: 'x', endpoints: [{ 'm%65': 'GET' }] } }, '/rest/me'],
  [{ s: { label: 'x', endpoints: [{ 'a;b': 'GET' }] } }, '/rest/a;b'],
  [{ s: { label: 'x', endpoints: [{ 'a//b': 'GET' }] } }, '/rest/a//b'],
  [{ s: { label: 'x', endpoints: [{ 'a*0': 'GET' }] } }, '/rest/ab%20'],
  [{ s: { label: 'x', includes: ['t'] }, t: { label: 'y', endpoints: ['a'] } }, '/rest/a'],
] as readonly (readonly [PlainDocument, string])[])('%j differs at %s', (document, path) => {
  const ours: PlainDocument = { $options: { preset: 'cerb' }, ...document }
  expect(underlinedBy(ID, JSON.stringify(ours))).toHaveLength(1)
  expect(policyOf(ours).authorize(['s'], 'GET', path)).not.toBe(cerbAuthorize(document, ['s'], 'GET', path))
})
