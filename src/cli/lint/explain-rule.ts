/** `--explain RULE`: what it finds, why it matters, and what the linter says of an example. */
import { quote } from '../../diagnostic/words.ts'
import { CODES, type CodeInfo, suggestRule } from '../../lint/codes.ts'
import { lint } from '../../lint/lint.ts'
import type { Rule } from '../../lint/rule.ts'
import { DIRECTIVE } from '../../lint/suppress/read-suppressions.ts'
import { pretty } from '../../report/findings/pretty.ts'
import type { ReportSettings } from '../../report/findings/report.ts'
import { UsageError } from '../exit-code.ts'
import { readable, wrap } from '../../report/findings/wrap.ts'

const FIX: Readonly<Record<Rule['fix'], string>> = {
  none: 'no fix',
  safe: 'a fix that changes no decision (`--fix`)',
  unsafe: 'a fix that changes decisions (`--fix-unsafe`)',
}

/** Throws {@link UsageError} when there is no such rule. */
export function explainRule(id: string, settings: ReportSettings): string {
  const info = CODES.get(id)
  if (info === undefined) {
    throw new UsageError(`there is no rule ${quote(id)}; ${suggestRule(id, () => true)}`)
  }
  const { colors, columns } = settings
  const sentences = (text: string): string[] => wrap(text, readable(columns))
  const level =
    info.severity === 'off' ? 'off by default' : `${info.severity}${info.fatal ? '' : ' by default'}`
  const lines = [
    `${colors.bold(info.id)}: ${level}, ${FIX[info.fix]}`,
    '',
    ...sentences(
      capital(info.rule?.why === undefined ? `${info.summary}.` : `${info.summary}. ${info.rule.why}`),
    ),
    ...(info.rule === undefined ? [] : examples(info.rule, settings)),
    '',
    ...howToTurnOff(info),
    '',
  ]
  return lines.join('\n')
}

function examples(rule: Rule, settings: ReportSettings): string[] {
  const text = rule.bad.trimStart()
  const on = rule.severity === 'off' ? { rules: { [rule.id]: 'warning' as const } } : {}
  const diagnostics = lint(text, on).filter(({ code }) => code === rule.id)
  // Without the line that counts.
  const said = pretty([{ path: 'bad.yaml', text, diagnostics }], settings).replace(/\n[^\n]*\n$/, '')
  const { bold } = settings.colors
  return [
    '',
    bold('Bad:'),
    '',
    ...indented(text),
    '',
    ...said.split('\n'),
    bold('Good:'),
    '',
    ...indented(rule.good),
  ]
}

function indented(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
}

function howToTurnOff({ id, fatal, group }: CodeInfo): string[] {
  if (fatal) return ['It can be neither configured nor suppressed: a document with an error is not a policy.']
  const lines = [`Configure:  rules: { ${id}: off }   or   --rule ${id}=off`]
  if (group !== 'suppressions') lines.push(`Excuse the next line:  # ${DIRECTIVE} ${id} -- reason`)
  return lines
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
