/**
 * Where the cursor is, by indentation alone: completion is asked for while the document is broken.
 *
 * Lines above are read upwards; each that is indented less than what was found so far, and ends in a key,
 * names one more ancestor. Flow collections are seen only on the line of the cursor. Cost: the lines above.
 */

export interface Cursor {
  /** Keys from the top of the document down to what the cursor is in, without quotes. */
  readonly path: readonly string[]
  /** `key`: at the place of a key. `value`: after a key and a colon, or in a list. */
  readonly place: 'key' | 'value'
  /** The key on the line of the cursor, where the cursor is in its value. */
  readonly key?: string
}

const KEY = /^(?<dashes>(?:-\s+)*)(?<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:][^#]*?)\s*:(?:\s|$)/

/** Lines above the cursor that are looked at: no document needs more, and a hostile one ends. */
const MAX_LINES = 20_000

export function cursorAt(text: string, offset: number): Cursor {
  const lines = text.slice(0, offset).split('\n').slice(-MAX_LINES)
  const line = lines.pop() ?? ''
  const written = line.trimStart()
  const indent = line.length - written.length
  const isItem = /^-(?:\s|$)/.test(written)
  const found = KEY.exec(written)
  const key = found?.groups?.['key']
  return {
    path: ancestors(lines, indent, isItem),
    place: key === undefined && !isItem && !/[[{,]/.test(written) ? 'key' : 'value',
    ...(key !== undefined && { key: unquoted(key) }),
  }
}

function ancestors(lines: readonly string[], indent: number, isItem: boolean): readonly string[] {
  const path: string[] = []
  // The items of a list may be indented no further than its key.
  let below = isItem ? indent + 1 : indent
  for (let at = lines.length - 1; at >= 0 && below > 0; at--) {
    const line = lines[at] ?? ''
    const written = line.trimStart()
    const own = line.length - written.length
    if (written === '' || written.startsWith('#') || own >= below) continue
    const { key, dashes = '' } = KEY.exec(written)?.groups ?? {}
    // Only a key with nothing after it holds what is indented below.
    if (key === undefined || !/:\s*(?:#.*)?$/.test(written)) continue
    path.unshift(unquoted(key))
    below = own + (dashes === '' ? 0 : 1)
  }
  return path
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key
}
