/**
 * Measurements run in child processes, one each, so that none inherits the optimised code, the garbage or
 * the caches of another. This file says what a child can be asked, and asks it.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CompiledResult } from './measure/compiled.ts'
import type { Footprint } from './measure/footprint.ts'
import type { HostileResult } from './measure/hostile.ts'
import type { LoadResult } from './measure/load.ts'
import type { PairingResult, PairingSettings } from './measure/pairing.ts'
import type { Settings } from './settings.ts'

export type Task =
  | {
      readonly kind: 'pairing'
      readonly contestant: string
      readonly workload: string
      readonly settings: PairingSettings
    }
  | {
      readonly kind: 'hostile'
      readonly contestant: string
      readonly attack: string
      readonly lengths: readonly number[]
      readonly turnMs: number
    }
  | { readonly kind: 'load'; readonly workload: string; readonly settings: Settings['load'] }
  | { readonly kind: 'compiled'; readonly workload: string }
  | { readonly kind: 'footprint'; readonly workload: string; readonly warmUp: string }

export interface Results {
  readonly pairing: PairingResult
  readonly hostile: HostileResult
  readonly load: LoadResult
  readonly footprint: Footprint
  readonly compiled: CompiledResult
}

/** Most tasks have one result, attacks one per length of the path; with a failure the rest is missing. */
export interface Outcome<Kind extends Task['kind']> {
  readonly results: readonly Results[Kind][]
  readonly failure?: string
}

/** What a child sends when everything is at hand and it begins to measure. */
export const READY = 'ready'
const START_LIMIT_MS = 60_000

/**
 * All children get the same flags. `--no-turbo-inline-js-wasm-calls`: in Node 20 a hot loop over a
 * WebAssembly peer aborts the process without it.
 */
const FLAGS: readonly string[] = [
  '--expose-gc',
  '--no-flush-bytecode',
  '--no-turbo-inline-js-wasm-calls',
  '--max-old-space-size=4096',
]

/**
 * Runs one task in a child, on the given build of this package. A child that takes longer than `limitMs`
 * for a result, counted from when it says that it is ready, is ended.
 */
export function runTask<Kind extends Task['kind']>(
  built: URL,
  task: Extract<Task, { readonly kind: Kind }>,
  limitMs: number,
): Promise<Outcome<Kind>> {
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL('child.ts', import.meta.url)),
      [built.href, JSON.stringify(task)],
      {
        execArgv: [...FLAGS],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    )
    let complaint = ''
    const results: Results[Kind][] = []
    let failure: string | undefined
    const giveUpAfter = (ms: number): NodeJS.Timeout =>
      setTimeout(() => {
        failure = `no answer within ${ms / 1000} s`
        child.kill('SIGKILL')
      }, ms)
    let timer = giveUpAfter(START_LIMIT_MS)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    child.on('message', (message) => {
      clearTimeout(timer)
      if (message === READY) timer = giveUpAfter(limitMs)
      else results.push(message as Results[Kind])
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0) failure ??= `ended with ${code ?? signal ?? 'nothing'}: ${firstError(complaint)}`
      resolve({ results, ...(failure === undefined ? {} : { failure }) })
    })
  })
}

function firstError(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'no message'
}
