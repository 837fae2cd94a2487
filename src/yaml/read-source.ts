/**
 * What is given as a document, as source text: YAML text itself, its bytes, or an object.
 */
import type { Report } from '../diagnostic/report.ts'
import { formatNumber } from '../diagnostic/words.ts'
import { decodeUtf8, utf8Length } from '../source/decode.ts'
import { renderValue } from './from-value.ts'
import type { Limits } from '../language/limits.ts'

/** A document: YAML text, the same as UTF-8 bytes, or an object such as `JSON.parse` gives. */
export type PolicySource = string | Uint8Array | object

/** The source text; null when there is none to show. Reading can go on only if nothing was reported. */
export function readSource(source: PolicySource, limits: Limits, report: Report): string | null {
  const bytes = bytesOf(source)
  if (bytes !== undefined) return readBytes(bytes, limits, report)
  const text = typeof source === 'string' ? source : renderValue(source, limits, report)
  if (text === null) return null
  const length = utf8Length(text)
  if (length > limits.bytes) reportTooLong(length, text, limits, report)
  return text
}

/**
 * The bytes of a `Uint8Array`, also of another realm or a subclass, but not of what only pretends to be
 * one: asked by the getters of the language itself, which look at the value and not at what it says.
 */
function bytesOf(source: unknown): ArrayLike<number> | undefined {
  return askTypedArray(source, Symbol.toStringTag) === 'Uint8Array' ? (source as Uint8Array) : undefined
}

function askTypedArray(value: unknown, name: string | symbol): unknown {
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object
  return Object.getOwnPropertyDescriptor(typedArray, name)?.get?.call(value)
}

function readBytes(bytes: ArrayLike<number>, limits: Limits, report: Report): string {
  const length = Number(askTypedArray(bytes, 'length'))
  if (length > limits.bytes) {
    reportTooLong(length, '', limits, report)
    return ''
  }
  // A copy has no methods but the language's own. A buffer that was transferred away has no length.
  const decoded = decodeUtf8(length === 0 ? new Uint8Array() : new Uint8Array(bytes))
  if ('text' in decoded) return decoded.text
  const at = decoded.invalidAt
  report({
    code: 'invalid-utf8',
    span: { start: at, end: at + 1 },
    message: 'the bytes from here on are not UTF-8',
    help: 'save the file as UTF-8',
  })
  return `${decoded.before}\ufffd`
}

function reportTooLong(bytes: number, text: string, limits: Limits, report: Report): void {
  report({
    code: 'limit-exceeded',
    span: { start: 0, end: Math.min(1, text.length) },
    message: `the document has ${formatNumber(bytes)} bytes, more than ${formatNumber(limits.bytes)}`,
    help: 'split it, or raise `limits.bytes` in code',
  })
}
