/**
 * Whether one path may match both of two patterns, each given as the literals with a star between each two: their
 * literal beginnings and ends fit together.
 */
export function mayMeet(one: readonly string[], other: readonly string[]): boolean {
  const [isWhole, isOtherWhole] = [one.length === 1, other.length === 1]
  return (
    fits(one[0] ?? '', isWhole, other[0] ?? '', isOtherWhole) &&
    fits(reversed(one.at(-1)), isWhole, reversed(other.at(-1)), isOtherWhole)
  )
}

/** Whether a string may begin with both; all of it where there is no star. */
function fits(a: string, isWholeA: boolean, b: string, isWholeB: boolean): boolean {
  if (isWholeA && isWholeB) return a === b
  if (isWholeA) return a.startsWith(b)
  if (isWholeB) return b.startsWith(a)
  return a.startsWith(b) || b.startsWith(a)
}

function reversed(text = ''): string {
  return Array.from(text).reverse().join('')
}
