/**
 * The part of the Protocol Buffers wire format that ext_authz needs: varints, and fields with a length.
 *
 * Unknown fields are skipped, as the format asks for, and what is malformed throws. Rejected: protobufjs,
 * which makes functions from strings at run time, and code that is generated for messages of which one
 * field in ten is read.
 */

/** A field of a message: a number for the wire types 0, 1 and 5, bytes for 2. */
export interface Field {
  readonly number: number
  readonly bytes?: Buffer
  readonly value?: number
}

const VARINT = 0
const FIXED_64 = 1
const LENGTH = 2
const FIXED_32 = 5

/** Throws `RangeError` for bytes that are not a message. */
export function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message.readUInt8(at)
      at += 1
      // Beyond 2^53 a number is of no use here, and is not exact.
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new RangeError('a varint of more than 10 bytes')
  }
  const take = (length: number): Buffer => {
    if (length > message.length - at) throw new RangeError('a field that is longer than its message')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    if (number === 0) throw new RangeError('a field with the number 0')
    switch (tag % 8) {
      case VARINT:
        yield { number, value: varint() }
        break
      case FIXED_64:
        yield { number, value: take(8).readDoubleLE() }
        break
      case LENGTH:
        yield { number, bytes: take(varint()) }
        break
      case FIXED_32:
        yield { number, value: take(4).readFloatLE() }
        break
      default:
        throw new RangeError('a wire type that is unknown')
    }
  }
}

/** The last occurrence of a field with a length: messages of one field are not merged. */
export function bytesOf(message: Buffer | undefined, number: number): Buffer | undefined {
  let found: Buffer | undefined
  if (message === undefined) return undefined
  for (const field of fieldsOf(message)) if (field.number === number) found = field.bytes ?? found
  return found
}

/** A string field; absent is the empty string. Throws `TypeError` for bytes that are not UTF-8. */
export function stringOf(message: Buffer | undefined, number: number): string {
  const bytes = bytesOf(message, number)
  return bytes === undefined ? '' : textOf(bytes)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function textOf(bytes: Buffer): string {
  return UTF8.decode(bytes)
}

/** The entries of a `map<string, …>` field. */
export function* entriesOf(
  message: Buffer | undefined,
  number: number,
): Generator<readonly [string, Buffer]> {
  if (message === undefined) return
  for (const field of fieldsOf(message)) {
    if (field.number === number && field.bytes !== undefined)
      yield [stringOf(field.bytes, 1), bytesOf(field.bytes, 2) ?? Buffer.alloc(0)]
  }
}

/** One field: a number as varint, anything else with its length. */
export function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varintOf(number * 8 + VARINT), varintOf(value)])
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varintOf(number * 8 + LENGTH), varintOf(bytes.length), bytes])
}

function varintOf(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}

/** A `google.protobuf.Value` as the value that it is in JSON; numbers may be inexact. */
function jsonOf(value: Buffer, depth = 0): unknown {
  if (depth > 32) throw new RangeError('a value of more than 32 levels')
  for (const { number, bytes, value: plain } of fieldsOf(value)) {
    if (number === 2) return plain
    if (number === 3 && bytes !== undefined) return textOf(bytes)
    if (number === 4) return plain !== 0
    if (number === 5 && bytes !== undefined) return structOf(bytes, depth + 1)
    if (number === 6 && bytes !== undefined)
      return [...fieldsOf(bytes)].map((item) => jsonOf(item.bytes ?? Buffer.alloc(0), depth + 1))
  }
  return null
}

/** A `google.protobuf.Struct`. */
export function structOf(struct: Buffer, depth = 0): ReadonlyMap<string, unknown> {
  const members = new Map<string, unknown>()
  for (const [name, value] of entriesOf(struct, 1)) members.set(name, jsonOf(value, depth + 1))
  return members
}
