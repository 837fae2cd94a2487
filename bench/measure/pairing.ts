/**
 * One pairing: a contestant, ours and the yardsticks in their own process. In this order: memory that
 * the contestant takes, its answers, the times of all in turns, memory that the traffic has added. (The
 * others add nothing to that: they keep nothing, and ours is held to it in `footprint.ts`.)
 */
import type { Authorizer, Contestant, PolicyInput } from '../contestants/contestant.ts'
import { charsum, floor, noop } from '../contestants/yardsticks.ts'
import type { Workload } from '../workload/workload.ts'
import { type Answers, checkAnswers } from './check.ts'
import type * as Loops from './loop.ts'
import { heldBytes } from './memory.ts'
import { FRESH, type Mode, modesOf } from './modes.ts'
import { spreadOf, type Spread } from './statistics.ts'
import { broadStream, hotStream, listClaims, splitClaims, type Stream, type TokenArrays } from './stream.ts'
import { netCost, netRatio, type Racer, type Rounds, timeInTurns, type TurnSettings } from './turns.ts'

export interface PairingSettings extends TurnSettings {
  readonly checkMs: number
  /** Other modes than this one are left out. */
  readonly onlyMode?: Mode['name']
}

export interface ModeResult {
  readonly mode: Mode['name']
  /** Nanoseconds per request, net of the loop. */
  readonly cost: Spread
  readonly xFloor: Spread
  readonly xCharsum: Spread
  /** How many times the cost of `ours` in the same rounds. */
  readonly xOurs: Spread
  /** Nanoseconds of the yardsticks in these rounds, net of the loop. */
  readonly floorCost: Spread
  readonly charsumCost: Spread
  /** The share of turns in which the machine was busy with something else. */
  readonly disturbed: number
  /** With new arrays of scopes: how many times the cost with reused ones, in the same rounds. */
  readonly xReusedTokens?: Spread
}

export interface PairingResult {
  readonly contestant: string
  readonly size: string
  readonly style: string
  readonly note?: string
  readonly answers: Answers
  readonly createMs: number
  readonly bytesAfterCreate: number
  readonly bytesGrownByTraffic: number
  readonly modes: readonly ModeResult[]
}

interface Requests {
  readonly broad: Stream
  readonly hot: Stream
  readonly list: TokenArrays
  readonly split: TokenArrays
}

interface Entrant extends Authorizer {
  readonly contestant: Contestant
  readonly loops: typeof Loops
}

export async function measurePairing(
  contestant: Contestant,
  ours: Contestant,
  policy: PolicyInput,
  workload: Workload,
  settings: PairingSettings,
): Promise<PairingResult> {
  const { traffic } = workload
  const requests: Requests = {
    broad: broadStream(traffic),
    hot: hotStream(traffic, workload.hot),
    list: listClaims(traffic),
    split: splitClaims(traffic),
  }

  const before = await heldBytes('all')
  const started = performance.now()
  const entrant = await enter(contestant, policy)
  const createMs = performance.now() - started
  const loaded = await heldBytes('all')

  const entrants = [entrant]
  for (const other of [ours, noop, charsum, floor]) {
    if (other.name !== contestant.name) entrants.push(await enter(other, policy))
  }
  const beforeTraffic = await heldBytes('all')
  const answers = checkAnswers(entrant, requests.broad, requests.list, settings.checkMs)
  const wanted = modesOf(contestant).filter(({ name }) => name === (settings.onlyMode ?? name))
  const modes = wanted.map((mode) => {
    return timeMode(mode, entrants, contestant.name, ours.name, requests, settings)
  })
  return {
    contestant: contestant.name,
    size: workload.size,
    style: workload.style,
    ...(entrant.note === undefined ? {} : { note: entrant.note }),
    answers,
    createMs,
    bytesAfterCreate: loaded - before,
    bytesGrownByTraffic: (await heldBytes('all')) - beforeTraffic,
    modes,
  }
}

async function enter(contestant: Contestant, policy: PolicyInput): Promise<Entrant> {
  const copy = `./loop.ts?${encodeURIComponent(contestant.name)}`
  const loops = (await import(copy)) as typeof Loops
  return { ...(await contestant.create(policy)), contestant, loops }
}

function timeMode(
  mode: Mode,
  entrants: readonly Entrant[],
  name: string,
  ours: string,
  requests: Requests,
  settings: PairingSettings,
): ModeResult {
  const racers = entrants.map((entrant) => racerOf(entrant, mode, requests))
  const compared = mode.loop === 'newTokens'
  if (compared) {
    for (const entrant of entrants) {
      if (entrant.contestant.name !== name && entrant.contestant !== noop) continue
      const racer = racerOf(entrant, FRESH, requests)
      racers.push({ ...racer, name: `${racer.name}, reused` })
    }
  }
  const { rounds, disturbed } = timeInTurns(racers, settings)
  return {
    mode: mode.name,
    cost: netCost(rounds, name, noop.name),
    xFloor: netRatio(rounds, name, floor.name, noop.name),
    xCharsum: netRatio(rounds, name, charsum.name, noop.name),
    xOurs: netRatio(rounds, name, ours, noop.name),
    floorCost: netCost(rounds, floor.name, noop.name),
    charsumCost: netCost(rounds, charsum.name, noop.name),
    disturbed,
    ...(compared ? { xReusedTokens: ratioToReused(rounds, name) } : {}),
  }
}

/** Each cost net of the loop it ran in: making the array belongs to the loop. */
function ratioToReused(rounds: Rounds, name: string): Spread {
  const costs = (racer: string): readonly number[] => rounds.get(racer) ?? []
  const [fresh, idle] = [costs(`${name}, reused`), costs(`${noop.name}, reused`)]
  return spreadOf(
    costs(name).map((cost, round) => {
      const made = cost - (costs(noop.name)[round] ?? Number.NaN)
      return made / ((fresh[round] ?? Number.NaN) - (idle[round] ?? 0))
    }),
  )
}

function racerOf(
  { contestant, loops, authorize, subjectOf }: Entrant,
  mode: Mode,
  requests: Requests,
): Racer {
  const stream = requests[mode.stream]
  const subjects = requests[mode.tokens].map((scopes) => subjectOf(scopes)) as never[]
  const loop = loops[mode.loop]
  return {
    name: contestant.name,
    length: stream.length,
    run: (from, to) => loop(authorize, stream, subjects, from, to),
  }
}
