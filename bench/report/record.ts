/** What one run of the benchmark leaves behind: everything the tables and plots are made of. */
import type { BundleResult } from '../measure/bundle.ts'
import type { CompiledResult } from '../measure/compiled.ts'
import type { Footprint } from '../measure/footprint.ts'
import type { HostileResult } from '../measure/hostile.ts'
import type { LoadResult } from '../measure/load.ts'
import type { ModeResult, PairingResult } from '../measure/pairing.ts'
import type { StartResult } from '../measure/start.ts'
import type { Settings } from '../settings.ts'
import type { WorkloadFacts } from '../workload/workload.ts'

export interface Machine {
  readonly name: string
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly platform: string
  readonly node: string
  readonly v8: string
  /** Load averages over one minute; over the number of cores the machine was busy with other things. */
  readonly loadBefore: number
  readonly loadAfter: number
}

/** A contestant that gave no result in time, or ended in an error. */
export interface Failure {
  readonly contestant: string
  readonly size: string
  readonly failure: string
}

export interface HostileFailure {
  readonly contestant: string
  readonly attack: string
  readonly length: number
  readonly failure: string
}

export interface BenchRecord {
  readonly format: 1
  readonly date: string
  readonly quick: boolean
  readonly machine: Machine
  /** The version of this package, and the first digits of the SHA-256 of its built main file. */
  readonly version: string
  readonly built: string
  readonly packages: Readonly<Record<string, string>>
  readonly settings: Settings
  readonly workloads: readonly WorkloadFacts[]
  readonly pairings: readonly PairingResult[]
  readonly failures: readonly Failure[]
  /** Pairings of ours alone, under other options and targets. */
  readonly styles: readonly PairingResult[]
  readonly hostile: readonly (HostileResult | HostileFailure)[]
  readonly load: readonly LoadResult[]
  readonly compiled: readonly CompiledResult[]
  readonly footprints: readonly Footprint[]
  readonly start: readonly StartResult[]
  readonly bundles: readonly BundleResult[]
}

export function pairingOf(record: BenchRecord, contestant: string, size: string): PairingResult | undefined {
  return record.pairings.find((pairing) => pairing.contestant === contestant && pairing.size === size)
}

export function modeOf(pairing: PairingResult | undefined, mode: ModeResult['mode']): ModeResult | undefined {
  return pairing?.modes.find((result) => result.mode === mode)
}

export function sizesOf(record: BenchRecord): string[] {
  return record.workloads.map(({ size }) => size)
}

/** The name of a contestant as people read it: the package under its own name. */
export function shownName(contestant: string): string {
  return contestant.replace(/^ours$/, 'scope-policy').replace(/^ours-/, 'scope-policy, ')
}
