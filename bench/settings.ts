/** How much is measured: the full run of the records, and a short one to work with. */
import type { PairingSettings } from './measure/pairing.ts'
import type { TrafficSize } from './workload/traffic.ts'

export interface Settings {
  readonly traffic: TrafficSize
  readonly pairing: PairingSettings
  /** More rounds for this package, whose figures are held against goals. */
  readonly ownRounds: number
  readonly hostile: { readonly lengths: readonly number[]; readonly limitMs: number; readonly turnMs: number }
  readonly load: { readonly minimumRounds: number; readonly minimumMs: number }
  readonly startRuns: number
}

export const FULL: Settings = {
  traffic: { requests: 20_000, distinctPaths: 10_000 },
  pairing: { rounds: 7, turnMs: 20, warmUpMs: 120, checkMs: 2000 },
  ownRounds: 31,
  hostile: { lengths: [25, 50, 100, 2000, 20_000], limitMs: 2000, turnMs: 60 },
  load: { minimumRounds: 7, minimumMs: 2000 },
  startRuns: 11,
}

export const QUICK: Settings = {
  traffic: { requests: 20_000, distinctPaths: 10_000 },
  pairing: { rounds: 5, turnMs: 10, warmUpMs: 60, checkMs: 500 },
  ownRounds: 7,
  hostile: { lengths: [25, 50, 100, 2000, 20_000], limitMs: 1000, turnMs: 20 },
  load: { minimumRounds: 3, minimumMs: 300 },
  startRuns: 5,
}
