/** Logarithmic scales: equal distances are equal factors. */
export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** A scale over the values, widened to whole powers of ten when asked for. */
export function logScale(
  values: readonly number[],
  from: number,
  to: number,
  widen: 'to powers of ten' | 'not',
): Scale {
  const logs = values.map((value) => Math.log10(value))
  const low = widen === 'not' ? Math.min(...logs) : Math.floor(Math.min(...logs))
  const high = widen === 'not' ? Math.max(...logs) : Math.ceil(Math.max(...logs))
  const ticks: number[] = []
  for (let power = Math.ceil(low); power <= high; power++) ticks.push(10 ** power)
  return { at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from), ticks }
}

export interface Label {
  readonly text: string
  readonly kind: string
  /** Where it would like to stand. */
  readonly y: number
}

/**
 * Labels moved apart so that none covers another, each as near to its own place as can be: groups that
 * touch are spread evenly around the middle of what they wanted.
 */
export function spread<T extends Label>(labels: readonly T[], gap: number, low: number, high: number): T[] {
  interface Group {
    readonly labels: T[]
    readonly middle: number
  }
  const sorted = [...labels].sort((a, b) => a.y - b.y)
  const extent = (group: Group): number => ((group.labels.length - 1) * gap) / 2
  const groupOf = (members: T[]): Group => {
    const wanted = members.reduce((sum, { y }) => sum + y, 0) / members.length
    const half = ((members.length - 1) * gap) / 2
    return { labels: members, middle: Math.min(high - half, Math.max(low + half, wanted)) }
  }
  const groups: Group[] = []
  for (const label of sorted) {
    let group = groupOf([label])
    for (let last = groups.at(-1); last !== undefined; last = groups.at(-1)) {
      if (group.middle - extent(group) - (last.middle + extent(last)) >= gap) break
      groups.pop()
      group = groupOf([...last.labels, ...group.labels])
    }
    groups.push(group)
  }
  return groups.flatMap((group) =>
    group.labels.map((label, index) => ({ ...label, y: group.middle - extent(group) + index * gap })),
  )
}
