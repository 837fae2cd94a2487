/**
 * One turn on the clock. Time is wall-clock time, because that is what a caller waits for; but a turn in
 * which the thread was off the processor for a while (other programs wanted it) says nothing about the
 * contestant, and is taken again. Where Node cannot tell (before 23.9) every turn counts.
 */
export interface Turn {
  readonly ms: number
  /** Whether the thread was kept waiting in every attempt. */
  readonly disturbed: boolean
}

const TOLERATED = 0.05
const ATTEMPTS = 4

export function takeTurn(work: () => void): Turn {
  let shortest = Infinity
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const busyBefore = processorMs()
    const before = performance.now()
    work()
    const ms = performance.now() - before
    const waited = busyBefore === undefined ? 0 : ms - ((processorMs() ?? 0) - busyBefore)
    if (waited <= ms * TOLERATED) return { ms, disturbed: false }
    shortest = Math.min(shortest, ms)
  }
  return { ms: shortest, disturbed: true }
}

/** How long this thread has been on a processor. */
function processorMs(): number | undefined {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } }
  if (threadCpuUsage === undefined) return undefined
  const { user, system } = threadCpuUsage.call(process)
  return (user + system) / 1000
}
