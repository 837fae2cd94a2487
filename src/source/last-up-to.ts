/** The index of the last of the ascending `offsets` that is not after `at`, or -1. A binary search. */
export function lastUpTo(offsets: readonly number[], at: number): number {
  let low = -1
  let high = offsets.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((offsets[middle] ?? 0) <= at) low = middle
    else high = middle
  }
  return low
}
