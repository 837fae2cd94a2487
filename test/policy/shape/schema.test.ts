/**
 * The published JSON Schema: the validator in the source is generated from it, editors can use it, and real
 * ajv agrees with the loader on what a document may look like.
 */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { generateValidator } from '../../../schema/compile.ts'
import { METHODS } from '../../../src/language/methods.ts'
import { OPTION_NAMES } from '../../../src/language/options.ts'
import { EXAMPLE } from '../../decision/example.ts'
import { DOCUMENTS } from './shapes.ts'
import { parse } from '../../yaml/findings.ts'

interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly definitions?: Readonly<Record<string, Schema>>
  readonly enum?: readonly string[]
}

const FILE = new URL('../../../schema/scope-policy.schema.json', import.meta.url)
const SCHEMA = JSON.parse(readFileSync(FILE, 'utf8')) as Schema

/** The keywords of draft-07 (core, validation) that say something about a document. */
const KEYWORDS = new Set(
  (
    '$schema $id $ref $comment title description default examples type enum const multipleOf maximum exclusiveMaximum ' +
    'minimum exclusiveMinimum maxLength minLength pattern items additionalItems maxItems minItems uniqueItems contains ' +
    'maxProperties minProperties required properties patternProperties additionalProperties dependencies propertyNames ' +
    'if then else allOf anyOf oneOf not format definitions readOnly writeOnly contentMediaType contentEncoding'
  ).split(' '),
)

/** Every schema in the schema, with where it is. */
function* schemas(schema: unknown, path: string): Generator<readonly [string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  const object = schema as Record<string, unknown>
  yield [path, object]
  for (const [keyword, value] of Object.entries(object)) {
    if (['properties', 'patternProperties', 'definitions', 'dependencies'].includes(keyword)) {
      for (const [name, inner] of Object.entries(value as object))
        yield* schemas(inner, `${path}/${keyword}/${name}`)
    } else if (Array.isArray(value)) {
      for (const [index, inner] of value.entries()) yield* schemas(inner, `${path}/${keyword}/${index}`)
    } else if (keyword !== 'enum' && keyword !== 'const') yield* schemas(value, `${path}/${keyword}`)
  }
}

function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const target = SCHEMA.definitions?.[schema.$ref.replace('#/definitions/', '')]
  return target === undefined ? {} : resolve(target)
}

const validate = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
}).compile(SCHEMA)

/** Codes about the shape of a document: those that a schema can know. */
const SHAPE = new Set(
  (
    'not-a-document empty-document not-a-mapping invalid-scope-name reserved-name unknown-field missing-field wrong-type ' +
    'null-value invalid-label invalid-value unknown-option invalid-option endpoint-keys empty-pattern invalid-pattern ' +
    'no-methods unknown-method method-list method-wildcard'
  ).split(' '),
)

function hasShapeError(document: object): boolean {
  return parse(document).diagnostics.some(({ code, severity }) => severity === 'error' && SHAPE.has(code))
}

describe('the schema', () => {
  test('is what the validator in the source was generated from', async () => {
    const committed = readFileSync(
      new URL('../../../src/policy/shape/generated/validate.js', import.meta.url),
      'utf8',
    )
    expect(await generateValidator()).toBe(committed)
  })

  test('is draft-07, and uses only keywords of it', () => {
    expect((SCHEMA as Record<string, unknown>)['$schema']).toBe('http://json-schema.org/draft-07/schema#')
    for (const [path, schema] of schemas(SCHEMA, '#')) {
      for (const keyword of Object.keys(schema))
        expect(KEYWORDS.has(keyword), `${path}: ${keyword}`).toBe(true)
      // In draft-07 what is beside `$ref` is ignored.
      if ('$ref' in schema) expect(Object.keys(schema), path).toEqual(['$ref'])
    }
  })

  test('is valid by the metaschema', () => {
    expect(new Ajv().validateSchema(SCHEMA)).toBe(true)
  })

  test('has a title and a description for every property, which editors show', () => {
    for (const [path, schema] of schemas(SCHEMA, '#')) {
      const { properties, patternProperties } = schema as Schema
      for (const [name, property] of Object.entries({ ...properties, ...patternProperties })) {
        const { title, description } = resolve(property)
        expect(title, `${path}/${name}`).toMatch(/^\S.*[^.]$/)
        expect(description, `${path}/${name}`).toMatch(/^\S.*\.$/)
      }
    }
  })

  test('has a title and a description for every definition', () => {
    for (const [name, schema] of Object.entries(SCHEMA.definitions ?? {})) {
      // Editors show the deepest description, and what a string is for is at the field.
      if (name === 'text' || name === 'localizedText') continue
      expect(schema.title, name).toBeTruthy()
      expect(schema.description, name).toBeTruthy()
    }
  })

  test('lists the methods of the registry and the options of the code', () => {
    const { definitions = {} } = SCHEMA
    expect(definitions['method']?.enum).toEqual([...METHODS])
    expect(Object.keys(definitions['options']?.properties ?? {})).toEqual([...OPTION_NAMES])
  })

  test('accepts methods outside of the registry where the document declares some', () => {
    const document = (options: object): object => ({
      $options: options,
      $baseline: { endpoints: [{ b: 'PURGE' }] },
      s: { label: 'x', endpoints: ['c', { a: 'PURGE' }, { d: ['GET', 'PURGE'] }] },
    })
    expect(validate(document({ extraMethods: ['PURGE'], methods: ['GET', 'PURGE'] }))).toBe(true)
    expect(validate(document({}))).toBe(false)
    expect(validate({ $options: { methods: ['PURGE'] }, s: { label: 'x', endpoints: ['a'] } })).toBe(false)
  })

  test('accepts the example of the specification', () => {
    expect(validate(parseYaml(EXAMPLE))).toBe(true)
  })

  test('accepts what the loader prints', () => {
    const { policy } = parse(EXAMPLE)
    expect(validate(policy?.toJSON())).toBe(true)
  })
})

describe('ajv and the loader agree on', () => {
  for (const [what, document, sound] of DOCUMENTS) {
    test(`${sound ? 'accepting' : 'refusing'} ${what}`, () => {
      expect(validate(document), JSON.stringify(validate.errors)).toBe(sound)
      expect(hasShapeError(document)).toBe(!sound)
    })
  }

  test('documents with what the schema, which guides editors, refuses and the loader reads with a warning', () => {
    // Numbers, booleans and dates are the text as typed; methods may be in lower case (specification, §1).
    const lenient: readonly object[] = [
      { s: { label: 5, endpoints: ['a'] } },
      { s: { label: true, endpoints: ['a'] } },
      { s: { label: 'x', endpoints: [5] } },
      { s: { label: 'x', endpoints: [{ a: 'get' }] } },
      { s: { label: 'x', endpoints: [{ a: ['get', 'PUT'] }] } },
    ]
    for (const document of lenient) {
      expect(validate(document)).toBe(false)
      const { policy, diagnostics } = parse(document)
      expect(policy).not.toBeNull()
      expect(diagnostics.length).toBeGreaterThan(0)
      expect(diagnostics.every(({ severity }) => severity === 'warning')).toBe(true)
    }
  })
})
