/** A picture as PNG with a palette: of text on plain colours a third of the size. */
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** Steps of each channel that are distinguished; what lies between is smoothing of edges. */
const STEP = 17

export async function smallPng(page: Page): Promise<Buffer> {
  const picture = (await page.screenshot({ fullPage: true })).toString('base64')
  const { width, height, pixels } = await page.evaluate<{ width: number; height: number; pixels: number[] }>(`
    (async () => {
      const bytes = Uint8Array.from(atob('${picture}'), (char) => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes]))
      const { width, height } = bitmap
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, width, height)
      const pixels = []
      for (let at = 0; at < data.length; at += 4) pixels.push((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
      return { width, height, pixels }
    })()`)
  const palette = commonColors(pixels)
  const places = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (const [at, pixel] of pixels.entries()) {
    const place = places.get(pixel) ?? nearest(palette, pixel)
    places.set(pixel, place)
    rows[at + Math.floor(at / width) + 1] = place
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** For each group of similar colours the one that is there most. */
function commonColors(pixels: readonly number[]): readonly number[] {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const groups = new Set<string>()
  const found: number[] = []
  for (const [color] of [...counts].sort(([, a], [, b]) => b - a)) {
    const group = channels(color)
      .map((one) => Math.round(one / STEP))
      .join()
    if (groups.has(group) || found.length === 256) continue
    groups.add(group)
    found.push(color)
  }
  return found
}

function nearest(palette: readonly number[], pixel: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, color] of palette.entries()) {
    const there = channels(color)
    const distance = channels(pixel).reduce((sum, one, at) => sum + (one - (there[at] ?? 0)) ** 2, 0)
    if (distance >= least) continue
    least = distance
    best = place
  }
  return best
}

function channels(color: number): readonly number[] {
  return [color >> 16, (color >> 8) & 255, color & 255]
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  frame.set(body, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}
