/**
 * The one way from what people write (text, bytes, an object) to a tree with places: policies, request tables and
 * configurations are read by it, with the same limits and the same strictness.
 *
 * What an error hides is suppressed afterward, so that one mistake is one finding; that something was suppressed
 * is remembered, so that nothing is made of a document of which a part was not judged.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type Finding, withSeverity } from '../diagnostic/report.ts'
import type { DiagnosticCode } from '../language/codes.ts'
import type { Limits } from '../language/limits.ts'
import type { Span } from '../source/span.ts'
import { checkCharacters, readableText } from './characters.ts'
import type { Document, Node } from './node.ts'
import { moveFinding, parseDocument } from './parse.ts'
import { type PolicySource, readSource } from './read-source.ts'

export type ParseDocument = typeof parseDocument

type ReportAs<Code extends string> = (finding: Finding<Code>) => void

export class YamlFile<Code extends string = DiagnosticCode> {
  /** Empty when there is none. */
  readonly text: string
  /** Null when it could not be read (reported). Its spans become places of `text` by `toSource`. */
  readonly document: Document | null
  readonly toSource: (span: Span) => Span
  /** Where the first finding was suppressed, or the first node left out. */
  suppressedAt: Span | undefined
  readonly #report: ReportAs<Code>
  readonly #trusted: (span: Span) => boolean
  /** Places of characters that no document may have (reported). */
  readonly #forbidden: readonly number[]

  /** `parse` is `parseDocument`, or what gives the same faster. */
  constructor(
    source: PolicySource,
    limits: Limits,
    report: ReportAs<Code | DiagnosticCode>,
    parse: ParseDocument = parseDocument,
  ) {
    let failed = false
    const text = readSource(source, limits, (finding) => {
      failed = true
      report(finding)
    })
    this.text = text ?? ''
    this.#report = report
    const canBeRead = text !== null && !failed
    this.#forbidden = canBeRead ? checkCharacters(text, report) : []
    const parsed = canBeRead ? parse(readableText(text), limits, report) : undefined
    this.document = parsed?.document ?? null
    this.toSource = parsed?.toSource ?? ((span) => span)
    this.#trusted = parsed?.trusted ?? (() => false)
  }

  /** Reports a finding about the document at its place of the text. */
  readonly report: ReportAs<Code> = (finding) => {
    const moved = moveFinding(finding, this.toSource)
    const { start, end } = moved.span
    const overlapsForbiddenCharacter = this.#forbidden.some((at) => at >= start && at < end)
    if (this.#trusted(finding.span) && !overlapsForbiddenCharacter) this.#report(moved)
    else this.suppressedAt ??= moved.span
  }

  /** Remembers a node that is left out because it is not what belongs there. */
  readonly skip = ({ span }: { readonly span: Span }): void => {
    this.suppressedAt ??= this.toSource(span)
  }
}

export interface ReadFile<T> {
  /** Null when there is an error. */
  readonly value: T | null
  readonly text: string
  /** Errors, in the order of the text. */
  readonly diagnostics: readonly Diagnostic<string>[]
}

/**
 * A file of which nothing is used where it has an error. `empty` is what a file without a document says; without
 * it that is an error too.
 */
export function readYamlFile<T>(
  source: string | Uint8Array,
  limits: Limits,
  read: (root: Node, report: ReportAs<string>) => T,
  empty?: T,
): ReadFile<T> {
  const findings: Finding<string>[] = []
  const file = new YamlFile<string>(source, limits, (finding) => {
    if (finding.code !== 'empty-document' || empty === undefined) findings.push(finding)
  })
  const { text, document } = file
  const value = document === null ? (empty ?? null) : read(document.root, file.report)
  const diagnostics = withSeverity(findings, text, () => 'error')
  return { value: findings.length === 0 ? value : null, text, diagnostics }
}
