/** What holds for the linter and its fixes on every text. */
import { comparePolicies } from '../../../src/analysis/index.ts'
import { parsePolicy } from '../../../src/index.ts'
import { fix, lint } from '../../../src/lint/index.ts'
import { textOf, wrongIn } from './check-source.ts'
import type { Said } from './check-source.ts'

const TOO_LONG = 20_000

export function checkLint(bytes: Uint8Array): Said {
  const text = textOf(bytes)
  if (text === undefined) return void lint(bytes)
  const start = performance.now()
  const diagnostics = lint(text)
  if (performance.now() - start > TOO_LONG) return 'linting takes too long'
  const wrong = wrongIn(diagnostics, text)
  if (wrong !== undefined) return `lint: ${wrong}`

  const fixed = fix(text)
  const anyFix = diagnostics.some((one) => one.fix !== undefined)
  if (fixed.fixed > 0 !== (fixed.text !== text)) return 'fix: a change that is not counted, or none that is'
  if (!anyFix && fixed.text !== text) return 'fix: a change without a fix'
  if (fixed.text === text) return undefined
  return wrongIn(fixed.diagnostics, fixed.text) ?? wrongFix(text, fixed.text)
}

function wrongFix(before: string, after: string): Said {
  if (fix(after).text !== after) return 'fix: fixing twice changes more'
  if (before.startsWith('\ufeff') !== after.startsWith('\ufeff'))
    return 'fix: a byte order mark is lost or new'
  if (!before.includes('\r') && after.includes('\r')) return 'fix: another line end'
  const [was, is] = [parsePolicy(before).policy, parsePolicy(after).policy]
  if (was === null) return undefined
  if (is === null) return 'fix: the document loads no more'
  return comparePolicies(was, is).change === 'equal' ? undefined : 'fix: another decision'
}
