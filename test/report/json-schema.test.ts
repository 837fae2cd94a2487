/** What `lint --format json` writes is what its schema says, and nothing that the schema does not know. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from '../../src/report/findings/json.ts'
import { runs } from '../arbitrary/settings.ts'
import { runCli } from '../cli/run-cli.ts'
import { hostileReports } from './hostile.ts'
import { SITUATIONS } from './situations.ts'

const DOCUMENTS = join(import.meta.dirname, '../golden')
const SCHEMA = readFileSync(new URL('../../schema/lint-report.schema.json', import.meta.url), 'utf8')

/** Readers must bear members that are added; here each one must be described. */
const CLOSED = SCHEMA.replaceAll('"type": "object",', '"type": "object", "additionalProperties": false,')

const validate = new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(CLOSED) as object)

function problems(text: string): unknown {
  return validate(JSON.parse(text)) ? null : validate.errors
}

test.each(Object.entries(SITUATIONS))('the report of %s', (_, files) => {
  expect(problems(json(files))).toBeNull()
})

test('the reports of documents', async () => {
  const { stdout } = await runCli(['lint', '--format', 'json', '.'], { cwd: DOCUMENTS })
  expect(problems(stdout)).toBeNull()
  const { files } = JSON.parse(stdout) as { files: unknown[] }
  expect(files).toHaveLength(readdirSync(DOCUMENTS).filter((name) => name.endsWith('.yaml')).length)
})

test('the report of whatever a document holds', () => {
  fc.assert(
    fc.property(hostileReports, (hostile) => {
      // Messages are one line each; that is for those who make them.
      const files = hostile.map((file) => ({
        ...file,
        diagnostics: file.diagnostics.map((found) => ({
          ...found,
          message: `m${found.message.replace(/[\r\n]/g, '')}`,
        })),
      }))
      expect(problems(json(files))).toBeNull()
    }),
    runs(100),
  )
})

describe('the schema refuses', () => {
  const fixes = SITUATIONS['fixes'] ?? []
  test.each([
    ['another version', '"version": 1', '"version": 2'],
    ['another severity', '"error",', '"fatal",'],
    ['a line 0', /"line": \d+/, '"line": 0'],
    ['an offset that is no number', /"start": \d+/, '"start": "1"'],
    ['a finding without code', /"code": "[^"]*",/, ''],
    ['a message of two lines', '"message": "', '"message": "x\\n'],
    ['a member that it does not describe', '"summary": {', '"summary": {"hints": 0,'],
    ['a fix that is not unsafe in so many words', '"unsafe": true', '"unsafe": false'],
  ])('%s', (_, part, changed) => {
    const text = json(fixes)
    const other = text.replace(part, changed)
    expect(other).not.toBe(text)
    expect(problems(other)).not.toBeNull()
  })
})
