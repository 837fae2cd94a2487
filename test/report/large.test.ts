/** 10,000 findings in 10 MB: whatever the lines are like, the time is that of the report, not of their product. */
import { expect, test } from 'vitest'
import { FORMATS } from '../../src/report/findings/formats.ts'
import type { FileReport } from '../../src/report/findings/report.ts'
import { LineIndex } from '../../src/source/line-index.ts'
import { finding } from './sample.ts'
import { SETTINGS } from './situations.ts'

const FINDINGS = 10_000
const EACH = 1000
const HANG = 20_000

const WORDS = 'label: "検索 <&> 👤", '

const TEXTS: Readonly<Record<string, string>> = {
  'short lines': `${WORDS.repeat(3)}\n`.repeat(Math.ceil((FINDINGS * EACH) / (WORDS.length * 3 + 1))),
  'one line': WORDS.repeat(Math.ceil((FINDINGS * EACH) / WORDS.length)),
  'lines with wide margins': `x${' '.repeat(FINDINGS * EACH)}\n${' '.repeat(FINDINGS * EACH)}x`,
}

/** Findings whose spans all end with the text, at the cost of formats that read along their spans. */
function report(text: string): readonly FileReport[] {
  const lines = new LineIndex(text)
  const diagnostics = Array.from({ length: FINDINGS }, (_, at) => {
    const span = { start: at * EACH + 7, end: text.length }
    const range = lines.range(span)
    const fix = { title: 'replace it', edits: [{ span, text: 'x' }] }
    const related = [{ message: 'here', span, range }]
    return { ...finding('', span, { help: 'write something else', related, fix }), range }
  })
  return [{ path: 'a.yaml', text, diagnostics }]
}

test.each(Object.keys(TEXTS))(
  '%s',
  (name) => {
    const files = report(TEXTS[name] ?? '')
    for (const [format, write] of FORMATS) {
      const text = write(files, SETTINGS)
      expect(text.split('unknown-method').length, format).toBeGreaterThan(FINDINGS)
      expect(text.length, format).toBeLessThan(FINDINGS * 4000)
    }
  },
  HANG,
)
