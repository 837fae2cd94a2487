/**
 * Requests laid out for the timed loops: flat arrays, so that fetching a request costs little and the same
 * for everybody.
 */
import type { Traffic } from '../workload/traffic.ts'
import { seeded } from '../workload/random.ts'

export interface Stream {
  readonly length: number
  /** All targets one after the other; batch b lies between batchStart[b] and batchStart[b + 1]. */
  readonly bytes: Buffer
  readonly batchSize: number
  readonly batchStart: Int32Array
  /** Where each target begins and ends in the text of its batch. */
  readonly start: Int32Array
  readonly end: Int32Array
  readonly path: readonly string[]
  readonly method: readonly string[]
  readonly token: Int32Array
  readonly allowed: readonly boolean[]
}

/** Small enough that the text decoded for a batch stays in the fastest cache. */
const BATCH_SIZE = 50

/** The stream of all requests, in the order of the traffic. */
export function broadStream(traffic: Traffic): Stream {
  return streamOf(
    traffic,
    traffic.token.map((_, index) => index),
  )
}

/** The hot set over and over, each time in another order, so that no branch predictor learns it by heart. */
export function hotStream(traffic: Traffic, hot: readonly number[], repeats = 32): Stream {
  const random = seeded(32)
  const order = Array.from({ length: repeats }, () => random.shuffle(hot)).flat()
  return streamOf(traffic, order)
}

function streamOf(traffic: Traffic, order: readonly number[]): Stream {
  const length = order.length
  const batches = Math.ceil(length / BATCH_SIZE)
  const batchStart = new Int32Array(batches + 1)
  const start = new Int32Array(length)
  const end = new Int32Array(length)
  const targets: string[] = []
  let total = 0
  for (const [index, at] of order.entries()) {
    const target = traffic.paths[traffic.path[at] as number] as string
    const batch = Math.floor(index / BATCH_SIZE)
    if (index % BATCH_SIZE === 0) batchStart[batch] = total
    targets.push(target)
    start[index] = total - (batchStart[batch] as number)
    total += target.length
    end[index] = total - (batchStart[batch] as number)
  }
  batchStart[batches] = total
  const bytes = Buffer.from(targets.join(''), 'latin1')
  // One flat string per distinct path, and per distinct method, as parsers and callers have them.
  const flat = traffic.paths.map((path) => Buffer.from(path, 'latin1').toString('latin1'))
  return {
    length,
    bytes,
    batchSize: BATCH_SIZE,
    batchStart,
    start,
    end,
    path: order.map((at) => flat[traffic.path[at] as number] as string),
    method: order.map((at) => METHOD.get(traffic.method[at] as string) ?? ''),
    token: Int32Array.from(order, (at) => traffic.token[at] as number),
    allowed: order.map((at) => traffic.allowed[at] as boolean),
  }
}

/** The parser of Node hands out one string per method. */
const METHOD: ReadonlyMap<string, string> = new Map(
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, method]),
)

export type TokenArrays = readonly (readonly string[])[]

/** The scopes of each token as `JSON.parse` gives them from a claim that is a list: flat strings. */
export function listClaims(traffic: Traffic): TokenArrays {
  return JSON.parse(JSON.stringify(traffic.tokens.map((claim) => claim.split(' ')))) as string[][]
}

/** The same, split from a claim that is text: names of 13 letters and more are slices of that text. */
export function splitClaims(traffic: Traffic): TokenArrays {
  return traffic.tokens.map((claim) => claim.split(' '))
}
