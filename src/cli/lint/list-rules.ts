/** `--list-rules`: every rule on a line, group by group. */
import { CODES, type CodeInfo } from '../../lint/codes.ts'
import type { ReportSettings } from '../../report/findings/report.ts'
import { readable, wrap } from '../../report/findings/wrap.ts'

const GROUPS: readonly (readonly [CodeInfo['group'], title: string])[] = [
  ['meaning', 'What a policy allows'],
  ['consent', 'What people read'],
  ['portability', 'What other readers see'],
  ['suppressions', 'Comments that suppress findings'],
  ['document', 'Found by the loader; its errors can be neither configured nor suppressed'],
]

const NARROWEST = 30

export function listRules({ colors, columns }: ReportSettings): string {
  const all = [...CODES.values()]
  const id = Math.max(...all.map((info) => info.id.length))
  const room = readable(columns)
  const left = 2 + id + 2 + 'warning'.length + 2 + 'unsafe'.length + 2
  // Where there is no room beside the other columns, the summary is below.
  const indent = room - left >= NARROWEST ? left : 6
  const row = (info: CodeInfo): string[] => {
    const fix = info.fix === 'none' ? '' : info.fix
    const cells = `  ${colors.bold(info.id.padEnd(id))}  ${info.severity.padEnd(7)}  ${fix.padEnd(6)}  `
    const [first = '', ...rest] = wrap(info.summary, room - indent)
    const summary = [first, ...rest].map((line) => `${' '.repeat(indent)}${line}`)
    return indent === left ? [`${cells}${first}`, ...summary.slice(1)] : [cells.trimEnd(), ...summary]
  }
  const head = `  ${'rule'.padEnd(id)}  default  fix${indent === left ? '     summary' : ''}`
  const groups = GROUPS.flatMap(([group, title]) => {
    const members = all.filter((info) => info.group === group)
    return members.length === 0 ? [] : ['', ...wrap(title, room).map(colors.cyan), ...members.flatMap(row)]
  })
  return [colors.dim(head), ...groups, '', '`--explain RULE` says more about one of them.', ''].join('\n')
}
