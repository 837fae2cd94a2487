/**
 * Writes the JSON Schema of the linter's configuration, which editors use: every rule with its summary,
 * every setting as its default shows it.
 *
 * Run by `npm run generate`; a test fails when the written file is not what this would write.
 */
import { writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { type SettingKind, settingKind } from '../src/lint/check-options.ts'
import { CODES, SEVERITIES } from '../src/lint/codes.ts'
import { RELATIVE_PATH_SOURCE } from '../src/lint/config/config-reader.ts'
import { DEFAULT_SETTINGS } from '../src/lint/settings.ts'

const schemaFile: URL = new URL('./lint-config.schema.json', import.meta.url)

const SETTING: Readonly<Record<SettingKind, object>> = {
  'a list of strings': { type: 'array', items: { type: 'string', minLength: 1 } },
  'a whole number from 1 on': { type: 'integer', minimum: 1 },
  'true or false': { type: 'boolean' },
  'a string': { type: 'string', minLength: 1 },
}

/** The text of `schema/lint-config.schema.json`. */
export async function generateLintConfigSchema(): Promise<string> {
  const part = {
    rules: { $ref: '#/definitions/rules' },
    settings: { $ref: '#/definitions/settings' },
    options: {
      description: 'Options of the policy, which override $options of the document.',
      allOf: [{ $ref: 'scope-policy.schema.json#/definitions/options' }],
    },
  }
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'lint-config.schema.json',
    title: 'Configuration of scope-policy lint',
    description: '.scope-policyrc.yaml or scope-policy.config.yaml; also .yml and .json.',
    type: 'object',
    properties: {
      $schema: {
        description: 'Where the schema of this file is, for editors.',
        type: 'string',
        minLength: 1,
      },
      extends: {
        description: 'Configurations that apply before this one, relative to its folder.',
        anyOf: [{ $ref: '#/definitions/path' }, { type: 'array', items: { $ref: '#/definitions/path' } }],
      },
      ...part,
      overrides: {
        description: 'What is different for some files; of several the last one wins.',
        type: 'array',
        items: {
          type: 'object',
          properties: { files: { $ref: '#/definitions/globs' }, ...part },
          required: ['files'],
          additionalProperties: false,
        },
      },
      ignore: { description: 'Files that are not linted.', allOf: [{ $ref: '#/definitions/globs' }] },
    },
    additionalProperties: false,
    definitions: {
      globs: {
        description: 'Relative to the folder of this file: * stays within a folder, ** does not.',
        anyOf: [{ $ref: '#/definitions/glob' }, { type: 'array', items: { $ref: '#/definitions/glob' } }],
      },
      glob: {
        type: 'string',
        minLength: 1,
        maxLength: 1000,
        pattern: '^(?![!/]|[A-Za-z]:|\\.\\.?(?:/|$))[^\\\\]*$',
      },
      path: { type: 'string', minLength: 1, pattern: RELATIVE_PATH_SOURCE },
      severity: { enum: SEVERITIES },
      rules: {
        description: 'How findings of a rule are reported.',
        type: 'object',
        properties: Object.fromEntries(
          [...CODES.values()]
            .filter(({ fatal }) => !fatal)
            .map(({ id, summary, severity }) => {
              const description = `${summary}; ${severity} by default`
              return [id, { description, allOf: [{ $ref: '#/definitions/severity' }] }]
            }),
        ),
        additionalProperties: false,
      },
      settings: {
        description: 'What some rules go by.',
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(DEFAULT_SETTINGS).map(([name, value]: [string, unknown]) => {
            const kind = settingKind(name)
            return [name, { ...(kind && SETTING[kind]), default: value }]
          }),
        ),
        additionalProperties: false,
      },
    },
  }
  return await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 })
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/'))) {
  writeFileSync(schemaFile, await generateLintConfigSchema())
}
