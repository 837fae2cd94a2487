/** Batches one after the other, on as many threads as wanted, until the time or the policies are used up. */
import { Worker } from 'node:worker_threads'
import type { Batch, BatchResult } from './batch.ts'
import { addCounts } from './counts.ts'
import type { Settings } from './settings.ts'
import type { Disagreement } from './shrink.ts'

/** Cases of one thread: enough to make up for its start, few enough for its memory. */
const CASES = 600
/** Milliseconds after which a thread is taken to hang; a batch takes half a minute. */
const HANGS = 1_200_000

export interface Totals {
  policies: number
  requests: number
  decisions: number
  allowed: number
  readonly counts: BatchResult['counts']
  readonly disagreements: Disagreement[]
}

export async function runAll(settings: Settings, onBatch: (totals: Totals) => void): Promise<Totals> {
  const totals: Totals = {
    policies: 0,
    requests: 0,
    decisions: 0,
    allowed: 0,
    counts: {},
    disagreements: [],
  }
  const until = Date.now() + settings.seconds * 1000
  const end = settings.first + settings.policies
  let next = settings.first
  const work = async (): Promise<void> => {
    while (next < end && Date.now() < until) {
      const count = Math.min(CASES, end - next)
      const batch = { seed: settings.seed, first: next, count, until }
      next += count
      add(totals, await inThread(batch, settings.from))
      onBatch(totals)
    }
  }
  await Promise.all(Array.from({ length: settings.workers }, work))
  return totals
}

function inThread(batch: Batch, from: Settings['from']): Promise<BatchResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { batch, from } })
    const policies = `policies ${batch.first} to ${batch.first + batch.count - 1} of seed ${batch.seed}`
    const guard = setTimeout(() => {
      reject(new Error(`${policies}: no answer for ${HANGS / 60_000} minutes`))
      void worker.terminate()
    }, HANGS)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      clearTimeout(guard)
      reject(new Error(`${policies}: the thread ended with ${code}`))
    })
  })
}

function add(totals: Totals, batch: BatchResult): void {
  totals.policies += batch.policies
  totals.requests += batch.requests
  totals.decisions += batch.decisions
  totals.allowed += batch.allowed
  addCounts(totals.counts, batch.counts)
  totals.disagreements.push(...batch.disagreements)
}
