/** The published schema of tables accepts and refuses what the reader does, as far as a schema can. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPolicy } from '../../src/index.ts'
import { readTable } from '../../src/request-table/index.ts'
import { REASON_NAMES, REFUSAL_NAMES } from '../../src/request-table/refusal-names.ts'
import { generated, SCOPES, tableOf } from './judge.ts'

type Json = Readonly<Record<string, unknown>>
const read = (name: string): Json & { readonly definitions: Readonly<Record<string, Json>> } =>
  JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8')) as never

const SCHEMA = read('request-table')
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(SCHEMA)

describe('schema and reader agree', () => {
  test.each([
    [true, 'GET /a: [api]'],
    [true, 'GET, POST /a: []'],
    [true, 'GET /a: refused'],
    [true, 'GET /a: { refused: dot-segment }'],
    [true, '{ request: GET /a, scopes: [a], expect: allow, by: a, name: n, x-note: 1 }'],
    [true, '{ request: GET /a, scopes: a b, expect: deny, reason: path-refused }'],
    [false, 'GET /a'],
    [false, 'GET /a: ~'],
    [false, 'GET /a: api'],
    [false, 'GET /a: { refused: x }'],
    [false, 'GET /a: { refused: space, also: x }'],
    [false, 'GET /a: [a, a]'],
    [false, '/a: []'],
    [false, 'get /a: []'],
    [false, '{ GET /a: [], GET /b: [] }'],
    [false, '{}'],
    [false, '[]'],
    [false, '{ request: GET /a, scopes: [a] }'],
    [false, '{ request: GET /a, expect: deny }'],
    [false, '{ scopes: [a], expect: deny }'],
    [false, '{ request: GET /a, scopes: [a], expect: maybe }'],
    [false, '{ request: GET /a, scopes: "a  b", expect: deny }'],
    [false, '{ request: GET /a, scopes: [a], expect: deny, by: a }'],
    [false, '{ request: GET /a, scopes: [a], expect: allow, reason: space }'],
    [false, '{ request: GET /a, scopes: [a], expect: deny, reason: granted }'],
    [false, '{ request: GET /a, scopes: [a], expect: deny, other: x }'],
  ])('%j: %s', (accepted, row) => {
    const table = tableOf(row)
    expect([validate(parse(table)), readTable(table).table !== null]).toEqual([accepted, accepted])
  })

  test.each([
    [true, 'policy: a.yaml\n$schema: x\n$options: { preset: cerb }\nx-owner: me\n'],
    [false, 'policies: a.yaml\n'],
    [false, 'policy: ""\n'],
    [false, '$options: { preset: x }\n'],
  ])('%j: %j', (accepted, head) => {
    const table = head + tableOf('GET /a: []')
    expect([validate(parse(table)), readTable(table).table !== null]).toEqual([accepted, accepted])
  })
})

test('a generated table follows the schema', () => {
  expect(validate(parse(generated(loadPolicy(SCOPES))))).toBe(true)
})

test('options are those of documents, and rules and reasons those of the reader', () => {
  const { definitions } = SCHEMA
  expect(definitions['options']).toEqual(read('scope-policy').definitions['options'])
  expect(definitions['refusal']?.['enum']).toEqual(REFUSAL_NAMES)
  expect(definitions['token']?.['properties']).toMatchObject({ reason: { enum: REASON_NAMES } })
})
