/**
 * One row per word: the names of the language's tables occur in `src` and `schema` only in their row, in generated
 * files, and where their meaning is implemented. What is listed here for a word is the places that a change of its
 * meaning concerns.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FILES, fileOf, generateSchema } from '../../schema/language.ts'
import { OPTION_NAMES, type OptionName } from '../../src/language/options.ts'
import { REFUSAL_NAMES } from '../../src/language/refusals.ts'

const ROOT = new URL('../../', import.meta.url).pathname

/** Written by a generator and compared with what it would write. */
const GENERATED = [
  'src/policy/shape/generated/validate.js',
  'src/compiled/generated/runtimes.ts',
  'schema/scope-policy.schema.json',
  'schema/request-table.schema.json',
]

/** Where the meaning of each option is implemented, beside its row. */
const OPTION_MEANING: Readonly<Partial<Record<OptionName, readonly string[]>>> = {
  encodedSlash: [
    // In the language of other engines.
    'src/export/re2/accepted.ts',
    'src/pattern/request-path.ts',
    'src/pattern/canonical.ts',
    'src/pattern/unreachable.ts',
    'src/automaton/accepted-paths.ts',
    'src/language/refusals.ts',
  ],
  delimiters: [
    'src/export/re2/accepted.ts',
    'src/export/re2/names.ts',
    'src/pattern/name.ts',
    'src/pattern/request-path.ts',
    'src/pattern/canonical.ts',
    'src/automaton/accepted-paths.ts',
    'src/language/refusals.ts',
  ],
  extraMethods: [
    'src/lsp/completion.ts',
    'src/policy/extra-method.ts',
    'src/policy/options.ts',
    'src/policy/document-options.ts',
    'src/policy/read-context.ts',
    'src/policy/read-endpoint.ts',
    'src/policy/read-method.ts',
    'src/policy/check-options.ts',
    'src/policy/shape/check-shape.ts',
    'src/policy/shape/endpoint-problem.ts',
    'src/load.ts',
    'src/lint/subject.ts',
  ],
}

/** Words that are words of other things as well; their occurrences say nothing. */
const COMMON: ReadonlySet<string> = new Set(['fragment', 'space', 'control-character', 'invalid-utf8'])

/** Where the rules are applied, beside their rows. */
const APPLIED = [
  'src/pattern/request-path.ts',
  'src/pattern/canonical.ts',
  'src/pattern/unreachable.ts',
  'src/pattern/name.ts',
  'src/policy/read-endpoint.ts',
  // What Cerb accepts and we refuse.
  'src/lint/words/reference-pattern.ts',
]

const files = ['src', 'schema'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js|json)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
)
const texts = new Map(
  files
    .filter((file) => !GENERATED.includes(file))
    .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]),
)

function filesWith(word: RegExp): readonly string[] {
  return [...texts].flatMap(([file, text]) => (word.test(text) ? [file] : []))
}

describe('a word of the language occurs only where it means something', () => {
  test.each(Object.entries(OPTION_MEANING))('option %s', (name, places) => {
    const word = new RegExp(`\\b${name}\\b`)
    const elsewhere = filesWith(word).filter(
      (file) => file !== 'src/language/options.ts' && !places.includes(file),
    )
    expect(elsewhere).toEqual([])
  })

  test.each(REFUSAL_NAMES.filter((name) => !COMMON.has(name)))('refusal %s', (name) => {
    const elsewhere = filesWith(new RegExp(`'${name}'`)).filter(
      (file) => file !== 'src/language/refusals.ts' && !APPLIED.includes(file),
    )
    expect(elsewhere).toEqual([])
  })

  test('every option is in a row, and no list names three of them in one line', () => {
    const quoted = new RegExp(`(?:'(?:${OPTION_NAMES.join('|')})',?\\s*){3}`)
    expect(filesWith(quoted)).toEqual([])
  })
})

test.each(FILES)('%s has what `npm run generate` writes', async (name) => {
  expect(readFileSync(fileOf(name), 'utf8')).toBe(await generateSchema(name))
})
