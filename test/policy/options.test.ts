/**
 * Options: defaults, the preset, the document's, and those given in code, which win.
 */
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'
import { resolveOptions } from '../../src/policy/options.ts'

const SCOPE = { label: 'x', endpoints: ['a', 'B/*', 'c/'] }

function options(policy: Policy): Record<string, unknown> {
  return (policy.toJSON() as { $options: Record<string, unknown> }).$options
}

const DEFAULTS = {
  basePath: '',
  extensions: [],
  caseSensitive: true,
  trailingSlash: 'strict',
  wildcard: 'any',
  head: 'explicit',
  encodedSlash: 'refuse',
  delimiters: 'refuse',
  methods: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
  extraMethods: [],
}
const CERB = {
  ...DEFAULTS,
  basePath: '/rest',
  extensions: ['json', 'xml'],
  caseSensitive: false,
  trailingSlash: 'ignore',
}

describe('options', () => {
  test('have the documented defaults', () => {
    expect(options(loadPolicy({ s: SCOPE }))).toEqual(DEFAULTS)
    expect(options(loadPolicy({ $options: {}, s: SCOPE }, {}))).toEqual(DEFAULTS)
  })

  test('of preset cerb are basePath, extensions, caseSensitive and trailingSlash', () => {
    const inDocument = options(loadPolicy({ $options: { preset: 'cerb' }, s: SCOPE }))
    expect({ ...inDocument, extensions: [...(inDocument['extensions'] as string[])].sort() }).toEqual(CERB)
    expect(options(loadPolicy({ s: SCOPE }, { preset: 'cerb' }))).toEqual(inDocument)
  })

  test('beside a preset win over it', () => {
    const document = { $options: { caseSensitive: true, preset: 'cerb', basePath: '/api' }, s: SCOPE }
    expect(options(loadPolicy(document))).toMatchObject({
      basePath: '/api',
      caseSensitive: true,
      trailingSlash: 'ignore',
    })
  })

  test('in code win over the document, one by one', () => {
    const document = { $options: { basePath: '/api', head: 'as-get', methods: ['GET'] }, s: SCOPE }
    expect(options(loadPolicy(document, { basePath: '/v2' }))).toMatchObject({
      basePath: '/v2',
      head: 'as-get',
      methods: ['GET'],
    })
    expect(options(loadPolicy(document, { methods: ['PUT'], head: 'explicit' }))).toMatchObject({
      basePath: '/api',
      head: 'explicit',
      methods: ['PUT'],
    })
    expect(options(loadPolicy(document, { basePath: '' }))).toMatchObject({ basePath: '' })
  })

  test('given as undefined are not given', () => {
    const document = { $options: { basePath: '/api' }, s: SCOPE }
    expect(
      options(loadPolicy(document, { basePath: undefined, preset: undefined, limits: undefined })),
    ).toMatchObject({ basePath: '/api' })
  })

  test('of a preset in code win over the document, and lose against options in code', () => {
    const document = { $options: { basePath: '/api', head: 'as-get' }, s: SCOPE }
    expect(options(loadPolicy(document, { preset: 'cerb' }))).toMatchObject({
      basePath: '/rest',
      head: 'as-get',
    })
    expect(options(loadPolicy(document, { preset: 'cerb', basePath: '/x' }))).toMatchObject({
      basePath: '/x',
      trailingSlash: 'ignore',
    })
  })

  test('have one spelling', () => {
    for (const basePath of ['rest', '/rest', 'rest/', '/rest/', '/r%65st', '/%72est/']) {
      expect(options(loadPolicy({ s: SCOPE }, { basePath }))).toMatchObject({ basePath: '/rest' })
      expect(options(loadPolicy({ $options: { basePath }, s: SCOPE }))).toMatchObject({ basePath: '/rest' })
    }
    expect(options(loadPolicy({ s: SCOPE }, { basePath: '/' }))).toMatchObject({ basePath: '' })
    expect(options(loadPolicy({ s: SCOPE }, { methods: ['PUT', 'GET', 'PUT'] }))).toMatchObject({
      methods: ['GET', 'PUT'],
    })
    const first = options(loadPolicy({ s: SCOPE }, { extensions: ['xml', 'json', 'xml'] }))
    expect(options(loadPolicy({ s: SCOPE }, { extensions: ['json', 'xml'] }))).toEqual(first)
  })

  test('do not change the objects they were given in', () => {
    const given: ParseOptions = { methods: ['PUT', 'GET'], extensions: ['xml', 'json'] }
    const before = structuredClone(given)
    loadPolicy({ s: SCOPE }, given)
    expect(given).toEqual(before)
    expect(Object.isFrozen(resolveOptions({}, given))).toBe(true)
  })
})

describe('options that are none', () => {
  test.each([
    [null, 'options cannot be null'],
    [5, 'options cannot be 5'],
    ['cerb', 'options cannot be "cerb"'],
    [[], 'options cannot be []'],
    [{ basepath: '/' }, 'unknown option "basepath"'],
    [{ wildcard: 5 }, 'option wildcard cannot be 5'],
    [{ limits: null }, 'limits cannot be null'],
    [{ limits: { tokns: 1 } }, 'unknown limit "tokns"'],
    [{ limits: { tokens: '1' } }, 'limit tokens must be a number from 0 on'],
  ])('%o are refused', (given, message) => {
    expect(() => loadPolicy({ s: SCOPE }, given as never)).toThrow(new TypeError(message))
  })

  test('a limit given as undefined is not given', () => {
    expect(loadPolicy({ s: SCOPE }, { limits: { pathLength: undefined } }).authorize('s', 'GET', '/a')).toBe(
      true,
    )
  })
})

describe('each option both ways', () => {
  const allows = (option: ParseOptions, method: string, path: string): boolean =>
    loadPolicy({ s: SCOPE }, option).authorize('s', method, path)

  test('caseSensitive', () => {
    expect(allows({}, 'GET', '/b/x')).toBe(false)
    expect(allows({ caseSensitive: true }, 'GET', '/b/x')).toBe(false)
    expect(allows({ caseSensitive: false }, 'GET', '/b/x')).toBe(true)
    expect(allows({ caseSensitive: false }, 'GET', '/A')).toBe(true)
    expect(allows({ caseSensitive: false }, 'get', '/a')).toBe(false)
  })

  test('trailingSlash', () => {
    expect(allows({ trailingSlash: 'strict' }, 'GET', '/c/')).toBe(true)
    expect(allows({ trailingSlash: 'ignore' }, 'GET', '/c/')).toBe(false)
    expect(allows({ trailingSlash: 'strict' }, 'GET', '/a/')).toBe(false)
    expect(allows({ trailingSlash: 'ignore' }, 'GET', '/a/')).toBe(true)
  })

  test('wildcard', () => {
    expect(allows({ wildcard: 'any' }, 'GET', '/B/x/y')).toBe(true)
    expect(allows({ wildcard: 'segment' }, 'GET', '/B/x/y')).toBe(false)
    expect(allows({ wildcard: 'segment' }, 'GET', '/B/x')).toBe(true)
  })

  test('head', () => {
    expect(allows({ head: 'explicit' }, 'HEAD', '/a')).toBe(false)
    expect(allows({ head: 'as-get' }, 'HEAD', '/a')).toBe(true)
  })

  test('encodedSlash', () => {
    expect(allows({ encodedSlash: 'refuse' }, 'GET', '/B/x%2Fy')).toBe(false)
    expect(allows({ encodedSlash: 'data' }, 'GET', '/B/x%2Fy')).toBe(true)
    expect(allows({ encodedSlash: 'data' }, 'GET', '/B/..%2Fy')).toBe(false)
  })

  test('delimiters', () => {
    expect(allows({ delimiters: 'refuse' }, 'GET', '/B/x;y')).toBe(false)
    expect(allows({ delimiters: 'data' }, 'GET', '/B/x;y%3B%3F%23')).toBe(true)
    expect(allows({ delimiters: 'data' }, 'GET', '/B/..;y')).toBe(false)
  })

  test('extensions', () => {
    expect(allows({}, 'GET', '/a.json')).toBe(false)
    expect(allows({ extensions: ['json'] }, 'GET', '/a.json')).toBe(true)
    expect(allows({ extensions: ['json'] }, 'GET', '/a')).toBe(true)
    expect(allows({ extensions: [] }, 'GET', '/a.json')).toBe(false)
  })

  test('methods', () => {
    expect(allows({ methods: ['GET'] }, 'PUT', '/a')).toBe(false)
    expect(allows({ methods: ['SEARCH'] }, 'SEARCH', '/a')).toBe(true)
  })

  test('basePath', () => {
    expect(allows({ basePath: '/rest' }, 'GET', '/rest/a')).toBe(true)
    expect(allows({ basePath: '/rest' }, 'GET', '/a')).toBe(false)
  })
})

describe('the reference, with preset cerb', () => {
  const allows = (pattern: string, path: string): boolean =>
    loadPolicy({ s: { label: 'x', endpoints: [{ [pattern]: 'GET' }] } }, { preset: 'cerb' }).authorize(
      's',
      'GET',
      path,
    )

  test('takes extensions off again and again, and then compares without letter case', () => {
    expect(allows('workers/me', '/rest/Workers/ME.json.xml')).toBe(true)
    expect(allows('workers/me', '/rest/workers/me.json/')).toBe(true)
    expect(allows('workers/me', '/rest/workers/me/.json')).toBe(false)
    expect(allows('workers/me', '/REST/workers/me')).toBe(false)
  })

  test('leaves an extension in other letters on, and so matches a pattern that spells it', () => {
    expect(allows('a.json', '/rest/a.JSON')).toBe(true)
    expect(allows('a.json', '/rest/a.json')).toBe(false)
    expect(allows('a', '/rest/a.JSON')).toBe(false)
  })
})
