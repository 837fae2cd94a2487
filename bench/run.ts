/** All parts of the benchmark in turn, each measurement in its own child. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ATTACKS } from './measure/attacks.ts'
import { measureBundles } from './measure/bundle.ts'
import type { PairingResult, PairingSettings } from './measure/pairing.ts'
import { measureStart } from './measure/start.ts'
import { loadAverage, machineOf, ownVersion, packageVersions } from './machine.ts'
import { type Options, OWN } from './options.ts'
import type { BenchRecord, Failure } from './report/record.ts'
import { type Results, runTask, type Task } from './task.ts'
import { type Size, SIZES } from './workload/document.ts'
import { PLAIN, type Style, STYLES } from './workload/style.ts'
import { factsOf, saveWorkload, type Workload, workloadFor } from './workload/workload.ts'

/** No pairing takes longer than this, even the slowest peer with the largest policy. */
const LIMIT_MS = 120_000
/** Those who can write the patterns of the attacks; further peers would run the same expressions. */
const ATTACKED: readonly string[] = ['ours', 'naive RegExp loop', 'picomatch', 'path-to-regexp', 'cedar-wasm']
const STYLED_SIZES: readonly string[] = ['4', '200x25']

type Tell = (text: string) => void

interface Run {
  readonly options: Options
  /** For the workloads, which the children read. */
  readonly folder: string
  readonly tell: Tell
  readonly failures: Failure[]
}

export async function runBenchmark(options: Options, tell: Tell): Promise<BenchRecord> {
  const loadBefore = loadAverage()
  const { parts, settings } = options
  const run: Run = { options, folder: mkdtempSync(join(tmpdir(), 'bench-')), tell, failures: [] }
  try {
    const sized = await measureSizes(run)
    const hostile = parts.has('hostile') ? await attackAll(run) : []
    tell('start and size of the entries')
    return {
      format: 1,
      date: new Date().toISOString().slice(0, 10),
      quick: options.quick,
      ...ownVersion(options.built),
      packages: packageVersions(),
      settings,
      ...sized,
      hostile,
      start: parts.has('start') ? await measureStart(settings.startRuns) : [],
      bundles: parts.has('bundle') ? await measureBundles() : [],
      failures: run.failures,
      machine: machineOf(loadBefore),
    }
  } finally {
    rmSync(run.folder, { recursive: true })
  }
}

type Sized = {
  -readonly [
    Part in 'workloads' | 'pairings' | 'styles' | 'load' | 'compiled' | 'footprints'
  ]: BenchRecord[Part][number][]
}

/** Everything that is measured per size of policy. */
async function measureSizes(run: Run): Promise<Sized> {
  const { parts, contestants, sizes, settings } = run.options
  const results: Sized = { workloads: [], pairings: [], styles: [], load: [], compiled: [], footprints: [] }
  // Code is warmed up with a policy that uses all of it before memory is measured.
  const warmUp = write(run, SIZES[2] as Size, PLAIN).file
  for (const size of sizes) {
    run.tell(`${size.name}: making the workload`)
    const { file, workload } = write(run, size, PLAIN)
    results.workloads.push(factsOf(workload))
    for (const contestant of parts.has('speed') ? contestants : []) {
      results.pairings.push(...(await pair(run, size, contestant, file)))
    }
    for (const style of parts.has('styles') && STYLED_SIZES.includes(size.name) ? STYLES : []) {
      const styled = write(run, size, style).file
      results.styles.push(...(await pair(run, size, 'ours', styled, { onlyMode: 'fresh' })))
    }
    if (parts.has('load')) {
      const task = { kind: 'load', workload: file, settings: settings.load } as const
      results.load.push(...(await ask<'load'>(run, size, 'loading', task)))
    }
    if (parts.has('compiled')) {
      const task = { kind: 'compiled', workload: file } as const
      results.compiled.push(...(await ask<'compiled'>(run, size, 'compiling', task)))
    }
    if (parts.has('memory')) {
      const task = { kind: 'footprint', workload: file, warmUp } as const
      results.footprints.push(...(await ask<'footprint'>(run, size, 'memory', task)))
    }
  }
  return results
}

function write(
  { options, folder }: Run,
  size: Size,
  style: Style,
): { readonly file: string; readonly workload: Workload } {
  const file = join(folder, `${size.name}-${style.name}.json`)
  const workload = workloadFor(size, options.settings.traffic, style)
  saveWorkload(workload, file)
  return { file, workload }
}

function pair(
  run: Run,
  size: Size,
  contestant: string,
  workload: string,
  changed: Partial<PairingSettings> = {},
): Promise<PairingResult[]> {
  const { pairing, ownRounds } = run.options.settings
  const rounds = OWN.includes(contestant) ? ownRounds : pairing.rounds
  const settings = { ...pairing, rounds, ...changed }
  return ask<'pairing'>(run, size, contestant, { kind: 'pairing', contestant, workload, settings })
}

/** The result of a child as a list of one, or of none where it failed. */
async function ask<Kind extends 'pairing' | 'load' | 'compiled' | 'footprint'>(
  { options, tell, failures }: Run,
  size: Size,
  what: string,
  task: Extract<Task, { readonly kind: Kind }>,
): Promise<Results[Kind][]> {
  tell(`${size.name}: ${what}`)
  const { results, failure } = await runTask<Kind>(options.built, task, LIMIT_MS)
  if (failure !== undefined) failures.push({ contestant: what, size: size.name, failure })
  return [...results]
}

/** From short paths to long ones; who does not come back once is not asked with longer paths. */
async function attackAll({ options, tell }: Run): Promise<BenchRecord['hostile']> {
  const { lengths, limitMs, turnMs } = options.settings.hostile
  const answers: BenchRecord['hostile'][number][] = []
  for (const contestant of ATTACKED.filter((name) => options.contestants.includes(name))) {
    for (const { name: attack } of ATTACKS) {
      tell(`attack ${attack}: ${contestant}`)
      const task = { kind: 'hostile', contestant, attack, lengths, turnMs } as const
      const { results, failure } = await runTask<'hostile'>(options.built, task, limitMs)
      answers.push(...results)
      const length = lengths[results.length]
      if (failure !== undefined && length !== undefined) {
        answers.push({ contestant, attack, length, failure })
      }
    }
  }
  return answers
}
