import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../src/diagnostic/edits.ts'
import { CATALOGUE } from '../../src/language/codes.ts'
import type { Edit } from '../../src/diagnostic/diagnostic.ts'
import type { FileReport } from '../../src/report/findings/report.ts'
import { sarif } from '../../src/report/findings/sarif.ts'
import { runs } from '../arbitrary/settings.ts'
import { hostileReports } from './hostile.ts'
import { finding, spanOf } from './sample.ts'
import { SETTINGS, SITUATIONS } from './situations.ts'

/** The schema of OASIS (sarif-spec, errata 01), where it is at hand; it is not a part of this project. */
const SCHEMA = join(import.meta.dirname, '../../../shared/data/sarif/sarif-schema-2.1.0.json')
const GOLDEN = join(import.meta.dirname, 'golden')

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly fixes?: readonly {
    artifactChanges: { replacements: { deletedRegion: Region; insertedContent: { text: string } }[] }[]
  }[]
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
  readonly invocations: unknown
  readonly artifacts: readonly { readonly location: { readonly uri: string } }[]
  readonly results: readonly Result[]
}

function run(files: readonly FileReport[], settings: typeof SETTINGS = SETTINGS): Run {
  const [first] = (JSON.parse(sarif(files, settings)) as { runs: Run[] }).runs
  if (first === undefined) throw new Error('no run')
  return first
}

if (existsSync(SCHEMA)) {
  describe('the official schema holds for', () => {
    const ajv = new AjvDraft04.default({ strict: false, validateFormats: false, allErrors: true })
    const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
    const problems = (text: string): unknown => (validate(JSON.parse(text)) ? null : validate.errors)

    test('nothing else than SARIF', () => {
      expect(problems('{"version": "2.1.0"}')).not.toBeNull()
      expect(problems(sarif([], SETTINGS).replace('"results"', '"result"'))).not.toBeNull()
    })

    test.each(readdirSync(GOLDEN).filter((name) => name.endsWith('.sarif.txt')))('%s', (name) => {
      expect(problems(readFileSync(join(GOLDEN, name), 'utf8'))).toBeNull()
    })

    test('all of the rules of the loader', () => {
      expect(problems(sarif(SITUATIONS['several-files'] ?? [], { colors: SETTINGS.colors }))).toBeNull()
    })

    test('whatever a document holds', () => {
      fc.assert(
        fc.property(hostileReports, (files) => {
          expect(problems(sarif(files, SETTINGS))).toBeNull()
        }),
        runs(100),
      )
    })
  })
}

describe('rules', () => {
  test('are those of the loader where no others are given', () => {
    const { rules } = run([], { colors: SETTINGS.colors }).tool.driver
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(CATALOGUE))
  })

  test('are listed once each, with what was found beside them, and results point at them', () => {
    const text = 'a'
    const found = ['unknown', 'unknown-method', 'unknown', 'label-length'].map((code) => {
      return finding(text, { start: 0, end: 1 }, { code })
    })
    const { tool, results } = run([{ path: 'a.yaml', text, diagnostics: found }])
    const ids = tool.driver.rules.map(({ id }) => id)
    expect(ids).toEqual(['unknown-method', 'duplicate-key', 'duplicate-label', 'label-length', 'unknown'])
    expect(results.map(({ ruleIndex }) => ids[ruleIndex])).toEqual(results.map(({ ruleId }) => ruleId))
  })

  test('given later replace those with the same id', () => {
    const rules = [
      ...(SETTINGS.rules ?? []),
      { id: 'duplicate-key', severity: 'info', summary: 'new' } as const,
    ]
    expect(run([], { ...SETTINGS, rules }).tool.driver.rules).toMatchObject([
      {},
      { id: 'duplicate-key', shortDescription: { text: 'new' }, defaultConfiguration: { level: 'note' } },
      {},
      {},
    ])
  })
})

test('a run in which a source could not be read was not successful', () => {
  expect(run([], SETTINGS).invocations).toEqual([{ executionSuccessful: true }])
  expect(run([], { ...SETTINGS, incomplete: true }).invocations).toEqual([{ executionSuccessful: false }])
})

test.each([
  ['a.yaml', '', 'a.yaml'],
  ['p q/ü%.yaml', '', 'p%20q/%C3%BC%25.yaml'],
  ['c:d.yaml', '', 'c%3Ad.yaml'],
  ['../a.yaml', '', '../a.yaml'],
  ['/tmp/a b.yaml', '', 'file:///tmp/a%20b.yaml'],
  ['<stdin>', '', '%3Cstdin%3E'],
  ['a.yaml', 'packages/api', 'packages/api/a.yaml'],
  ['../a.yaml', 'packages/api', 'packages/a.yaml'],
  ['/tmp/a.yaml', 'packages/api', 'file:///tmp/a.yaml'],
])('the file %j in the folder %j is %s', (path, folder, uri) => {
  const { artifacts } = run([{ path, text: '', diagnostics: [] }], { ...SETTINGS, folder })
  expect(artifacts).toEqual([{ location: { uri } }])
})

describe('fixes', () => {
  /** A viewer: replaces regions of the text, in lines and columns, from the last to the first. */
  function applied(text: string, fix: NonNullable<Result['fixes']>[number] | undefined): string {
    const ends = [...text.matchAll(/\r\n|[\r\n]/g)]
    const starts = [0, ...ends.map(({ 0: end, index }) => index + end.length)]
    const offset = (line: number, column: number): number => (starts[line - 1] ?? NaN) + column - 1
    const replacements = fix?.artifactChanges[0]?.replacements ?? []
    return [...replacements].reverse().reduce((left, { deletedRegion: region, insertedContent }) => {
      const start = offset(region.startLine, region.startColumn)
      const end = offset(region.endLine, region.endColumn)
      return left.slice(0, start) + insertedContent.text + left.slice(end)
    }, text)
  }

  test('change what the edits change', () => {
    const edits = (text: string): fc.Arbitrary<Edit[]> =>
      fc.array(fc.nat(text.length), { minLength: 2, maxLength: 6 }).chain((places) => {
        const sorted = [...places].sort((a, b) => a - b)
        const spans = sorted.flatMap((start, at) => {
          const end = sorted[at + 1]
          return at % 2 === 0 && end !== undefined ? [{ start, end }] : []
        })
        return fc.tuple(
          ...spans.map((span) => fc.string({ maxLength: 3 }).map((inserted) => ({ span, text: inserted }))),
        )
      })
    const texts = fc
      .array(fc.constantFrom('a', '検', '👤', '\n', '\r\n', '\r', ' '), { maxLength: 12 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        texts.chain((text) => fc.tuple(fc.constant(text), edits(text))),
        ([text, edits]) => {
          // Between CR and LF there is no place in lines and columns.
          fc.pre(
            edits.every(({ span }) =>
              [span.start, span.end].every((at) => text.slice(at - 1, at + 1) !== '\r\n'),
            ),
          )
          const found = finding(text, { start: 0, end: 0 }, { fix: { title: 'fix', edits } })
          const [result] = run([{ path: 'a.yaml', text, diagnostics: [found] }]).results
          expect(applied(text, result?.fixes?.[0])).toBe(applyEdits(text, edits))
        },
      ),
      runs(300),
    )
  })

  test('that change the meaning of the policy are not offered', () => {
    const edits = [{ span: { start: 0, end: 1 }, text: '' }]
    const found = [{}, { unsafe: true as const }].map((unsafe) => {
      return finding('a', { start: 0, end: 1 }, { fix: { title: 'remove it', edits, ...unsafe } })
    })
    const { results } = run([{ path: 'a.yaml', text: 'a', diagnostics: found }])
    expect(results.map(({ fixes }) => fixes?.length)).toEqual([1, undefined])
  })
})

test('messages hold neither placeholders nor links', () => {
  const found = finding('a', spanOf('a', 'a'), { message: '`{0}` [x](http://y)', help: '[z](1) {' })
  expect(run([{ path: 'a.yaml', text: 'a', diagnostics: [found] }]).results).toMatchObject([
    { message: { text: '`{{0}}` [x] (http://y)\n[z] (1) {{' } },
  ])
})
