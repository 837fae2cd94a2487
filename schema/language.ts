/**
 * Writes the parts of the JSON Schemas that list words of the language: options, methods, refusals. They come from
 * the tables in `src/language`; the rest of each schema is written by hand.
 *
 * Run by `npm run generate`; a test fails when a file is not what this would write.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { METHOD_TOKEN, METHODS } from '../src/language/methods.ts'
import { OPTION_NAMES, type OptionName, optionRow } from '../src/language/options.ts'
import { REFUSAL_NAMES } from '../src/language/refusals.ts'
import {
  GRANT_FIELDS,
  NAME_METHODS,
  SCOPE_FIELD_NAMES,
  type ScopeField,
  type ScopeFieldRow,
  scopeFieldRow,
} from '../src/language/scope-fields.ts'

type Part = Readonly<Record<string, unknown>>

const EXTENSION = '^[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*$'

function property(name: OptionName): Part {
  const { kind, choices, title, what } = optionRow(name)
  const head = { title, description: what }
  switch (kind) {
    case 'choice':
      return { ...head, type: 'string', enum: choices }
    case 'switch':
      return { ...head, type: 'boolean' }
    case 'path':
      return { ...head, type: 'string' }
    case 'extensions':
      return { ...head, type: 'array', items: { title: 'Extension', type: 'string', pattern: EXTENSION } }
    case 'methods':
      return { ...head, type: 'array', minItems: 1, items: { $ref: '#/definitions/methodToken' } }
    case 'tokens':
      return { ...head, type: 'array', items: { title: 'Method', type: 'string', pattern: METHOD_TOKEN } }
  }
}

const OPTIONS: Part = Object.fromEntries(OPTION_NAMES.map((name) => [name, property(name)]))

/** The definition that a kind of field has in the schema. */
const FIELD_KINDS: Readonly<Record<ScopeFieldRow['kind'], Part>> = {
  text: { allOf: [{ $ref: '#/definitions/localizedText' }] },
  endpoints: { type: 'array', items: { $ref: '#/definitions/endpoint' } },
  scopes: { type: 'array', items: { title: 'Scope name', type: 'string' } },
  names: { type: 'array', items: { $ref: '#/definitions/namePattern' } },
  tokens: { type: 'array', items: { $ref: '#/definitions/scopeToken' } },
  token: { allOf: [{ $ref: '#/definitions/scopeToken' }] },
  deprecation: { allOf: [{ $ref: '#/definitions/deprecation' }] },
  choice: { type: 'string' },
  switch: { type: 'boolean' },
}

function field(name: ScopeField): Part {
  const { kind, choices, title, what } = scopeFieldRow(name)
  return { title, description: what, ...FIELD_KINDS[kind], ...(choices && { enum: choices }) }
}

function fields(names: readonly ScopeField[]): Part {
  return Object.fromEntries(names.map((name) => [name, field(name)]))
}

interface Schema {
  readonly definitions: Readonly<Record<string, Record<string, unknown>>>
}

/** What each file has from the tables. */
const PARTS: Readonly<Record<string, (schema: Schema) => void>> = {
  'scope-policy.schema.json': ({ definitions }) => {
    set(definitions['options'], 'properties', OPTIONS)
    set(definitions['method'], 'enum', [...METHODS])
    set(definitions['methodToken'], 'anyOf', [{ $ref: '#/definitions/method' }, { pattern: METHOD_TOKEN }])
    set(definitions['scope'], 'properties', fields(SCOPE_FIELD_NAMES))
    set(definitions['grants'], 'properties', fields(GRANT_FIELDS))
  },
  'request-table.schema.json': ({ definitions }) => {
    set(definitions['options'], 'properties', OPTIONS)
    set(definitions['method'], 'enum', [...METHODS])
    set(definitions['methodToken'], 'anyOf', [{ $ref: '#/definitions/method' }, { pattern: METHOD_TOKEN }])
    set(definitions['refusal'], 'enum', REFUSAL_NAMES)
    set(definitions['request'], 'pattern', `^(?:[A-Z-]+(?:, *[A-Z-]+)*|${NAME_METHODS.join('|')}) +`)
    const row = definitions['token'] as { readonly properties: Record<string, Record<string, unknown>> }
    set(row.properties['reason'], 'enum', [
      'no-scope-covers-path',
      'method-not-granted',
      'path-refused',
      ...REFUSAL_NAMES,
    ])
  },
}

export const FILES: readonly string[] = Object.keys(PARTS)

function set(part: Record<string, unknown> | undefined, name: string, value: unknown): void {
  if (part?.[name] === undefined) throw new Error(`the schema has no place for ${name}`)
  part[name] = value
}

export function fileOf(name: string): URL {
  return new URL(name, import.meta.url)
}

/** The text of a schema with its generated parts. */
export async function generateSchema(name: string): Promise<string> {
  const schema = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Schema
  PARTS[name]?.(schema)
  return await format(JSON.stringify(schema, null, 2), { parser: 'json', printWidth: 110 })
}

if (process.argv[1] === import.meta.filename) {
  for (const name of FILES) writeFileSync(fileOf(name), await generateSchema(name))
}
