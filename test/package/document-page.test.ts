/** The page about documents has every field and option of the language, in the words of their rows. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { OPTION_NAMES, optionRow } from '../../src/language/options.ts'
import { SCOPE_FIELD_NAMES, scopeFieldRow } from '../../src/language/scope-fields.ts'

const page = readFileSync(new URL('../../docs/reference/document.md', import.meta.url), 'utf8').replaceAll(
  '\\',
  '',
)

test.each([
  ...OPTION_NAMES.map((name) => [name, optionRow(name).what] as const),
  ...SCOPE_FIELD_NAMES.map((name) => [name, scopeFieldRow(name).what] as const),
])('%s', (name, what) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``))
  expect(row).toContain(what)
})
