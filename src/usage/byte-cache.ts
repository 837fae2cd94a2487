/**
 * What was made of a field before, by the bytes of the field: logs repeat themselves, and a comparison of
 * bytes costs a fraction of a new string and what is read from it.
 *
 * Direct-mapped: a field has one slot, which the next one of that slot takes over. So memory is fixed, and
 * a log that is made to collide costs what it would cost without a cache. Bytes are read four at a time.
 */
import type { Line } from './line.ts'

const SLOTS = 2_048
/** In bytes. */
const MAX_LENGTH = 128
const WORDS = MAX_LENGTH / 4
/** FNV-1a, of words. */
const OFFSET_BASIS = 0x811c9dc5
const PRIME = 16_777_619

export class ByteCache<Value> {
  readonly #make: (text: string) => Value
  readonly #keys = new Int32Array(SLOTS * WORDS)
  /** Of the keys in bytes; 0 in a slot that is free. */
  readonly #lengths = new Uint8Array(SLOTS)
  readonly #values: (Value | undefined)[] = new Array<undefined>(SLOTS).fill(undefined)
  /** Of the last field: lines of one second, and of one client, follow each other. */
  #slot = 0

  /** `make` gives the same for the same text. */
  constructor(make: (text: string) => Value) {
    this.#make = make
  }

  /** What is made of a range of the line. */
  get(line: Line, start: number, end: number): Value {
    const length = end - start
    if (length > MAX_LENGTH || length <= 0) return this.#make(line.text(start, end))
    if (!this.#isAt(this.#slot, line, start, end)) {
      const slot = slotOf(line, start, end)
      this.#slot = slot
      if (!this.#isAt(slot, line, start, end)) {
        const value = this.#make(line.text(start, end))
        this.#put(slot, line, start, end, value)
        return value
      }
    }
    return this.#values[this.#slot] as Value
  }

  #isAt(slot: number, { view }: Line, start: number, end: number): boolean {
    if (this.#lengths[slot] !== end - start) return false
    const keys = this.#keys
    let key = slot * WORDS
    let at = start
    for (; at + 4 <= end; at += 4) if (keys[key++] !== view.getInt32(at, true)) return false
    return at === end || keys[key] === lastWord(view, at, end)
  }

  #put(slot: number, { view }: Line, start: number, end: number, value: Value): void {
    let key = slot * WORDS
    let at = start
    for (; at + 4 <= end; at += 4) this.#keys[key++] = view.getInt32(at, true)
    if (at < end) this.#keys[key] = lastWord(view, at, end)
    this.#lengths[slot] = end - start
    this.#values[slot] = value
  }
}

function slotOf({ view }: Line, start: number, end: number): number {
  let hash = OFFSET_BASIS
  let at = start
  for (; at + 4 <= end; at += 4) hash = mixed(hash, view.getInt32(at, true))
  if (at < end) hash = mixed(hash, lastWord(view, at, end))
  return (hash ^ (hash >>> 16)) & (SLOTS - 1)
}

/** The product moves differences up only; the shift brings them down again. */
function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, PRIME)
  return product ^ (product >>> 15)
}

/** Of at most three bytes. */
function lastWord(view: DataView, at: number, end: number): number {
  let word = 0
  for (; at < end; at++) word = (word << 8) | view.getUint8(at)
  return word
}
