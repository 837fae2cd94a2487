/** References step by step: what is followed, which files are read, and what is reported. */
import { describe, expect, test } from 'vitest'
import type { OpenApiNote } from '../../src/openapi/model.ts'
import { appendPointer, References, type ResolveFile, ROOT_FILE } from '../../src/openapi/read/references.ts'

function referencesOf(
  root: unknown,
  resolve?: ResolveFile,
): {
  readonly notes: readonly OpenApiNote[]
  readonly follow: (value: unknown, file?: string, pointer?: string) => readonly [boolean, readonly unknown[]]
} {
  const notes: OpenApiNote[] = []
  const references = new References(root, (note) => notes.push(note), resolve)
  return {
    notes,
    follow: (value, file = ROOT_FILE, pointer = '/here') => {
      const { complete, links } = references.follow(value, file, pointer)
      return [complete, links]
    },
  }
}
const lost = (message: string): OpenApiNote => ({ code: 'unresolved-reference', message, pointer: '/here' })
const external = (reference: string, why: string): OpenApiNote => ({
  code: 'external-reference',
  message: `the reference \`${reference}\` ${why}`,
  help: 'bundle the document into one file first',
  pointer: '/here',
})

describe('within the document', () => {
  const root = {
    a: { b: { c: 1 } },
    'x/y': { 'm~n': { d: 1 } },
    '': { e: 1 },
    list: [{ f: 1 }],
    '%': { g: 1 },
  }

  test.each([
    ['#/a/b', { c: 1 }],
    ['#', root],
    ['#/', { e: 1 }],
    ['#/x~1y/m~0n', { d: 1 }],
    ['#/%61/b', { c: 1 }],
    ['#/%25', { g: 1 }],
    ['#/list/0', { f: 1 }],
  ])('%s', (reference, object) => {
    const { follow, notes } = referencesOf(root)
    const value = { $ref: reference }
    expect(follow(value)).toEqual([
      true,
      [
        { object: value, file: '' },
        { object, file: '' },
      ],
    ])
    expect(notes).toEqual([])
  })

  test.each(['#/a/x', '#/a/b/c', '#/list', '#a', '#a/b', '#/%zz', '#/toString', `#/${'a/'.repeat(3000)}`])(
    '%.20s leads to nothing, and is reported',
    (reference) => {
      const { follow, notes } = referencesOf(root)
      expect(follow({ $ref: reference })).toEqual([false, [{ object: { $ref: reference }, file: '' }]])
      expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([['unresolved-reference', '/here']])
      if (reference.length < 20) {
        expect(notes).toEqual([lost(`the reference \`${reference}\` does not lead to an object`)])
      }
    },
  )

  test('a pointer of 4,096 characters is followed, a longer one is not', () => {
    const name = 'a'.repeat(4095)
    const document = { [name]: { x: 1 }, [`${name}a`]: { x: 1 } }
    expect(referencesOf(document).follow({ $ref: `#/${name}` })[0]).toBe(true)
    expect(referencesOf(document).follow({ $ref: `#/${name}a` })[0]).toBe(false)
  })

  test('what is not an object has no links, and is not reported', () => {
    const { follow, notes } = referencesOf({})
    for (const value of [null, 'text', [], undefined]) expect(follow(value)).toEqual([false, []])
    expect(notes).toEqual([])
  })

  test('a reference that is not a string is reported', () => {
    const { follow, notes } = referencesOf({})
    expect(follow({ $ref: 5 })[0]).toBe(false)
    expect(notes).toEqual([lost('the reference is not a string')])
  })

  test('a cycle ends at the first object that comes again', () => {
    const { follow, notes } = referencesOf({ a: { $ref: '#/b' }, b: { $ref: '#/a' } })
    const [complete, links] = follow({ $ref: '#/a' })
    expect([complete, links.length]).toEqual([false, 3])
    expect(notes).toEqual([lost('the reference is part of a cycle')])
  })

  test('a chain of 32 links is followed, one of 33 is not', () => {
    const chain = (length: number): object =>
      Object.fromEntries(
        Array.from({ length }, (_, at) => [`c${at}`, at === length - 1 ? {} : { $ref: `#/c${at + 1}` }]),
      )
    expect(referencesOf(chain(31)).follow({ $ref: '#/c0' })[0]).toBe(true)
    expect(referencesOf(chain(32)).follow({ $ref: '#/c0' })[0]).toBe(false)
  })

  test('the same loss at one place is reported once, at two places twice', () => {
    const { follow, notes } = referencesOf({})
    follow({ $ref: '#/x' })
    follow({ $ref: '#/x' })
    follow({ $ref: '#/x' }, ROOT_FILE, '/there')
    follow({ $ref: '#/y' })
    expect(notes.map(({ pointer }) => pointer)).toEqual(['/here', '/there', '/here'])
  })
})

describe('other files', () => {
  function asked(reference: string, file = ROOT_FILE): readonly string[] {
    const names: string[] = []
    referencesOf({}, (path) => {
      names.push(path)
      return undefined
    }).follow({ $ref: reference }, file)
    return names
  }

  test.each([
    ['a.yaml', '', 'a.yaml'],
    ['a.yaml#/x', '', 'a.yaml'],
    ['./a.yaml', '', 'a.yaml'],
    ['b//a.yaml', '', 'b/a.yaml'],
    ['b/../a.yaml', '', 'a.yaml'],
    ['a%20b.yaml', '', 'a b.yaml'],
    ['a.yaml', 'b/c.yaml', 'b/a.yaml'],
    ['../a.yaml', 'b/c.yaml', 'a.yaml'],
    ['../a.yaml', 'b/c/d.yaml', 'b/a.yaml'],
    ['a:b.yaml', '', undefined],
    ['b/a:b.yaml', '', 'b/a:b.yaml'],
    ['1a:b.yaml', '', '1a:b.yaml'],
  ])('%s in the file %j asks for %s', (reference, file, expected) => {
    expect(asked(reference, file)).toEqual(expected === undefined ? [] : [expected])
  })

  test.each([
    'https://x.example/a.yaml',
    'HTTPS://x.example/a.yaml',
    'c+d.e-f:a',
    '//x.example/a.yaml',
    '/etc/passwd',
    '../a.yaml',
    'b/../../a.yaml',
    '%2e%2e/a.yaml',
    '%2Fetc/passwd',
    'b\\..\\a.yaml',
    'a.yaml?x',
    'a%00.yaml',
    'a%1f.yaml',
    'a%zz.yaml',
    '.',
    './',
    'b/..',
  ])('%s is never asked for', (reference) => {
    expect(asked(reference)).toEqual([])
    const { follow, notes } = referencesOf({}, () => ({}))
    expect(follow({ $ref: reference })[0]).toBe(false)
    expect(notes).toEqual([
      external(
        reference,
        'is a URL, an absolute path or leads out of the folder of the document, and is not followed',
      ),
    ])
  })

  test('references of another file are read in it, and it is read once', () => {
    const names: string[] = []
    const { follow, notes } = referencesOf({ x: { root: 1 } }, (path) => {
      names.push(path)
      return path === 'b/a.yaml' ? { x: { $ref: '#/y' }, y: { deep: 1 } } : undefined
    })
    const expected = [
      true,
      [
        { object: { $ref: 'b/a.yaml#/x' }, file: '' },
        { object: { $ref: '#/y' }, file: 'b/a.yaml' },
        { object: { deep: 1 }, file: 'b/a.yaml' },
      ],
    ]
    expect(follow({ $ref: 'b/a.yaml#/x' })).toEqual(expected)
    expect(follow({ $ref: 'b/a.yaml#/x' })).toEqual(expected)
    expect(follow({ $ref: 'b/a.yaml' })[0]).toBe(true)
    expect(names).toEqual(['b/a.yaml'])
    expect(notes).toEqual([])
  })

  test.each([
    [undefined, 'leads to another file and is not followed'],
    [(): undefined => undefined, 'leads to a file that cannot be read'],
    [(): string => 'a: [', 'leads to a file that cannot be used at 1:'],
  ] as const)('one that is not read is reported (%s)', (resolve, why) => {
    const { follow, notes } = referencesOf({}, resolve)
    expect(follow({ $ref: 'a.yaml#/x' })[0]).toBe(false)
    expect(
      notes.map(({ code, message }) => [code, message.startsWith(`the reference \`a.yaml#/x\` ${why}`)]),
    ).toEqual([['external-reference', true]])
  })

  test('an error of the caller is not swallowed, nor one that is not about the document', () => {
    const resolve = (): never => {
      throw new TypeError('mine')
    }
    expect(() => referencesOf({}, resolve).follow({ $ref: 'a.yaml' })).toThrow(new TypeError('mine'))
  })

  test('what is wrong in another file is shown with its place there', () => {
    const { follow, notes } = referencesOf({}, () => 'a: 1\nb: [')
    follow({ $ref: 'a.yaml' })
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^the reference `a.yaml` leads to a file that cannot be used at \d:\d+: \w/,
      ) as string,
    ])
  })

  test('10,000 files are read, with the document', () => {
    const { follow, notes } = referencesOf({}, () => ({}))
    const results = Array.from({ length: 9_999 }, (_, at) => follow({ $ref: `${at}.yaml` })[0])
    expect(results.every(Boolean)).toBe(true)
    expect(follow({ $ref: 'more.yaml' })[0]).toBe(false)
    expect(notes).toEqual([
      external('more.yaml', 'leads to one of more than 10,000 files and is not followed'),
    ])
  })

  test('the same reference of one file is reported once', () => {
    const { follow, notes } = referencesOf({})
    follow({ $ref: 'a.yaml' })
    follow({ $ref: 'a.yaml' }, ROOT_FILE, '/there')
    follow({ $ref: 'b.yaml' })
    expect(notes).toEqual([
      external('a.yaml', 'leads to another file and is not followed'),
      external('b.yaml', 'leads to another file and is not followed'),
    ])
  })
})

test('appendPointer escapes tildes before slashes', () => {
  expect(appendPointer('/a', 'b/c~d~1')).toBe('/a/b~1c~0d~01')
})
