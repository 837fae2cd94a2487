/** One thread for one batch: modules that were imported are freed only together with their thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { runBatch } from './batch.ts'
import type { Batch } from './batch.ts'
import { loadSubject } from './subject.ts'

const { batch, from } = workerData as { readonly batch: Batch; readonly from: 'dist' | 'src' }
parentPort?.postMessage(await runBatch(await loadSubject(from), batch))
