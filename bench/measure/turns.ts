/**
 * Contestants timed in turns within one process: a round gives each of them about 20 ms, in an order that
 * changes from round to round, and every ratio is taken within a round. What slows the machine down for a
 * while slows all of them down, and cancels out.
 */
import { spreadOf, type Spread } from './statistics.ts'
import { takeTurn } from './turn.ts'

/** Runs requests `from` to `to` of a stream and says how many were allowed. */
export type Run = (from: number, to: number) => number

export interface Racer {
  readonly name: string
  readonly run: Run
  /** Requests in the stream that `run` reads. */
  readonly length: number
}

export interface TurnSettings {
  readonly rounds: number
  readonly turnMs: number
  readonly warmUpMs: number
}

/** Nanoseconds per request: one number per round for each racer. */
export type Rounds = ReadonlyMap<string, readonly number[]>

export interface Race {
  readonly rounds: Rounds
  /** The share of turns in which the machine was busy with something else. */
  readonly disturbed: number
}

interface Paced extends Racer {
  /** Requests of one turn. */
  pace: number
  position: number
}

export function timeInTurns(racers: readonly Racer[], settings: TurnSettings): Race {
  const paced = racers.map((racer): Paced => ({ ...racer, pace: 1, position: 0 }))
  for (const racer of paced) warmUp(racer, settings)
  const rounds = new Map<string, number[]>(racers.map(({ name }) => [name, []]))
  let disturbed = 0
  // The first round is not counted: in it the racers get used to each other's garbage.
  for (let round = -1; round < settings.rounds; round++) {
    for (let place = 0; place < paced.length; place++) {
      const racer = paced[(place + round + 1) % paced.length] as Paced
      const turn = takeTurn(() => {
        advance(racer, racer.pace)
      })
      if (round < 0) continue
      rounds.get(racer.name)?.push((turn.ms * 1e6) / racer.pace)
      if (turn.disturbed) disturbed += 1
    }
  }
  return { rounds, disturbed: disturbed / (settings.rounds * racers.length) }
}

/**
 * Runs until the engine has had time to optimise and stretches no longer get faster, but not for ever; then
 * sets the pace from the last one.
 */
function warmUp(racer: Paced, { turnMs, warmUpMs }: TurnSettings): void {
  const start = performance.now()
  const passed = (): number => performance.now() - start
  let rate = 0
  let improving = true
  while (passed() < warmUpMs || (improving && passed() < 5 * warmUpMs)) {
    const before = performance.now()
    advance(racer, racer.pace)
    const spent = performance.now() - before
    const reached = racer.pace / Math.max(spent, 0.001)
    improving = reached > rate * 1.05
    rate = reached
    if (spent < turnMs / 4) racer.pace *= 2
  }
  racer.pace = Math.max(1, Math.round(rate * turnMs))
}

/** The next `count` requests, from the start again where the stream ends. */
function advance(racer: Paced, count: number): void {
  let left = count
  while (left > 0) {
    const stop = Math.min(racer.length, racer.position + left)
    racer.run(racer.position, stop)
    left -= stop - racer.position
    racer.position = stop === racer.length ? 0 : stop
  }
}

/** How many times `dividend` costs what `divisor` does, both net of `base`, round by round. */
export function netRatio(rounds: Rounds, dividend: string, divisor: string, base: string): Spread {
  const above = rounds.get(dividend) ?? []
  const below = rounds.get(divisor) ?? []
  const idle = rounds.get(base) ?? []
  return spreadOf(
    above.map((cost, round) => {
      const rest = idle[round] ?? 0
      return (cost - rest) / ((below[round] ?? Number.NaN) - rest)
    }),
  )
}

/** Nanoseconds per request net of `base`. */
export function netCost(rounds: Rounds, name: string, base: string): Spread {
  const idle = rounds.get(base) ?? []
  return spreadOf((rounds.get(name) ?? []).map((cost, round) => cost - (idle[round] ?? 0)))
}
