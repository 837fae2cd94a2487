/** Changes to bytes: small ones, words of a dictionary, pieces of other inputs, and whole lines. */
import { pick } from '../../analysis/small-policies.ts'
import type { Random } from '../../analysis/small-policies.ts'

const LONGEST = 4096
const LINE_END = 0x0a

type Bytes = readonly number[]
type Change = (bytes: Bytes, random: Random, words: readonly Uint8Array[], other: Uint8Array) => Bytes

const CHANGES: readonly Change[] = [
  (bytes, random) =>
    replaced(bytes, at(bytes, random), 1, [(bytes[at(bytes, random)] ?? 0) ^ (1 << below(random, 8))]),
  (bytes, random) => replaced(bytes, at(bytes, random), 1, [below(random, 256)]),
  (bytes, random) => replaced(bytes, at(bytes, random), 1 + below(random, 8), []),
  (bytes, random) => replaced(bytes, at(bytes, random), below(random, 40), []),
  (bytes, random, words) => replaced(bytes, at(bytes, random), 0, [...pick(random, words)]),
  (bytes, random, words) => replaced(bytes, at(bytes, random), 0, [...pick(random, words)]),
  (bytes, random, words) =>
    replaced(bytes, at(bytes, random), 1 + below(random, 8), [...pick(random, words)]),
  (bytes, random) => {
    const from = at(bytes, random)
    return replaced(bytes, at(bytes, random), 0, bytes.slice(from, from + 1 + below(random, 30)))
  },
  (bytes, random, _, other) => replaced(bytes, at(bytes, random), below(random, 20), piece(other, random)),
  (bytes, random, _, other) => [...bytes.slice(0, at(bytes, random)), ...other.slice(at([...other], random))],
  (bytes, random) => withLines(bytes, (lines) => lines.toSpliced(below(random, lines.length), 1)),
  (bytes, random) =>
    withLines(bytes, (lines) => lines.toSpliced(below(random, lines.length), 0, pick(random, lines))),
  (bytes, random) =>
    withLines(bytes, (lines) => {
      const place = below(random, lines.length)
      const line = lines[place] ?? []
      return lines.with(place, random() < 0.5 ? [0x20, 0x20, ...line] : line.slice(2))
    }),
]

/** One to six changes, mostly few. */
export function mutateBytes(
  input: Uint8Array,
  random: Random,
  words: readonly Uint8Array[],
  other: Uint8Array,
): Uint8Array {
  let bytes: Bytes = [...input]
  for (let left = 1 + Math.floor(random() * random() * 6); left > 0; left--) {
    bytes = pick(random, CHANGES)(bytes, random, words, other)
  }
  return Uint8Array.from(bytes.slice(0, LONGEST))
}

function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

function at(bytes: Bytes, random: Random): number {
  return below(random, bytes.length + 1)
}

function replaced(bytes: Bytes, start: number, length: number, by: Bytes): Bytes {
  return [...bytes.slice(0, start), ...by, ...bytes.slice(start + length)]
}

function piece(other: Uint8Array, random: Random): Bytes {
  const start = below(random, other.length)
  return [...other.slice(start, start + 1 + below(random, 60))]
}

function withLines(bytes: Bytes, change: (lines: readonly Bytes[]) => readonly Bytes[]): Bytes {
  const lines: number[][] = [[]]
  for (const byte of bytes) {
    lines.at(-1)?.push(byte)
    if (byte === LINE_END) lines.push([])
  }
  return change(lines).flat()
}
