/** The thread that reads documents for `load-policy.ts`: reads one, hands it over, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { buffersOf } from '../compiled/snapshot.ts'
import { type LoadRequest, read } from './load-policy.ts'

const response = read(workerData as LoadRequest)
parentPort?.postMessage(response, response.snapshot === null ? [] : [...buffersOf(response.snapshot)])
