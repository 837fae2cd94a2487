/** Parsers of lines that are strings. */
import { Buffer } from 'node:buffer'
import type { Fields, LogEntry } from '../../src/usage/entry.ts'
import { parserFor as parserForLines } from '../../src/usage/formats.ts'
import { Line } from '../../src/usage/line.ts'

/** Surrogates that stand for bytes become these bytes again. */
function bytesOf(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) => {
      const unit = character.charCodeAt(0)
      return character.length === 1 && unit >= 0xdc80 && unit <= 0xdcff
        ? Buffer.of(unit - 0xdc00)
        : Buffer.from(character)
    }),
  )
}

export function parserFor(
  format: string,
  fields?: Fields,
): ((line: string) => LogEntry | null | undefined) | undefined {
  const parse = parserForLines(format, fields)
  return (
    parse &&
    ((line) => {
      const entry = parse(new Line(bytesOf(line)))
      if (!entry) return entry
      const { method, path, client, scopes, status, time } = entry
      return { method, path, client, scopes, status, time }
    })
  )
}
