/**
 * Writes the standalone validator that the loader uses, from the schema that editors use.
 *
 * Run by `npm run generate`; a test fails when the written file is not what this would write. The schema
 * keeps to keywords whose code needs nothing from ajv at run time (no `minLength`: it would `require` a
 * helper), so ajv stays a development dependency and no code is generated at run time.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { format } from 'prettier'

const schemaFile: URL = new URL('./scope-policy.schema.json', import.meta.url)
const schemaId = 'scope-policy.schema.json'
const validatorFile: URL = new URL('../src/policy/shape/generated/validate.js', import.meta.url)

/** The source text of `src/policy/shape/generated/validate.js`. */
export async function generateValidator(): Promise<string> {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as {
    readonly definitions: Record<string, unknown>
  }
  // The loader knows which methods a document declares: to the validator others are none.
  schema.definitions['methodToken'] = schema.definitions['method']
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    messages: false,
    code: { source: true, esm: true, lines: true },
  })
  ajv.addSchema(schema)
  // One validator for each unit: on a whole document ajv's list of errors grows quadratically.
  const code = standalone.default(ajv, {
    validateName: `${schemaId}#/definitions/topLevelName`,
    validateScope: `${schemaId}#/definitions/scope`,
    validateGrants: `${schemaId}#/definitions/grants`,
    validateEndpoint: `${schemaId}#/definitions/endpoint`,
    validateOptions: `${schemaId}#/definitions/options`,
  })
  if (code.includes('require(')) throw new Error('the validator needs a module of ajv at run time')
  const notice = '// Generated from schema/scope-policy.schema.json by `npm run generate`. Do not edit.\n'
  return await format(notice + code, { parser: 'babel', printWidth: 110, semi: false, singleQuote: true })
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/'))) {
  writeFileSync(validatorFile, await generateValidator())
}
