/** Reports whose every text wants to be something else than text. */
import fc from 'fast-check'
import type { FileReport } from '../../src/report/findings/report.ts'
import { LineIndex } from '../../src/source/line-index.ts'
import type { Span } from '../../src/source/span.ts'

/** What is a command, an escape or an end somewhere, whole and in parts. */
const PIECES: readonly string[] = [
  '::error::', '::error file=x,line=1::y', '::', '##[error]', '##[', '##vso[task.setvariable variable=x]y', '#',
  '##teamcity[x]', '%0A', '%0D', '%25', '%3A', '%', '\r', '\n', '\r\n', '\t', '\u0000', '\u0007', '\b', '\u001b[2J',
  '\u001b]8;;http://x\u0007', '\u009b31m', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b', '\u200d', '\u202e',
  '\u2066', '\u2028', '\u2029', '\u3000', '\ufeff', '\ufe0f', '\ufffe', '\uffff', '\ud800', '\udc00', '\u{e0041}',
  '\u{1fffe}', ']]>', '<![CDATA[', '<script>', '</failure>', '<!--', '-->', '<?', '&', '&amp;', '&#0;', '"', "'",
  '<', '>', '`', '\\', '\\u001b', '{0}', '{', '}', '{{', '[x](1)', '](http://x)', '[', ']', '(', ')', ',', ':', '=', ' ',
  ':1:2: error: x [y]', ': error: ', ':3', 'C:', '.', '..', '~', '-', '検', '👤', 'e\u0301', 'a', 'error', 'x.yaml',
] // prettier-ignore

const text = (constraints: { minLength?: number; maxLength: number }): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...PIECES), weight: 6 },
        { arbitrary: fc.string({ unit: 'binary', maxLength: 4 }), weight: 1 },
        {
          arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
          weight: 1,
        },
      ),
      constraints,
    )
    .map((pieces) => pieces.join(''))

/** A name that a file system could have, but for lone surrogates and controls, which some have as well. */
const path: fc.Arbitrary<string> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      text({ minLength: 1, maxLength: 4 }).map((name) => name.replaceAll('/', '') || 'x'),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([absolute, names]) => (absolute ? '/' : '') + names.join('/'))

const span = (length: number): fc.Arbitrary<Span> =>
  fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))

const fileReport: fc.Arbitrary<FileReport> = fc
  .tuple(path, text({ maxLength: 20 }))
  .chain(([name, source]) => {
    const lines = new LineIndex(source)
    const place = span(source.length).map((at) => ({ span: at, range: lines.range(at) }))
    const message = text({ minLength: 1, maxLength: 8 })
    const diagnostic = fc
      .record(
        {
          code: fc.constantFrom('unknown-method', 'duplicate-label', 'rule-2'),
          severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
          message,
          place,
          help: message,
          related: fc.array(
            fc.tuple(message, place).map(([said, at]) => ({ message: said, ...at })),
            { maxLength: 2 },
          ),
          fix: fc.record({
            title: message,
            edits: fc.tuple(place, message).map(([at, inserted]) => [{ span: at.span, text: inserted }]),
          }),
        },
        { requiredKeys: ['code', 'severity', 'message', 'place'] },
      )
      .map(({ place: at, ...members }) => ({ ...members, ...at }))
    return fc
      .array(diagnostic, { maxLength: 3 })
      .map((diagnostics) => ({ path: name, text: source, diagnostics }))
  })

export const hostileReports: fc.Arbitrary<readonly FileReport[]> = fc.array(fileReport, { maxLength: 3 })
