/** What the command line says. */
import { parseArgs } from 'node:util'

export interface Settings {
  readonly seconds: number
  readonly seed: number
  readonly workers: number
  /** The number of the first policy, and how many; Infinity as long as there is time. */
  readonly first: number
  readonly policies: number
  readonly from: 'dist' | 'src'
}

export const USAGE =
  'usage: node test/fuzz/main.ts [--seconds N] [--seed S] [--workers N] [--policies N] [--first N] [--src]'

/** Throws what is shown beside {@link USAGE}. */
export function readSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '1' },
      policies: { type: 'string' },
      first: { type: 'string', default: '0' },
      src: { type: 'boolean', default: false },
    },
  })
  const number = (name: string, text: string, least: number): number => {
    const found = Number(text)
    if (!Number.isSafeInteger(found) || found < least) throw new Error(`--${name} cannot be ${text}`)
    return found
  }
  const policies = values.policies === undefined ? Infinity : number('policies', values.policies, 1)
  const seconds = values.seconds ?? (policies === Infinity ? '60' : undefined)
  return {
    seconds: seconds === undefined ? Infinity : number('seconds', seconds, 1),
    seed: number('seed', values.seed, 0),
    workers: number('workers', values.workers, 1),
    policies,
    first: number('first', values.first, 0),
    from: values.src ? 'src' : 'dist',
  }
}
