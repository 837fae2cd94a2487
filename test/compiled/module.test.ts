import { Linter } from 'eslint'
import * as runtimes from '../../src/compiled/generated/runtimes.ts'
/** What a generated module is as a string: the same bytes every time, self-contained, and small. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toCompiled, toDeclarations, toModule } from '../../src/compiled/index.ts'
import { bundleWalker } from '../../schema/runtimes.ts'
import { loadPolicy } from '../../src/index.ts'
import { EXAMPLE } from '../decision/example.ts'
import { imported } from './forms.ts'

const OPTIONS = {
  small: {},
  trees: { preset: 'cerb' },
  automata: { wildcard: 'segment' },
} as const

const gzip = (text: string): number => gzipSync(text, { level: 9 }).length

describe.each(Object.entries(OPTIONS))('the module with the runtime %s', (_, options) => {
  const source = toModule(loadPolicy(EXAMPLE, options))

  test('exports what it is for, and nothing else', async () => {
    expect(Object.keys(await imported(source)).sort()).toEqual(
      [
        'authorize',
        'explain',
        'fingerprint',
        'grant',
        'methodsFor',
        'requestAs',
        'scopes',
        'scopesFor',
        'setsFor',
      ].sort(),
    )
  })

  test('needs no other module, and makes no code from text', () => {
    expect(source).not.toMatch(/\bimport\b|\brequire\b|\beval\b|\bFunction\b|\bprocess\b|\bBuffer\b|\batob\b/)
  })

  test('is plain ASCII without control characters', () => {
    expect(source).toMatch(/^[\n -~]*$/)
  })

  test('is the same for the same policy, however it was written', () => {
    const again = loadPolicy(EXAMPLE.replaceAll('"', "'").replace('#[GET', '# [GET'), options)
    expect(toModule(again)).toBe(source)
    expect(toDeclarations(again)).toBe(toDeclarations(loadPolicy(EXAMPLE, options)))
    expect(toCompiled(again)).toEqual(toCompiled(loadPolicy(EXAMPLE, options)))
  })
})

describe('names and patterns that could be something else in a program', () => {
  const names = ['__proto__', 'constructor', '__SCOPES__', '%$&', '</script>', '`${x}`', "it's", '*/', 'then']
  const document = Object.fromEntries(
    names.map((name) => [name, { label: name, endpoints: [`${name.replaceAll('*', '')}/*`, '__RULES__'] }]),
  )

  test.each(Object.entries(OPTIONS))('are only text, with the runtime %s', async (_, options) => {
    const policy = loadPolicy(document, options)
    const source = toModule(policy)
    expect(source).not.toContain('</script')
    const compiled = await imported(source)
    expect(compiled.scopes).toEqual(names)
    const base = policy.toJSON() as { $options: { basePath: string } }
    for (const name of names) {
      const path = `${base.$options.basePath}/${name.replaceAll('*', '')}/x`
      expect(compiled.scopesFor('GET', path), path).toEqual(policy.scopesFor('GET', path))
      expect(compiled.authorize([name], 'GET', `${base.$options.basePath}/__RULES__`)).toBe(true)
    }
    expect(compiled.authorize(['toString', 'hasOwnProperty', 'x'], 'GET', '/__RULES__')).toBe(false)
  })
})

test.each(Object.entries(runtimes))('the runtime %s refers to nothing that it does not have', (_, code) => {
  const data = [...code.matchAll(/__[A-Z]+__/g)].map(([name]) => [name, 'readonly'] as const)
  const globals = [
    'Array',
    'Int32Array',
    'Map',
    'Number',
    'Object',
    'Set',
    'String',
    'Symbol',
    'Uint16Array',
    'Uint8Array',
  ]
  const found = new Linter().verify(code, {
    languageOptions: {
      globals: Object.fromEntries([...data, ...globals.map((name) => [name, 'readonly'] as const)]),
    },
    rules: { 'no-undef': 'error' },
  })
  expect(found.map(({ message }) => message)).toEqual([])
})

describe('sizes, gzip', () => {
  test('the module of the default document is at most 3 KB, so that an edge worker can afford it', () => {
    expect(gzip(toModule(loadPolicy(EXAMPLE)))).toBeLessThanOrEqual(3 * 1024)
  })

  test('the walker alone is at most 4 KB, with every option and both wildcard modes', async () => {
    expect(gzip(await bundleWalker())).toBeLessThanOrEqual(4096)
  })

  test('the other runtimes add at most 3.7 KB for trees and filters, and one for automata', () => {
    expect(gzip(toModule(loadPolicy(EXAMPLE, OPTIONS.trees)))).toBeLessThanOrEqual(6.75 * 1024)
    expect(gzip(toModule(loadPolicy(EXAMPLE, OPTIONS.automata)))).toBeLessThanOrEqual(7.8 * 1024)
  })

  test('a large policy takes at most half of its document, since patterns stand in it as they are', () => {
    const endpoints = (scope: number): string[] =>
      Array.from({ length: 25 }, (_, index) => `area-${scope % 7}/resource-${scope}/*/part-${index}`)
    const document = Object.fromEntries(
      Array.from({ length: 200 }, (_, scope) => [`s${scope}`, { label: 'x', endpoints: endpoints(scope) }]),
    )
    expect(gzip(toModule(loadPolicy(document)))).toBeLessThanOrEqual(JSON.stringify(document).length / 2)
  })
})

describe('only a loaded policy can be compiled', () => {
  const policy = loadPolicy(EXAMPLE)

  test.each([
    ['a copy of its members', { ...policy }],
    ['what looks like one', { fingerprint: '' }],
    ['a decoded one', { fingerprint: '', authorize: () => true }],
    ['null', null],
    ['text', 'profile'],
  ])('not %s', (_, given) => {
    for (const compile of [toModule, toDeclarations, toCompiled]) {
      expect(() => compile(given as never)).toThrow(TypeError)
    }
  })

  test('nor one of a version with other tables', () => {
    const internals = { layout: 99, tables: () => ({}), data: {} }
    const other = { fingerprint: '', [Symbol.for('scope-policy.compiled')]: internals }
    expect(() => toCompiled(other)).toThrow('the policy comes from another version of scope-policy')
  })

  test('where it keeps its internals is not to be seen, and nothing there is what it decides with', () => {
    const symbol = Symbol.for('scope-policy.compiled')
    expect(Object.getOwnPropertyDescriptor(policy, symbol)).toMatchObject({
      enumerable: false,
      configurable: false,
    })
    const tables = (
      policy as unknown as Record<symbol, { tables: () => { code: Uint16Array; hot: Int32Array } }>
    )[symbol]?.tables()
    tables?.code.fill(0)
    tables?.hot.fill(-1)
    expect(policy.authorize(['profile'], 'GET', '/workers/me')).toBe(true)
    expect(policy.authorize(['profile'], 'GET', '/')).toBe(false)
  })
})
