/** Requests of scopes over time as inline SVG: a row of bars for each scope, one axis for all. */
import { formatNumber } from '../../diagnostic/words.ts'
import type { UsageTimeline } from '../../usage/types.ts'

const LABEL = 220
const WIDTH = 680
const RIGHT = 90
const ROW = 34
const BAR = 26
const MAX_LABEL = 30

/** `text` makes text safe in markup. */
export function plotTimeline(
  { start, seconds, requests, scopes }: UsageTimeline,
  maxScopes: number,
  text: (value: string) => string,
): string {
  const rows = [{ scope: 'all requests', requests }, ...scopes.slice(0, maxScopes)]
  const width = WIDTH / requests.length
  const begin = Date.parse(start)
  const height = rows.length * ROW + 24
  const drawn = rows.map((row, index) => {
    const base = (index + 1) * ROW - 4
    const highest = Math.max(1, ...row.requests)
    const label = row.scope.length > MAX_LABEL ? `${row.scope.slice(0, MAX_LABEL - 1)}…` : row.scope
    const bars = row.requests.map((number, at) => {
      if (number === 0) return ''
      const size = Math.max(1, (BAR * number) / highest)
      const time = dateText(begin + at * seconds * 1000, seconds)
      return `<rect class="bar" x="${fixed(LABEL + at * width)}" y="${fixed(base - size)}" width="${fixed(Math.max(0.8, width - (width > 4 ? 1 : 0)))}" height="${fixed(size)}"><title>${text(row.scope)}, ${time}: ${formatNumber(number)}</title></rect>`
    })
    return `<text class="label" x="0" y="${base - 6}">${text(label)}<title>${text(row.scope)}</title></text>${bars.join('')}<line class="axis" x1="${LABEL}" x2="${LABEL + WIDTH}" y1="${base}" y2="${base}"/><text x="${LABEL + WIDTH + 8}" y="${base - 6}">${formatNumber(highest)}</text>`
  })
  const end = begin + requests.length * seconds * 1000
  const axis = [0, 0.5, 1].map((part) => {
    const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle'
    return `<text x="${LABEL + part * WIDTH}" y="${height - 6}" text-anchor="${anchor}">${dateText(begin + part * (end - begin), seconds)}</text>`
  })
  return `<svg role="img" aria-label="Requests of each scope over time" width="${LABEL + WIDTH + RIGHT}" height="${height}" viewBox="0 0 ${LABEL + WIDTH + RIGHT} ${height}">${drawn.join('\n')}${axis.join('')}</svg>`
}

function fixed(number: number): string {
  return String(Math.round(number * 100) / 100)
}

function dateText(time: number, seconds: number): string {
  const iso = new Date(time).toISOString()
  return seconds >= 86_400 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}
