/**
 * Proofs that have been used, so that none is good twice (RFC 9449 §11.1), in bounded memory.
 *
 * Hashes are kept in one bucket for each second of `iat`, as long as a proof of that second would be
 * accepted. When there are too many, the oldest bucket is dropped and proofs as old as it are no longer
 * accepted: under a flood proofs have to be fresher, but none is ever good twice. Rejected: to refuse all
 * new proofs when full (one client could shut out all others), and to drop entries (a replay would pass).
 */
import { createHash } from 'node:crypto'

const MAX_PROOFS = 100_000

export class ReplayGuard {
  readonly #maxAge: number
  readonly #maxProofs: number
  readonly #buckets = new Map<number, Set<string>>()
  #size = 0
  /** Proofs of this second and before are refused. */
  #closedUntil = -Infinity

  /** `maxAge` in seconds: how old a proof can be that is asked about, tolerance of clocks included. */
  constructor(maxAge: number, maxProofs: number = MAX_PROOFS) {
    this.#maxAge = maxAge
    this.#maxProofs = maxProofs
  }

  /** Number of proofs that are kept. */
  get size(): number {
    return this.#size
  }

  /** Whether the proof `id` of the time `iat` has not been used; it has then. Times in seconds. */
  admit(id: string, iat: number, now: number): boolean {
    const second = Math.floor(iat)
    this.#forget(Math.floor(now - this.#maxAge) - 1)
    if (second <= this.#closedUntil) return false
    // 128 bits: two ids with one hash cannot be found, and each takes the same memory.
    const hash = createHash('sha256').update(id).digest('base64').slice(0, 22)
    const bucket = this.#buckets.get(second) ?? new Set()
    if (bucket.has(hash)) return false
    bucket.add(hash)
    this.#buckets.set(second, bucket)
    this.#size += 1
    while (this.#size > this.#maxProofs) this.#dropOldest()
    return true
  }

  #forget(until: number): void {
    for (const [second, { size }] of this.#buckets) {
      if (second > until) continue
      this.#buckets.delete(second)
      this.#size -= size
    }
  }

  #dropOldest(): void {
    const oldest = Math.min(...this.#buckets.keys())
    this.#size -= this.#buckets.get(oldest)?.size ?? 0
    this.#buckets.delete(oldest)
    this.#closedUntil = Math.max(this.#closedUntil, oldest)
  }
}
