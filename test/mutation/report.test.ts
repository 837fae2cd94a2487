/** The list of what is mutated is complete, and scores are counted as the mutation testing schema says. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EXPLAINED } from './explained.ts'
import { mutatedFiles, TESTS } from './files.ts'
import type { FileResult } from './read-report.ts'
import { printReport, scoreOf } from './report.ts'

test('every file that decides has tests of its own, and every test is there', () => {
  expect(Object.keys(TESTS).sort()).toEqual([...mutatedFiles()].sort())
  const missing = [...new Set(Object.values(TESTS).flat())].filter(
    (name) => !existsSync(new URL(`../${name}.test.ts`, import.meta.url)),
  )
  expect(missing).toEqual([])
})

test('what is explained is still there to be mutated', () => {
  for (const [file, reasons] of Object.entries(EXPLAINED)) {
    const source = readFileSync(new URL(`../../src/${file}.ts`, import.meta.url), 'utf8').replace(/\s+/g, ' ')
    for (const mutant of Object.values(reasons).flat()) {
      const [, text = '', cut] = /^`(.*?)(…)?` as `/.exec(mutant) ?? []
      expect(text.length > 1 || cut !== undefined ? source : '', `${file}: ${mutant}`).toContain(text)
    }
  }
})

const mutant = (status: string): FileResult['mutants'][number] => ({
  mutatorName: 'EqualityOperator',
  replacement: 'a <= b',
  status,
  line: 3,
  column: 5,
  text: 'a < b',
})

test('mutants that cannot run do not count, those that no test reaches do', () => {
  const result = {
    file: 'pattern/x',
    mutants: ['Killed', 'Timeout', 'CompileError', 'NoCoverage'].map(mutant),
  }
  expect(scoreOf([result])).toBeCloseTo(66.67)
  expect(scoreOf([{ file: 'pattern/x', mutants: [] }])).toBe(100)
  const alive = { file: 'pattern/y', mutants: [mutant('Survived')] }
  expect(printReport([result, alive])).toMatchInlineSnapshot(`
    "| file | score % | mutants | killed | timeout | survived | not reached |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | pattern/x | 66.7 | 4 | 1 | 1 | 0 | 1 |
    | pattern/y | 0.0 | 1 | 0 | 0 | 1 | 0 |

    score: 50.00 %; 0 of 2 survivors are explained

    src/pattern/x.ts:3:5 EqualityOperator: \`a < b\` as \`a <= b\`
    src/pattern/y.ts:3:5 EqualityOperator: \`a < b\` as \`a <= b\`"
  `)
})
