/** The schema that editors use and the reader agree on what a configuration is. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateLintConfigSchema } from '../../../schema/lint-config.ts'
import { readConfig } from '../../../src/lint/config/read-config.ts'
import { runs } from '../../arbitrary/settings.ts'

function file(name: string): string {
  return readFileSync(new URL(`../../../schema/${name}`, import.meta.url), 'utf8')
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false })
ajv.addSchema(JSON.parse(file('scope-policy.schema.json')) as object)
const validate = ajv.compile(JSON.parse(await generateLintConfigSchema()) as object)

test('the schema is what `npm run generate` writes', async () => {
  expect(file('lint-config.schema.json')).toBe(await generateLintConfigSchema())
})

/** No numbers and booleans: for those who read text, YAML has none. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', 'off', [], {}, ['en'], [[]], ['!a'], ['/a'], '../b', 'a/**'),
)
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  return fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: anything })
}
/** JSON leaves out what is undefined. */
const seldom = fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anything })
const severity = fc.constantFrom('off', 'info', 'warning', 'error', 'error', 'of')
const rule = fc.constantFrom(
  'method-case',
  'label-is-name',
  'unused-suppression',
  'unknown-method',
  'nothing',
)
const part = {
  rules: mostly(fc.dictionary(rule, mostly(severity), { maxKeys: 3 })),
  settings: mostly(
    fc.record(
      {
        locales: mostly(fc.constant(['en'])),
        labelLength: mostly(fc.integer({ min: 0, max: 99 })),
        other: seldom,
      },
      { requiredKeys: [] },
    ),
  ),
  options: mostly(
    fc.record(
      {
        preset: fc.constantFrom('cerb', 'crb'),
        head: mostly(fc.constant('as-get')),
        caseSensitive: fc.boolean(),
        other: seldom,
      },
      { requiredKeys: [] },
    ),
  ),
}
const globs = mostly(
  fc.oneof(
    fc.constant('a/**'),
    fc.array(fc.constantFrom('a', '**/b', '{c,d}.yaml', './e', 'C:/f'), { maxLength: 2 }),
  ),
)
const path = fc.constantFrom(
  '../.scope-policyrc.yaml',
  'a/b.yaml',
  '/etc/a.yaml',
  'C:/a',
  'https://a/b',
  'a\\b',
  '',
)
const configuration = mostly(
  fc.record(
    {
      ...part,
      ignore: globs,
      extends: mostly(fc.oneof(path, fc.array(path, { maxLength: 2 }))),
      overrides: mostly(
        fc.array(fc.record({ files: globs, ...part }, { requiredKeys: [] }), { maxLength: 2 }),
      ),
      $schema: mostly(fc.constant('x')),
      other: seldom,
    },
    { requiredKeys: [] },
  ),
)

describe('what the schema accepts', () => {
  test('is what the reader accepts', () => {
    let accepted = 0
    fc.assert(
      fc.property(configuration, (generated) => {
        const text = JSON.stringify(generated)
        const data: unknown = JSON.parse(text)
        const { value: config, diagnostics } = readConfig(text)
        const said = diagnostics.map(({ message }) => message)
        if (config !== null) accepted += 1
        expect([said, config !== null]).toEqual([said, validate(data)])
      }),
      runs(2000),
    )
    expect(accepted).toBeGreaterThan(20)
  })
})
