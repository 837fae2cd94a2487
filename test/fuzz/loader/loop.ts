/**
 * Fuzzing that is guided by coverage: an input that makes blocks of the sources run which no earlier one did
 * is kept, and changed further. What is wrong is made smaller before it is told.
 */
import { pick, randomFrom } from '../../analysis/small-policies.ts'
import type { Coverage } from './coverage.ts'
import { mutateBytes } from './mutate-bytes.ts'
import { said } from './targets.ts'
import type { Target } from './targets.ts'

export interface Crash {
  readonly what: string
  readonly bytes: Uint8Array
}

export interface LoopResult {
  readonly inputs: number
  readonly corpus: readonly Uint8Array[]
  readonly kept: number
  readonly blocks: number
  readonly crashes: readonly Crash[]
}

export interface Bounds {
  readonly seed: number
  readonly inputs: number
  /** Milliseconds since the epoch. */
  readonly until: number
  readonly suite?: string | undefined
}

/** Inputs between two looks at the coverage. */
const ROUND = 48
const MOST_CRASHES = 20
const ATTEMPTS = 2000

export function runLoop(
  target: Target,
  coverage: Coverage,
  { seed, inputs, until, suite }: Bounds,
  onRound: (inputs: number, kept: number, blocks: number) => void = () => undefined,
): LoopResult {
  const random = randomFrom(seed)
  const crashes = new Map<string, Uint8Array>()
  const corpus: Uint8Array[] = []
  const attempt = (bytes: Uint8Array): void => {
    const what = said(target, bytes)
    if (what !== undefined && !crashes.has(what) && crashes.size < MOST_CRASHES)
      crashes.set(what, smallest(target, bytes, what))
  }
  // By halves, since most of a round is nothing new.
  const keepNew = (inputs: readonly Uint8Array[]): void => {
    coverage.reset()
    for (const bytes of inputs) said(target, bytes)
    if (inputs.length > 1 && coverage.isNew()) {
      keepNew(inputs.slice(0, inputs.length >> 1))
      keepNew(inputs.slice(inputs.length >> 1))
    } else if (inputs.length === 1 && coverage.news() > 0) corpus.push(...inputs)
  }
  for (const bytes of target.corpus(suite)) {
    attempt(bytes)
    corpus.push(bytes)
  }
  const first = corpus.length
  coverage.news()
  let done = first
  while (done < inputs && Date.now() < until) {
    const round = Array.from({ length: Math.min(ROUND, inputs - done) }, () =>
      mutateBytes(chosen(corpus, first, random), random, target.words, pick(random, corpus)),
    )
    for (const bytes of round) attempt(bytes)
    done += round.length
    if (coverage.isNew()) keepNew(round)
    onRound(done, corpus.length - first, coverage.blocks())
  }
  return {
    inputs: done,
    corpus,
    kept: corpus.length - first,
    blocks: coverage.blocks(),
    crashes: [...crashes].map(([what, bytes]) => ({ what, bytes })),
  }
}

/** Half of the time one of those that were kept, and of them rather the later ones. */
function chosen(corpus: readonly Uint8Array[], first: number, random: () => number): Uint8Array {
  if (corpus.length === first || random() < 0.5) return pick(random, corpus)
  return pick(random, corpus.slice(Math.max(first, corpus.length - 200)))
}

/** Without pieces that the same problem does not need. */
export function smallest(target: Target, bytes: Uint8Array, what: string): Uint8Array {
  let best = bytes
  let attempts = 0
  for (let size = best.length >> 1; size > 0;) {
    let shorter = false
    for (let at = 0; at < best.length && attempts < ATTEMPTS; attempts++) {
      const candidate = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)])
      if (said(target, candidate) === what) {
        best = candidate
        shorter = true
      } else at += size
    }
    if (!shorter || size > 1) size >>= 1
  }
  return best
}
