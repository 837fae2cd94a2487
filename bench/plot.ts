/** The two plots of a record: what a decision costs as the policy grows, and under attack as the path grows. */
import type { Family } from './contestants/contestant.ts'
import { PEERS } from './contestants/index.ts'
import { PLOTTED } from './measure/attacks.ts'
import { type Chart, drawChart, type Line, type LineKind } from './plot/chart.ts'
import { duration, integer } from './report/numbers.ts'
import { type BenchRecord, modeOf, pairingOf, shownName } from './report/record.ts'

const KIND: Readonly<Record<Family, LineKind>> = {
  ours: 'ours',
  yardstick: 'floor',
  exact: 'exact',
  router: 'router',
}

export function costPlot(record: BenchRecord): string {
  const lineOf = (contestant: string, kind: LineKind): Line => {
    const points = record.workloads.flatMap(({ size, endpoints }): [number, number][] => {
      const cost = modeOf(pairingOf(record, contestant, size), 'fresh')?.cost.median
      return cost === undefined ? [] : [[endpoints, cost]]
    })
    return { kind, points, label: labelOf(shownName(contestant), points) }
  }
  const floor = record.workloads.flatMap(({ size, endpoints }): [number, number][] => {
    const cost = modeOf(pairingOf(record, 'ours', size), 'fresh')?.floorCost.median
    return cost === undefined ? [] : [[endpoints, cost]]
  })
  const reading: Line = { kind: 'floor', points: floor, label: labelOf('reading the input', floor) }
  const chart: Chart = {
    title: 'Cost of one decision as the policy grows',
    subtitle:
      'Solid: matchers of whole patterns. Dotted: routers, which answer some requests wrongly. Log scales.',
    x: {
      name: 'endpoints in the policy',
      format: integer,
      ticks: record.workloads.map(({ endpoints }) => endpoints),
    },
    y: { name: 'time', format: (value) => duration(value).replace('.00', '') },
    lines: [
      lineOf('ours', 'ours'),
      lineOf('ours-grant', 'ours also'),
      lineOf('ours-module', 'ours also'),
      reading,
      ...PEERS.map(({ name, family }) => lineOf(name, KIND[family])),
    ].filter(({ points }) => points.length > 0),
  }
  return drawChart(chart)
}

export function attackPlot(record: BenchRecord): string {
  const contestants = [...new Set(record.hostile.map(({ contestant }) => contestant))]
  const limit = record.settings.hostile.limitMs / 1000
  const lines = contestants.map((contestant): Line => {
    const results = record.hostile.filter(
      (result) => result.contestant === contestant && result.attack === PLOTTED,
    )
    const points = results.flatMap((result): [number, number][] =>
      'nanoseconds' in result ? [[result.length, result.nanoseconds]] : [],
    )
    const gaveUp = results.find((result) => 'failure' in result)
    const name = shownName(contestant)
    return {
      kind: contestant === 'ours' ? 'ours' : 'exact',
      points,
      label:
        gaveUp === undefined
          ? labelOf(name, points)
          : `${name}, over ${limit} s at ${gaveUp.length.toLocaleString('en')}`,
    }
  })
  return drawChart({
    title: 'One call under attack: the pattern *a*a*a*a*a*c*b',
    subtitle: 'The path is the letter a, over and over, then b. Both axes logarithmic.',
    x: { name: 'characters in the path', format: integer, ticks: record.settings.hostile.lengths },
    y: { name: 'time', format: (value) => duration(value).replace('.00', '') },
    lines: lines.filter(({ points }) => points.length > 0),
  })
}

function labelOf(name: string, points: readonly (readonly [number, number])[]): string {
  return `${name}  ${duration(points.at(-1)?.[1])}`
}
