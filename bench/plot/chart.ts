/**
 * One chart as plain SVG: lines over two logarithmic axes, each line named at its end instead of in a
 * legend. Colours follow the reader's light or dark scheme; the background is drawn, so that the chart can
 * be read on any page.
 */
import { type Label, logScale, spread } from './scale.ts'

/** `ours` is drawn last and thickest; `floor` is dashed; the others recede. */
export type LineKind = 'ours' | 'ours also' | 'floor' | 'exact' | 'router'

export interface Line {
  readonly label: string
  readonly kind: LineKind
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Axis {
  readonly name: string
  readonly format: (value: number) => string
  /** Marked places; by default powers of ten. */
  readonly ticks?: readonly number[]
}

export interface Chart {
  readonly title: string
  readonly subtitle: string
  readonly x: Axis
  readonly y: Axis
  readonly lines: readonly Line[]
}

const WIDTH = 860
const HEIGHT = 560
const FRAME = { left: 74, right: WIDTH - 236, top: 84, bottom: HEIGHT - 58 }
const LABEL_GAP = 17
const ORDER: readonly LineKind[] = ['router', 'exact', 'floor', 'ours also', 'ours']

const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #24292f }
  .background { fill: #ffffff }
  .name { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
  .title { font-size: 17px; font-weight: 600 }
  .quiet { fill: #57606a }
  .grid { stroke: #d8dee4; stroke-width: 1 }
  .leader { stroke: #afb8c1; stroke-width: 1; fill: none }
  .line { fill: none; stroke-width: 1.75; stroke-linejoin: round }
  .line.ours { stroke: #0550ae; stroke-width: 3.5 }
  .line.also { stroke-width: 2 }
  .line.floor { stroke: #57606a; stroke-dasharray: 5 4 }
  .line.exact { stroke: #bc4c00 }
  .line.router { stroke: #2da44e; stroke-dasharray: 2 3 }
  .dot.ours { fill: #0550ae }
  .dot.floor { fill: #57606a }
  .dot.exact { fill: #bc4c00 }
  .dot.router { fill: #2da44e }
  text.ours { fill: #0550ae; font-weight: 600 }
  text.also { font-weight: 400 }
  text.exact { fill: #953800 }
  text.router { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .background { fill: #0d1117 }
    .name { stroke: #0d1117 }
    .quiet, text.floor { fill: #9198a1 }
    .grid { stroke: #262c36 }
    .leader { stroke: #3d444d }
    .line.ours { stroke: #58a6ff }
    .line.floor { stroke: #9198a1 }
    .line.exact { stroke: #f0883e }
    .line.router { stroke: #3fb950 }
    .dot.ours { fill: #58a6ff }
    .dot.floor { fill: #9198a1 }
    .dot.exact { fill: #f0883e }
    .dot.router { fill: #3fb950 }
    text.ours { fill: #79c0ff }
    text.exact { fill: #f0883e }
    text.router { fill: #56d364 }
  }`

export function drawChart({ title, subtitle, x, y, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points)
  const across = logScale(
    points.map(([value]) => value),
    FRAME.left,
    FRAME.right,
    'not',
  )
  const up = logScale(
    points.map(([, value]) => value),
    FRAME.bottom,
    FRAME.top,
    'to powers of ten',
  )
  const drawn = [...lines].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  const place = ([px, py]: readonly [number, number]): string =>
    `${across.at(px).toFixed(1)},${up.at(py).toFixed(1)}`
  const labels = placeLabels(drawn, across.at, up.at)

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="background" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    text(24, 34, title, 'title'),
    text(24, 56, subtitle, 'quiet'),
    ...up.ticks.map((tick) => horizontal(up.at(tick), y.format(tick))),
    ...(x.ticks ?? across.ticks).map((tick) => vertical(across.at(tick), x.format(tick))),
    text((FRAME.left + FRAME.right) / 2, HEIGHT - 14, x.name, 'quiet', 'middle'),
    ...drawn.map(
      (line) => `<polyline class="line ${line.kind}" points="${line.points.map(place).join(' ')}"/>`,
    ),
    ...drawn.flatMap((line) => line.points.map((point) => dot(place(point), line.kind))),
    ...labels.map((label) => named(label)),
    '</svg>',
    '',
  ].join('\n')
}

function horizontal(at: number, name: string): string {
  const line = `<line class="grid" x1="${FRAME.left}" x2="${FRAME.right}" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}"/>`
  return `${line}\n${text(FRAME.left - 10, at + 4, name, 'quiet', 'end')}`
}

function vertical(at: number, name: string): string {
  const line = `<line class="grid" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${FRAME.top}" y2="${FRAME.bottom}"/>`
  return `${line}\n${text(at, FRAME.bottom + 20, name, 'quiet', 'middle')}`
}

function dot(place: string, kind: LineKind): string {
  const [cx, cy] = place.split(',')
  return `<circle class="dot ${kind}" cx="${cx ?? ''}" cy="${cy ?? ''}" r="${kind === 'ours' ? 4 : 2.5}"/>`
}

interface PlacedLabel extends Label {
  /** The end of the line that it names. */
  readonly endX: number
  readonly endY: number
}

/** Beside the ends of the lines; those of lines that end at the same place across are moved apart. */
function placeLabels(
  lines: readonly Line[],
  across: (value: number) => number,
  up: (value: number) => number,
): PlacedLabel[] {
  const groups = new Map<number, PlacedLabel[]>()
  for (const { label, kind, points } of lines) {
    const last = points.at(-1)
    if (last === undefined) continue
    const [endX, endY] = [across(last[0]), up(last[1])]
    groups.set(endX, [...(groups.get(endX) ?? []), { text: label, kind, y: endY, endX, endY }])
  }
  return [...groups.values()].flatMap((group) => spread(group, LABEL_GAP, FRAME.top, FRAME.bottom))
}

/** A label with a leader from the end of its line. */
function named({ text: content, kind, y, endX, endY }: PlacedLabel): string {
  const x = endX + 22
  const from = `${(endX + 6).toFixed(1)},${endY.toFixed(1)}`
  const leader = `<path class="leader" d="M${from} L${(x - 4).toFixed(1)},${y.toFixed(1)}"/>`
  return `${leader}\n${text(x, y + 4, content, `name ${kind}`)}`
}

function text(x: number, y: number, content: string, kind: string, anchor = 'start'): string {
  return `<text class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
