/**
 * The time that budgets count: the processor time of this thread. By the clock, a search that is decided on an idle
 * machine would stay undecided on a busy one, and a check in CI would fail for the load of its neighbors.
 *
 * The clock where the runtime does not report it: in browsers, and on edge workers. A call costs one microsecond.
 */

interface Usage {
  /** Both in microseconds. */
  readonly user: number
  readonly system: number
}

interface Runtime {
  readonly process?: Partial<Record<'threadCpuUsage' | 'cpuUsage', () => Usage>>
}

/** In milliseconds; only differences mean something. */
export const processorTime: () => number = /* @__PURE__ */ chooseTimer()

function chooseTimer(): () => number {
  const { process } = globalThis as Runtime
  for (const name of ['threadCpuUsage', 'cpuUsage'] as const) {
    const read = (): number => {
      const { user, system } = process?.[name]?.() ?? NOTHING
      return (user + system) / 1000
    }
    try {
      // An imitation of Node may throw, or answer with zeros.
      if (read() > 0) return read
    } catch {
      continue
    }
  }
  return () => performance.now()
}

const NOTHING: Usage = { user: 0, system: 0 }
