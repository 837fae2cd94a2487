/**
 * Whether to color: `--color` or `--no-color`, else NO_COLOR (https://no-color.org), else FORCE_COLOR,
 * else whether the output is a terminal that can. The environment is that of the command, not of the process,
 * which `util.styleText` would look at.
 */
import { type Colors, createColors } from '../report/colors.ts'
import type { ReportSettings } from '../report/findings/report.ts'
import type { Io } from './io/files.ts'
import type { Sink } from './io/process-io.ts'

export function colorsFor(sink: Sink, env: Io['env'], flag: boolean | undefined): Colors {
  return createColors(wanted(sink, env, flag))
}

/** How a report for people is shown on this output. */
export function settingsFor(sink: Sink, env: Io['env'], flag: boolean | undefined): ReportSettings {
  const colors = colorsFor(sink, env, flag)
  return sink.columns === undefined ? { colors } : { colors, columns: sink.columns }
}

function wanted(sink: Sink, env: Io['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  const force = env['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return sink.isTTY && env['TERM'] !== 'dumb'
}
