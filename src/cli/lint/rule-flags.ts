/** `--rule id=severity`, which wins over configuration. */
import { quote, suggest } from '../../diagnostic/words.ts'
import { isSeverity, ruleProblem, SEVERITIES } from '../../lint/codes.ts'
import type { RuleSeverity } from '../../lint/rule.ts'
import { UsageError } from '../exit-code.ts'

export function ruleFlags(flags: readonly string[]): Readonly<Record<string, RuleSeverity>> {
  return Object.fromEntries(
    flags.map((flag) => {
      const [, id = '', severity = ''] = /^([^=]*)=(.*)$/s.exec(flag) ?? []
      if (id === '') throw new UsageError(`${quote(flag)} is not of the form \`rule=severity\``)
      const problem = ruleProblem(id, 'configured')
      if (problem !== undefined) throw new UsageError(`${problem.message}; ${problem.help}`)
      if (!isSeverity(severity)) {
        throw new UsageError(
          `rule ${quote(id)} cannot be ${quote(severity)}; ${suggest(severity, SEVERITIES)}`,
        )
      }
      return [id, severity]
    }),
  )
}
