/** The arithmetic of the benchmark: turns, ratios net of the loop, quartiles, labels that do not overlap. */
import { expect, test } from 'vitest'
import { median, quantile } from '../../bench/measure/statistics.ts'
import { netCost, netRatio, timeInTurns } from '../../bench/measure/turns.ts'
import { spread } from '../../bench/plot/scale.ts'
import { bytes, duration, percent, ratio } from '../../bench/report/numbers.ts'

test('ratios are taken round by round, net of the loop', () => {
  const rounds = new Map([
    ['loop', [10, 20, 10]],
    ['floor', [20, 40, 20]],
    ['slow', [40, 80, 100]],
  ])
  expect(netRatio(rounds, 'slow', 'floor', 'loop')).toEqual({ median: 3, low: 3, high: 6 })
  expect(netCost(rounds, 'floor', 'loop').median).toBe(10)
})

test('every racer has one turn in each round, and reads its stream from start to end and again', () => {
  const seen: [number, number][] = []
  const racer = {
    name: 'one',
    length: 10,
    run: (from: number, to: number): number => seen.push([from, to]),
  }
  const { rounds, disturbed } = timeInTurns([racer, { ...racer, name: 'two', run: () => 0 }], {
    rounds: 3,
    turnMs: 0.01,
    warmUpMs: 0.1,
  })
  expect([...rounds.values()].map((costs) => costs.length)).toEqual([3, 3])
  expect(disturbed).toBeGreaterThanOrEqual(0)
  expect(disturbed).toBeLessThanOrEqual(1)
  for (const [index, [from, to]] of seen.entries()) {
    expect(from).toBe(index === 0 || seen[index - 1]?.[1] === 10 ? 0 : seen[index - 1]?.[1])
    expect(to).toBeLessThanOrEqual(10)
  }
})

test('quantiles lie between the values around them', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([1, 2, 3, 4])).toBe(2.5)
  expect(quantile([0, 10], 0.25)).toBe(2.5)
})

test('labels keep their order and their distance, and stay inside', () => {
  const labels = [50, 51, 52, 200, 299, 300].map((y) => ({ text: String(y), kind: '', y }))
  const placed = spread(labels, 10, 0, 300)
  expect(placed.map(({ text }) => text)).toEqual(labels.map(({ text }) => text))
  for (const [index, { y }] of placed.entries()) {
    expect(y - (placed[index - 1]?.y ?? -10)).toBeGreaterThanOrEqual(10 - 1e-9)
    expect(y).toBeLessThanOrEqual(300)
  }
  expect(placed[3]?.y).toBe(200)
})

test.each([
  [duration(83.4), '83 ns'],
  [duration(1234), '1.23 µs'],
  [duration(2.5e8), '250 ms'],
  [ratio(0.954), '0.95'],
  [ratio(23.15), '23.1'],
  [ratio(51_234), '51,000'],
  [bytes(2_720_000), '2.7 MB'],
  [percent(5, 20_000), '0.03 %'],
])('%s reads %s', (shown, expected) => {
  expect(shown).toBe(expected)
})
