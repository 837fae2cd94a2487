/** From what a caller passes to plain data. */
import { readData } from '../../yaml/read-data.ts'
import { LineIndex } from '../../source/line-index.ts'
import { OpenApiError } from '../error.ts'

/** An OpenAPI document as text (YAML or JSON), as UTF-8 bytes, or as an object. */
export type OpenApiSource = string | Uint8Array | object

/** Throws {@link OpenApiError}, with its position, for text that is neither YAML nor JSON, or too large. */
export function parseData(source: unknown): unknown {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) return source
  const read = readData(source)
  if ('value' in read) return read.value
  throw new OpenApiError(read.problem, new LineIndex(read.text).position(read.span.start))
}
