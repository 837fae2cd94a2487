/** Which path parameters span several segments: by what declares it, in which order, and what is reported. */
import { describe, expect, test } from 'vitest'
import type { OpenApiNote, TemplatePart } from '../../src/openapi/model.ts'
import { spanningParts } from '../../src/openapi/read/parameters.ts'
import { References, ROOT_FILE } from '../../src/openapi/read/references.ts'

const PATH = '/f/{x}'
const X: readonly TemplatePart[] = [{ literal: '/f/' }, { parameter: 'x', spans: false }]

interface Given {
  readonly operation?: object
  readonly item?: object
  readonly root?: object
  readonly parts?: readonly TemplatePart[]
  readonly multiSegment?: readonly string[]
}

/** The names of the parameters that span segments, and the notes. */
function read({
  operation = {},
  item = {},
  root = {},
  parts = X,
  multiSegment = [],
}: Given): readonly [readonly string[], readonly OpenApiNote[]] {
  const notes: OpenApiNote[] = []
  const report = (note: OpenApiNote): void => void notes.push(note)
  const references = new References(root, report)
  const chains = [
    { value: operation, pointer: '/paths/~1f~1{x}/get' },
    { value: item, pointer: '/paths/~1f~1{x}' },
  ].map(({ value, pointer }) => ({ chain: references.follow(value, ROOT_FILE, pointer), pointer }))
  const context = { references, report, multiSegment: new Set(multiSegment) }
  const read = spanningParts(PATH, parts, chains, context)
  expect(read.map((part) => ('literal' in part ? part : part.parameter))).toEqual(
    parts.map((part) => ('literal' in part ? part : part.parameter)),
  )
  return [read.flatMap((part) => ('parameter' in part && part.spans ? [part.parameter] : [])), notes]
}

/** A declaration of `x`. */
const declared = (fields: object): Given => ({
  operation: { parameters: [{ name: 'x', in: 'path', ...fields }] },
})
const spanning = (reason: string, name = 'x'): OpenApiNote => ({
  code: 'multi-segment-parameter',
  message: `parameter \`${name}\` of \`${PATH}\` spans several segments, ${reason}`,
  pointer: '/paths/~1f~1{x}',
})
const example = (value: string): OpenApiNote => ({
  code: 'slash-in-example',
  message: `parameter \`x\` of \`${PATH}\` is one segment, and its example \`${value}\` has several`,
  help: 'where the API takes them unencoded, say so: `multiSegment` in code, `--multi-segment` on the command line',
  pointer: '/paths/~1f~1{x}',
})

describe('a parameter spans segments', () => {
  test.each([
    [{ 'x-multi-segment': true }, 'by `x-multi-segment`'],
    [{ 'x-multi-segment': 'true' }, 'by `x-multi-segment`'],
    [{ allowReserved: true }, 'by `allowReserved`'],
    [{ 'x-ms-skip-url-encoding': true }, 'by `x-ms-skip-url-encoding`'],
    [{ schema: { pattern: '^[a-z/]+$' } }, 'by its pattern `^[a-z/]+$`'],
    [{ pattern: 'a/b' }, 'by its pattern `a/b`'],
    [{ schema: { enum: ['a', 'b/c', 'd/e'] } }, 'by its value `b/c`'],
    [{ enum: ['/'] }, 'by its value `/`'],
    // Its own fields come first, then those of the schema; a pattern before a value.
    [{ pattern: 'a/b', schema: { pattern: 'c/d' } }, 'by its pattern `a/b`'],
    [{ pattern: 'ab', schema: { pattern: 'c/d' } }, 'by its pattern `c/d`'],
    [{ pattern: 'a/b', enum: ['c/d'] }, 'by its pattern `a/b`'],
    [{ allowReserved: true, pattern: 'a/b' }, 'by `allowReserved`'],
  ])('%j', (fields, reason) => {
    expect(read(declared(fields))).toEqual([['x'], [spanning(reason)]])
  })

  test.each([
    {},
    { 'x-multi-segment': false },
    { 'x-multi-segment': 'yes' },
    { allowReserved: 1 },
    { schema: { pattern: '.*' } },
    { schema: { pattern: ['/'] } },
    { schema: { enum: ['a', 5, ['/'], null] } },
    { schema: { enum: 'a/b' } },
    { schema: 'a/b' },
    { schema: [{ pattern: '/' }] },
  ])('or not: %j', (fields) => {
    expect(read(declared(fields))).toEqual([[], []])
  })

  test('by a pattern of 10,000 characters, not by a longer one', () => {
    const pattern = `${'a'.repeat(9999)}/`
    expect(read(declared({ pattern }))[0]).toEqual(['x'])
    expect(read(declared({ pattern: `a${pattern}` }))).toEqual([[], []])
  })

  test('by its notation, without a declaration', () => {
    const parts = [{ literal: '/f/' }, { parameter: 'x', spans: true }]
    expect(read({ parts })).toEqual([['x'], [spanning('by its notation')]])
    expect(read({ parts, multiSegment: ['x'] })).toEqual([['x'], [spanning('by its notation')]])
  })

  test('because the caller says so, before its declaration', () => {
    expect(read({ multiSegment: ['x', 'y'] })).toEqual([['x'], [spanning('as you said')]])
    expect(read({ ...declared({ allowReserved: true }), multiSegment: ['x'] })).toEqual([
      ['x'],
      [spanning('as you said')],
    ])
    expect(read({ multiSegment: ['y'] })).toEqual([[], []])
  })

  test('wherever its name is, reported once, and others do not', () => {
    const parts = [
      { literal: '/' },
      { parameter: 'x', spans: false },
      { literal: '/' },
      { parameter: 'y', spans: false },
      { literal: '/' },
      { parameter: 'x', spans: false },
    ]
    expect(read({ ...declared({ allowReserved: true }), parts })).toEqual([
      ['x', 'x'],
      [spanning('by `allowReserved`')],
    ])
  })
})

describe('the declaration of a parameter', () => {
  const spans = { name: 'x', in: 'path', allowReserved: true }
  const plain = { name: 'x', in: 'path' }

  test('of the operation comes before that of the path item', () => {
    expect(read({ operation: { parameters: [plain] }, item: { parameters: [spans] } })).toEqual([[], []])
    expect(read({ operation: { parameters: [spans] }, item: { parameters: [plain] } })[0]).toEqual(['x'])
    expect(read({ item: { parameters: [spans] } })[0]).toEqual(['x'])
  })

  test('that is first counts', () => {
    expect(read({ operation: { parameters: [plain, spans] } })[0]).toEqual([])
    expect(read({ operation: { parameters: [spans, plain] } })[0]).toEqual(['x'])
  })

  test.each(['query', 'header', 'cookie', undefined])('is not one in %s', (place) => {
    expect(read({ operation: { parameters: [{ ...spans, in: place }, 5, plain] } })).toEqual([[], []])
  })

  test.each(['x', ' x ', '+x', 'x*', '*x', 'x...'])('may name it with its notation: %j', (name) => {
    expect(read(declared({ name, allowReserved: true }))[0]).toEqual(['x'])
  })

  test.each(['X', 'y', 5, undefined])('is not one of the name %j', (name) => {
    expect(read(declared({ name, allowReserved: true }))).toEqual([[], []])
  })

  test('without a name is one of the parameter without a name', () => {
    const parts = [{ literal: '/f/' }, { parameter: '', spans: false }]
    expect(read({ ...declared({ name: undefined, allowReserved: true }), parts })[0]).toEqual([''])
  })

  test('may be a reference, and so may its schema', () => {
    const root = {
      x: { name: 'x', in: 'path', schema: { $ref: '#/a' } },
      a: { $ref: '#/b' },
      b: { enum: ['a/b'] },
    }
    const operation = { parameters: [{ $ref: '#/x' }] }
    expect(read({ operation, root })).toEqual([['x'], [spanning('by its value `a/b`')]])
  })

  test('may be in what the operation or the path item refers to', () => {
    const root = { other: { parameters: [spans] } }
    expect(read({ operation: { $ref: '#/other' }, root })[0]).toEqual(['x'])
    expect(read({ item: { $ref: '#/other' }, root })[0]).toEqual(['x'])
  })

  test('that is lost is reported at its place, and declares nothing', () => {
    const lost = { $ref: '#/nowhere', ...spans }
    expect(read({ operation: { parameters: [plain, lost] }, item: { parameters: [lost] } })).toEqual([
      [],
      ['/paths/~1f~1{x}/get/parameters/1', '/paths/~1f~1{x}/parameters/0'].map((pointer) => ({
        code: 'unresolved-reference',
        message: 'the reference `#/nowhere` does not lead to an object',
        pointer,
      })),
    ])
    expect(read({ operation: { parameters: [lost] }, item: { parameters: [plain] } })[0]).toEqual([])
    expect(read({ item: { parameters: [lost, spans] } })[0]).toEqual(['x'])
  })

  test('whose schema is lost is reported at the schema', () => {
    const [, notes] = read(declared({ schema: { $ref: '#/nowhere' } }))
    expect(notes.map(({ pointer }) => pointer)).toEqual(['/paths/~1f~1{x}/get/parameters/0/schema'])
  })

  test('is not looked for where nothing is a parameter', () => {
    const parts = [{ literal: '/f' }]
    expect(read({ operation: { parameters: 5 }, parts })).toEqual([[], []])
  })
})

test.each([5, { x: { in: 'path' } }, null])(
  'parameters that are not a list are reported: %j',
  (parameters) => {
    expect(
      read({ operation: { parameters }, item: declared({ allowReserved: true }).operation ?? {} }),
    ).toEqual([
      ['x'],
      [
        {
          code: 'invalid-operation',
          message: '`parameters` is not a list',
          pointer: '/paths/~1f~1{x}/get/parameters',
        },
        spanning('by `allowReserved`'),
      ],
    ])
  },
)

describe('an example with a slash is reported, and changes nothing', () => {
  test.each([
    { example: 'a/b' },
    { default: 'a/b' },
    { 'x-example': 'a/b' },
    { examples: { one: { value: 5 }, two: { value: 'a/b' } } },
    { examples: [5, ['c/d'], 'a/b', 'c/d'] },
    { schema: { example: 'a/b' } },
    { schema: { default: 'a/b' } },
    { schema: { examples: ['a/b'] } },
    { example: 'a', schema: { example: 'a/b' } },
    { example: 'a/b', examples: ['c/d'] },
    { example: 'a/b', schema: { example: 'c/d' } },
  ])('%j', (fields) => {
    expect(read(declared(fields))).toEqual([[], [example('a/b')]])
  })

  test.each([
    { example: '/a' },
    { example: 'a/' },
    { example: 'a//b' },
    { example: ['a/b'] },
    { examples: 'a/b' },
    { examples: { one: 'a/b' } },
    { examples: [{ value: 'a/b' }] },
    { title: 'a/b' },
  ])('or not: %j', (fields) => {
    expect(read(declared(fields))).toEqual([[], []])
  })

  test('not of a parameter that spans segments', () => {
    expect(read(declared({ example: 'a/b', allowReserved: true }))).toEqual([
      ['x'],
      [spanning('by `allowReserved`')],
    ])
    expect(read({ ...declared({ example: 'a/b' }), multiSegment: ['x'] })).toEqual([
      ['x'],
      [spanning('as you said')],
    ])
  })
})
