/**
 * Sets of UTF-16 code units as sorted, disjoint, inclusive ranges: `[first, last, first, last, …]`.
 */
export type CharSet = readonly number[]

const LAST = 0xffff

// Frozen, since they are part of policies that programs get to see.
export const ANY: CharSet = Object.freeze([0, LAST])
export const NO_SLASH: CharSet = Object.freeze([0, 0x2e, 0x30, LAST])

export function single(unit: number): CharSet {
  return [unit, unit]
}

/** Sorts and joins ranges that overlap or touch. */
export function union(...sets: readonly CharSet[]): CharSet {
  const ranges: [number, number][] = []
  for (const set of sets) {
    for (let at = 0; at < set.length; at += 2) ranges.push([set[at] ?? 0, set[at + 1] ?? 0])
  }
  ranges.sort((a, b) => a[0] - b[0])
  const joined: number[] = []
  for (const [first, last] of ranges) {
    // Before the first range ends one at -2, which touches none.
    const end = joined.at(-1) ?? -2
    if (first <= end + 1) joined[joined.length - 1] = Math.max(end, last)
    else joined.push(first, last)
  }
  return joined
}

export function complement(set: CharSet): CharSet {
  const rest: number[] = []
  let next = 0
  for (let at = 0; at < set.length; at += 2) {
    const first = set[at] ?? 0
    if (first > next) rest.push(next, first - 1)
    next = (set[at + 1] ?? 0) + 1
  }
  if (next <= LAST) rest.push(next, LAST)
  return rest
}

/** Adds the other case of every ASCII letter in the set. */
export function closeUnderCase(set: CharSet): CharSet {
  const others: CharSet[] = [set]
  for (let at = 0; at < set.length; at += 2) {
    const first = set[at] ?? 0
    const last = set[at + 1] ?? 0
    for (const [low, high, shift] of [
      [0x41, 0x5a, 0x20],
      [0x61, 0x7a, -0x20],
    ] as const) {
      const from = Math.max(first, low)
      const to = Math.min(last, high)
      if (from <= to) others.push([from + shift, to + shift])
    }
  }
  return union(...others)
}

export function has(set: CharSet, unit: number): boolean {
  for (let at = 0; at < set.length; at += 2) {
    if (unit < (set[at] ?? 0)) return false
    if (unit <= (set[at + 1] ?? 0)) return true
  }
  return false
}
