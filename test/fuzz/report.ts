/** What a run has seen, as text. */
import { FEATURES, untested } from './counts.ts'
import type { Counts } from './counts.ts'
import type { Totals } from './pool.ts'

const WIDTH = 46

export function printCounts(counts: Counts): string {
  const lines = Object.values(FEATURES)
    .flat()
    .map((feature) => {
      const { allowed, denied } = counts[feature] ?? { allowed: 0, denied: 0 }
      const met = FEATURES.met.includes(feature)
      const columns = met ? ['', String(allowed + denied)] : [String(allowed), String(denied)]
      const share = met ? '' : `${((100 * allowed) / Math.max(1, allowed + denied)).toFixed(1)} %`
      return `${feature.padEnd(WIDTH)}${columns.map((text) => text.padStart(12)).join('')}${share.padStart(9)}`
    })
  const head = `${'feature'.padEnd(WIDTH)}${['allowed', 'denied'].map((text) => text.padStart(12)).join('')}${'allowed'.padStart(9)}`
  return [head, ...lines].join('\n')
}

export function printTotals(totals: Totals, seconds: number, cpuSeconds: number): string {
  const { policies, requests, decisions, allowed, disagreements, counts } = totals
  const share = ((100 * allowed) / Math.max(1, requests)).toFixed(1)
  return [
    printCounts(counts),
    '',
    `${policies} policies, ${requests} requests (${share} % allowed), ${decisions} decisions compared`,
    `${seconds.toFixed(1)} s, ${Math.round(decisions / seconds)} decisions a second; ${cpuSeconds.toFixed(1)} s of processor time, ${Math.round(decisions / cpuSeconds)} a second of it`,
    ...untested(counts).map((text) => `untested: ${text}`),
    `${disagreements.length} disagreements`,
  ].join('\n')
}
