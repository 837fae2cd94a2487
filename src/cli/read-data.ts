/** JSON or YAML that is not a policy, for commands that read other documents. */
import { LineIndex } from '../source/line-index.ts'
import { readData } from '../yaml/read-data.ts'
import { UsageError } from './exit-code.ts'

/** Throws {@link UsageError} with the place where it is neither. */
export function dataOf(bytes: Uint8Array, path: string): unknown {
  const data = readData(bytes)
  if ('value' in data) return data.value
  const { line, column } = new LineIndex(data.text).position(data.span.start)
  throw new UsageError(`${path}:${line}:${column}: this is neither JSON nor YAML: ${data.problem}`)
}
