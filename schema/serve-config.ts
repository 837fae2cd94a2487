/**
 * Writes `serve-config.schema.json` from the table of settings of the decision server:
 * `node schema/serve-config.ts`. A test fails when the two differ.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULTS, type Setting, SETTINGS } from '../src/serve/settings.ts'

const FILE = fileURLToPath(new URL('serve-config.schema.json', import.meta.url))

const STRINGS = {
  type: ['string', 'array'],
  items: { type: 'string', minLength: 1 },
  minLength: 1,
  minItems: 1,
}

const STRING = { type: 'string', minLength: 1 }
const SUBJECTS = {
  description: 'for each type of subject, the scopes of each id',
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: { type: ['string', 'array'], items: STRING },
  },
}

/** The switch, or the section. */
const AUTHZEN = {
  description: 'answer AuthZEN 1.0 as well, to these clients and about these subjects, actions and resources',
  type: ['boolean', 'object'],
  additionalProperties: false,
  properties: {
    url: { description: 'the URL of this decision point, for its metadata', ...STRING },
    clients: {
      description: 'clients that may ask; default: this machine, without a token',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['tokenFile'],
        properties: { tokenFile: { description: 'file with the bearer token of the client', ...STRING } },
      },
    },
    subjects: SUBJECTS,
    subjectsFile: { description: 'a file with more subjects', ...STRING },
    actions: {
      description: 'for each name of an action, the methods that it means',
      type: 'object',
      additionalProperties: STRINGS,
    },
    resources: {
      description: 'for each type of resource, its path',
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['path'],
        properties: {
          path: { description: 'a path with {id} for the id', ...STRING },
          ids: { description: 'what a search finds', ...STRINGS },
        },
      },
    },
  },
}

/** The schema as JSON text, ending in a line end. */
export function serveConfigSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'serve-config.schema.json',
    title: 'Configuration of `scope-policy serve`',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      policies: {
        description: 'the policies, and the tokens each is for; the first that fits decides',
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['file'],
          properties: {
            file: { description: 'the document, relative to this file', type: 'string', minLength: 1 },
            clients: {
              description: 'clients (`client_id`, else `azp`) that it is for; default: all',
              ...STRINGS,
            },
            hosts: { description: 'hosts of requests that it is for; default: all', ...STRINGS },
            audiences: { description: 'values of `aud` that it is for; default: all', ...STRINGS },
          },
        },
      },
      ...Object.fromEntries(
        SETTINGS.filter(({ name }) => name !== 'authzen').map((setting) => [setting.name, property(setting)]),
      ),
      authzen: AUTHZEN,
      ...Object.fromEntries(
        SETTINGS.flatMap((setting) =>
          setting.alias === undefined
            ? []
            : [[setting.alias, { ...property(setting), description: `former name of ${setting.name}` }]],
        ),
      ),
    },
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

function property({ name, kind, description, choices, min, max }: Setting): Record<string, unknown> {
  const standard = DEFAULTS[name]
  const hasDefault = standard !== undefined && !(Array.isArray(standard) && standard.length === 0)
  const rest = { description, ...(hasDefault && { default: standard }) }
  if (kind === 'number') return { ...rest, type: 'number', minimum: min, maximum: max }
  if (kind === 'switch') return { ...rest, type: 'boolean' }
  if (kind === 'choice') return { ...rest, enum: choices }
  if (kind === 'string') return { ...rest, type: 'string', minLength: 1 }
  if (choices === undefined) return { ...rest, ...STRINGS }
  const items = { enum: choices }
  return { ...rest, anyOf: [items, { type: 'array', minItems: 1, items }] }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, serveConfigSchema())
