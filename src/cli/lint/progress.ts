/** How far a long run has come: one line on a terminal, which is gone at the end. Never in logs and pipes. */
import type { Io } from '../io/files.ts'

const FIRST_AFTER = 500
const THEN_EVERY = 100

export interface Progress {
  readonly step: () => void
  /** To be called before anything else is written. */
  readonly clear: () => void
}

export function progressOf(total: number, { stderr, env }: Io, now: () => number = Date.now): Progress {
  const inCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false'
  const shown = stderr.isTTY && !inCi && env['TERM'] !== 'dumb'
  let next = now() + FIRST_AFTER
  let done = 0
  let written = false
  return {
    step: () => {
      done += 1
      if (!shown || now() < next) return
      next = now() + THEN_EVERY
      written = true
      stderr.write(`\r${done} of ${total} files`)
    },
    clear: () => {
      if (written) stderr.write('\r\u001b[K')
      written = false
    },
  }
}
