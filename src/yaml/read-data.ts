/**
 * Text of a foreign document, JSON or YAML, as plain data: what `JSON.parse` would give, every scalar of YAML
 * being the text that was typed.
 *
 * Such a document is not ours, so it is read leniently where readers agree on the meaning (merge keys, tags,
 * comments of any kind), and it is bounded like our own: bytes, tokens, nesting and aliases. A key that is
 * twice counts as it does to `JSON.parse`: the last wins.
 *
 * Cost: linear. JSON is left to `JSON.parse`, which is some fifty times faster than any reader of YAML.
 */
import { formatNumber } from '../diagnostic/words.ts'
import type { Finding } from '../diagnostic/report.ts'
import type { Span } from '../source/span.ts'
import { collectTokens } from './collect-tokens.ts'
import { composeData, TooManyErrors } from './compose.ts'
import { DEFAULT_LIMITS, type Limits } from '../language/limits.ts'
import { readSource } from './read-source.ts'
import { readStream } from './tokens.ts'

/** Documents of others are larger and nested deeper than policies. */
export const DATA_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  bytes: 64 * 1024 * 1024,
  depth: 256,
  aliases: 1000,
  errors: 1,
}

/** An alias may multiply its content; beyond this the document is a bomb. */
const EXPANDED = 100

export type ReadData =
  | { readonly value: unknown }
  /** Why there is none, as one clause, and where in `text`. */
  | { readonly problem: string; readonly span: Span; readonly text: string }

export function readData(source: string | Uint8Array): ReadData {
  const findings: Finding[] = []
  const text = readSource(source, DATA_LIMITS, (finding) => findings.push(finding)) ?? ''
  const failed = (problem: string, span: Span): ReadData => ({ problem, span, text })
  const first = (): ReadData | undefined => {
    const [finding] = findings
    return finding && failed(finding.message, finding.span)
  }
  const unreadable = first()
  if (unreadable !== undefined) return unreadable
  const json = readJson(text)
  if (json !== undefined) return json
  const stream = readStream(text, DATA_LIMITS, (finding) => findings.push(finding))
  if (stream === null) return first() ?? failed('it cannot be read', NOWHERE)
  const documents = stream.filter((token) => token.type === 'document')
  const second = documents[1]
  if (second !== undefined) {
    return failed('a second YAML document begins here', { start: second.offset, end: second.offset + 1 })
  }
  // Merging the content of an alias is not counted by the package.
  const over = collectTokens(documents[0], () => undefined).aliases[DATA_LIMITS.aliases]
  if (over !== undefined) {
    const message = `more than ${formatNumber(DATA_LIMITS.aliases)} uses of aliases`
    return failed(message, { start: over.offset, end: over.offset + over.source.length })
  }
  try {
    const document = composeData(stream, text.length)
    const [error] = document?.errors ?? []
    if (error !== undefined) {
      const [start, end] = error.pos
      return failed(error.message.replace(/\s+/g, ' '), { start, end: Math.max(start + 1, end) })
    }
    if (document === undefined || document.contents === null) return failed('there is nothing here', NOWHERE)
    return { value: document.toJS({ maxAliasCount: EXPANDED }) as unknown }
  } catch (error) {
    if (error instanceof TooManyErrors) return failed('it is not YAML', NOWHERE)
    // An alias of nothing, or one with too much content.
    return failed('its aliases cannot be followed', NOWHERE)
  }
}

const NOWHERE: Span = { start: 0, end: 1 }

/** Undefined for a string that is not JSON, so that the reader of YAML can say where it ends to be YAML, too. */
function readJson(text: string): ReadData | undefined {
  if (!/^\ufeff?\s*[{[]/.test(text)) return undefined
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown }
  } catch {
    return undefined
  }
}
