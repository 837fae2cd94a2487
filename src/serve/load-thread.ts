/** The thread that reads documents for `load-policy.ts`: reads one, hands it over, frees its memory, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { buffersOf } from '../compiled/snapshot.ts'
import { type LoadRequest, read } from './load-policy.ts'
import { lowerPriority } from './lower-priority.ts'
import { releaseMemory } from './release-memory.ts'

/** In a function, so that nothing refers to the policy afterwards. */
function answer(): void {
  const response = read(workerData as LoadRequest)
  parentPort?.postMessage(response, response.snapshot === null ? [] : [...buffersOf(response.snapshot)])
}

lowerPriority()
answer()
releaseMemory()
