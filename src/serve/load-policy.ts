/**
 * From the content of a file to a policy that decides.
 *
 * Reading 100,000 endpoints takes seconds, during which a server of one thread answers no request. So a document
 * that has changed is read by its own thread, which ends afterwards, and what it hands over takes some milliseconds
 * to open whatever its size (`compiled/snapshot.ts`): no decision waits for it, and an idle server has no second heap.
 *
 * Rejected: a thread that stays (it keeps the memory of the largest document), and to read small documents
 * here (with `wildcard: segment` a small document can be an expensive one).
 */
import { Worker } from 'node:worker_threads'
import { openSnapshot, type OpenedSnapshot, type PolicySnapshot, toSnapshot } from '../compiled/snapshot.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { parsePolicy, type ParseOptions } from '../load.ts'

export type ServedPolicy = OpenedSnapshot

export interface LoadedPolicy {
  /** Null when a diagnostic is an error. */
  readonly policy: ServedPolicy | null
  /** Only where there is no policy. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What the thread is given. */
export interface LoadRequest {
  readonly content: Uint8Array
  readonly options: ParseOptions
  /** Of all diagnostics nothing is handed over but the first error: each takes time to receive. */
  readonly firstErrorOnly: boolean
}

/** What it answers. */
export interface LoadResponse {
  readonly snapshot: PolicySnapshot | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Documents up to this size are read in place at the start: a thread takes longer to start. In bytes. */
const MAX_SMALL = 262_144

/** At the start nothing waits; but what a large document leaves on the heap would be felt later. */
export async function loadAtStart(content: Uint8Array, options: ParseOptions): Promise<LoadedPolicy> {
  return content.length > MAX_SMALL ? loadInThread(content, options, false) : loadHere(content, options)
}

/** Blocks while the document is read. */
export function loadHere(content: Uint8Array, options: ParseOptions): LoadedPolicy {
  return opened(read({ content, options, firstErrorOnly: false }))
}

/** Blocks for some milliseconds only. */
export async function loadInThread(
  content: Uint8Array,
  options: ParseOptions,
  firstErrorOnly: boolean,
): Promise<LoadedPolicy> {
  let response: LoadResponse
  try {
    response = await askThread({ content, options, firstErrorOnly })
  } catch {
    // A thread that cannot start, as for want of memory, is no reason to keep an old policy in force.
    return loadHere(content, options)
  }
  return opened(response)
}

export function read({ content, options, firstErrorOnly }: LoadRequest): LoadResponse {
  const { policy, diagnostics } = parsePolicy(content, options)
  if (policy !== null) return { snapshot: toSnapshot(policy), diagnostics: [] }
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return { snapshot: null, diagnostics: firstErrorOnly ? errors.slice(0, 1) : diagnostics }
}

function opened({ snapshot, diagnostics }: LoadResponse): LoadedPolicy {
  return { policy: snapshot && openSnapshot(snapshot), diagnostics }
}

function askThread(workerData: LoadRequest): Promise<LoadResponse> {
  // Beside this file in the sources, and beside the command line in the package.
  const name = import.meta.url.endsWith('.ts') ? './load-thread.ts' : './load-thread.js'
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(name, import.meta.url), { workerData })
    thread.unref()
    thread.on('message', resolve)
    thread.on('error', reject)
    thread.on('exit', () => {
      reject(new Error('the thread ended without an answer'))
    })
  })
}
