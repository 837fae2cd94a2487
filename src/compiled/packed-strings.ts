/**
 * Strings by the hundred thousand as one string and arrays of numbers: what another thread can hand over at once, and
 * what is opened without a look at any of them.
 */
import type { LazyList, RowsByName } from '../matcher/tables.ts'

/** Strings one after another, and where each begins; a last number has the end. */
export interface PackedStrings {
  readonly text: string
  readonly starts: Int32Array
}

/** The rows of strings, by a hash table with open addressing. */
export interface PackedRows {
  readonly names: PackedStrings
  /** The row of each string. */
  readonly rows: Int32Array
  /** Numbers of strings, each plus 1; 0 is a free slot. At least half of the slots are free. */
  readonly slots: Int32Array
}

export function packStrings(strings: readonly string[]): PackedStrings {
  const starts = new Int32Array(strings.length + 1)
  for (const [index, { length }] of strings.entries()) starts[index + 1] = (starts[index] as number) + length
  return { text: strings.join(''), starts }
}

export function openStrings({ text, starts }: PackedStrings): LazyList<string> {
  const length = starts.length - 1
  return {
    length,
    at: (index) => (index >= 0 && index < length ? text.slice(starts[index], starts[index + 1]) : undefined),
  }
}

/** The names must be distinct. */
export function packRows(entries: readonly (readonly [name: string, row: number])[]): PackedRows {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(entries.length * 2 + 1)))
  for (const [index, [name]] of entries.entries()) {
    let slot = hash(name) & (slots.length - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = index + 1
  }
  return {
    names: packStrings(entries.map(([name]) => name)),
    rows: Int32Array.from(entries, ([, row]) => row),
    slots,
  }
}

export function openRows({ names: { text, starts }, rows, slots }: PackedRows): RowsByName {
  // Names come from tokens, and may be anything.
  const get = (name: unknown): number | undefined => {
    if (typeof name !== 'string') return undefined
    let slot = hash(name) & (slots.length - 1)
    for (;;) {
      const index = (slots[slot] as number) - 1
      if (index < 0) return undefined
      const start = starts[index] as number
      if ((starts[index + 1] as number) - start === name.length && text.startsWith(name, start))
        return rows[index]
      slot = (slot + 1) & (slots.length - 1)
    }
  }
  return { get, has: (name) => get(name) !== undefined }
}

/** FNV-1a over UTF-16 code units, with its upper half mixed into the bits that choose a slot. */
function hash(name: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < name.length; at++) sum = Math.imul(sum ^ name.charCodeAt(at), 0x01000193)
  return sum ^ (sum >>> 15)
}
