/** What holds for every text and all bytes that are given as a document. */
import { parsePolicy } from '../../../src/index.ts'
import type { Diagnostic, ParseResult, Position } from '../../../src/index.ts'
import { fromCompiled, toCompiled } from '../../../src/compiled/index.ts'

/** Milliseconds that reading a few kilobytes may never take, on any machine. */
const TOO_LONG = 5000
/** What turns a line of a terminal or a log into something else. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/

export type Said = string | undefined

/** What is wrong, as one clause; undefined when all is well. */
export function checkSource(bytes: Uint8Array): Said {
  const start = performance.now()
  const result = parsePolicy(bytes)
  if (performance.now() - start > TOO_LONG) return 'reading takes too long'
  const text = textOf(bytes)
  if (text === undefined) {
    return result.policy === null && result.diagnostics[0]?.code === 'invalid-utf8'
      ? undefined
      : 'bytes that are not UTF-8 are not refused for it'
  }
  const same = summary(parsePolicy(text)) === summary(result)
  return same ? (wrongDiagnostics(result, text) ?? wrongPolicy(result)) : 'text and bytes differ'
}

export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function summary({ policy, diagnostics }: ParseResult): string {
  return JSON.stringify([policy?.fingerprint, policy, diagnostics])
}

function wrongDiagnostics({ policy, diagnostics }: ParseResult, text: string): Said {
  const failed = diagnostics.some(({ severity }) => severity === 'error')
  if (failed !== (policy === null)) return 'a policy with errors, or none without'
  return wrongIn(diagnostics, text)
}

/** The first diagnostic that is not as every diagnostic has to be. */
export function wrongIn(diagnostics: readonly Diagnostic<string>[], text: string): Said {
  let last = 0
  for (const { code, message, help, span, range, related = [], fix } of diagnostics) {
    const said = (what: string): string => `${code}: ${what}`
    for (const place of [{ span, range }, ...related]) {
      const { start, end } = place.span
      if (!(start >= 0 && start <= end && end <= Math.max(text.length, 1)))
        return said('span outside of the text')
      if (!at(place.range.start, start, text) || !at(place.range.end, end, text))
        return said('range is not the span')
    }
    if (span.start < last) return said('out of order')
    last = span.start
    for (const words of [message, help ?? '', fix?.title ?? '', ...related.map((one) => one.message)]) {
      if (HARMFUL.test(words.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return said('a harmful message')
    }
    const edits = fix?.edits ?? []
    if (
      edits.some((one) => one.span.start > one.span.end || one.span.start < 0 || one.span.end > text.length)
    )
      return said('an edit outside of the text')
  }
  return undefined
}

/** Counted anew, line by line (YAML 1.2 §5.4); a byte order mark belongs to no line. */
function at({ line, column }: Position, offset: number, text: string): boolean {
  const marked = text.startsWith('\ufeff') ? 1 : 0
  const before = text.slice(marked, Math.max(marked, offset))
  // The line feed of a CR LF that the offset cuts ends the line only after it.
  const cut = before.endsWith('\r') && text[offset] === '\n'
  const lines = (cut ? before.slice(0, -1) : before).split(/\r\n|\r|\n/)
  const last = lines.at(-1)?.length ?? 0
  return line === lines.length && column === last + 1 + (cut ? 1 : 0)
}

function wrongPolicy({ policy }: ParseResult): Said {
  if (policy === null) return undefined
  const printed = policy.toJSON() as object
  for (const source of [printed, JSON.stringify(printed)]) {
    const again = parsePolicy(source)
    if (again.policy === null) return `its own document does not load: ${again.diagnostics[0]?.code ?? ''}`
    if (again.policy.fingerprint !== policy.fingerprint) return 'its own document has another fingerprint'
  }
  return fromCompiled(toCompiled(policy)).fingerprint === policy.fingerprint
    ? undefined
    : 'compiled differently'
}
