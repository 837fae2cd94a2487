/**
 * The path rules with every option at its default, and the answer of `readPath` as one string: the tested
 * path as percent-encoded text, or the name of the refusal in angle brackets.
 */
import { DEFAULT_OPTIONS } from '../../src/language/options.ts'
import { printCanonical } from '../../src/pattern/canonical.ts'
import { type PathRules, readPath } from '../../src/pattern/request-path.ts'

export const RULES: PathRules = { ...DEFAULT_OPTIONS, pathLength: 8192 }

export function read(target: string, options: Partial<PathRules> = {}): string {
  const reading = readPath(target, { ...RULES, ...options })
  if (reading.refusal !== undefined) return `<${reading.refusal}>`
  return reading.path === null ? '<outside>' : printCanonical(reading.path)
}
