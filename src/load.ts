/**
 * The composition root: source text → document → policy, with every finding gathered on the way.
 */
import { createPolicy } from './decision/policy.ts'
import type { Policy } from './decision/types.ts'
import { CATALOGUE, type DiagnosticCode } from './diagnostic/codes.ts'
import type { Diagnostic } from './diagnostic/diagnostic.ts'
import { type Finding, type Report, toDiagnostics } from './diagnostic/report.ts'
import { visible } from './diagnostic/words.ts'
import { checkCharacters, maskForbidden } from './document/characters.ts'
import { renderValue } from './document/from-value.ts'
import { validateOptions } from './document/generated/validate.js'
import { DEFAULT_LIMITS, type Limits } from './document/limits.ts'
import type { Document } from './document/node.ts'
import { moveFinding, parseDocument } from './document/parse.ts'
import { checkShape } from './document/shape.ts'
import { checkSize } from './document/size.ts'
import { printCanonical } from './pattern/canonical.ts'
import { readBasePath } from './pattern/request-path.ts'
import { documentOptions } from './policy/document-options.ts'
import { type GivenOptions, OPTION_NAMES, resolveOptions } from './policy/options.ts'
import type { PolicyData } from './policy/policy-data.ts'
import { toPolicy } from './policy/to-policy.ts'
import { decodeUtf8, utf8Length } from './source/decode.ts'
import type { Span } from './source/span.ts'

/** Options of a policy given in code, which win over the document's `$options`, and limits. */
export interface ParseOptions extends GivenOptions {
  readonly limits?: Partial<Limits> | undefined
}

export interface ParseResult {
  /** Null when a diagnostic is an error. */
  readonly policy: Policy | null
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A document: YAML text, the same as UTF-8 bytes, or an object such as `JSON.parse` gives. */
export type PolicySource = string | Uint8Array | object

/** Thrown by {@link loadPolicy} for a document with errors. Told apart by `code`, not by `instanceof`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code = 'ERR_INVALID_POLICY'
  /** All findings, warnings included. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const shown = errors.slice(0, 5).map(({ range, message, code }) => {
      return `\n  ${range.start.line}:${range.start.column} ${message} [${code}]`
    })
    const rest = errors.length > shown.length ? `\n  and ${errors.length - shown.length} more` : ''
    super(
      `the scope policy has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}:${shown.join('')}${rest}`,
    )
    this.diagnostics = diagnostics
  }
}

/**
 * Reads a policy; throws {@link PolicyError} (`code: 'ERR_INVALID_POLICY'`, with `diagnostics`) when the
 * document has errors, and `TypeError` when `options` are not what they should be.
 */
export function loadPolicy(source: PolicySource, options: ParseOptions = {}): Policy {
  const { policy, diagnostics } = parsePolicy(source, options)
  if (policy === null) throw new PolicyError(diagnostics)
  return policy
}

/**
 * Reads a policy and reports every problem of the document at once. Never throws on content; throws
 * `TypeError` when `options` are not what they should be.
 */
export function parsePolicy(source: PolicySource, options: ParseOptions = {}): ParseResult {
  const { text, data, findings } = readPolicy(source, options)
  const diagnostics = toDiagnostics(findings, text)
  return { policy: data === null ? null : createPolicy(data), diagnostics }
}

/** Everything `parsePolicy` knows before a matcher is built; `data` is null when there are errors. */
export function readPolicy(
  source: PolicySource,
  options: ParseOptions,
): { readonly text: string; readonly data: PolicyData | null; readonly findings: readonly Finding[] } {
  const limits = checkOptions(options)
  const findings: Finding[] = []
  const report: Report = (finding) => {
    findings.push(finding)
  }
  const text = textOf(source, limits, report)
  if (text === null) return { text: '', data: null, findings }
  if (findings.length > 0) return { text, data: null, findings }
  const forbidden = checkCharacters(text, report)
  const { document, broken, toSource } = parseDocument(maskForbidden(text), limits, report)
  if (document === null) return { text, data: null, findings }

  // What stands in a scope with a syntax error may not be what was meant: only the error is told.
  const trusted = trustedPlaces(document, broken)
  let silent = 0
  const reportMeaning: Report = (finding) => {
    const moved = moveFinding(finding, toSource)
    const masked = forbidden.some((at) => at >= moved.span.start && at < moved.span.end)
    if (trusted(finding.span) && !masked) report(moved)
    else silent += 1
  }
  if (!checkSize(document, limits, report)) return { text, data: null, findings }
  const whole = checkShape(document, reportMeaning)
  const given = documentOptions(document, reportMeaning)
  const data = interpret(document, given, options, limits, reportMeaning)
  const sound = whole && silent === 0 && !findings.some(({ code }) => isError(code))
  return { text, data: sound ? data : null, findings }
}

function isError(code: DiagnosticCode): boolean {
  return CATALOGUE[code][0] === 'error'
}

function interpret(
  document: Document,
  given: GivenOptions,
  code: GivenOptions,
  limits: Limits,
  report: Report,
): PolicyData | null {
  const resolved = resolveOptions(given, code)
  const basePath = readBasePath(resolved.basePath, resolved)
  if (typeof basePath !== 'string') {
    // The document's has been reported; code is the caller's own.
    if (code.basePath === undefined) return null
    throw new TypeError(
      `option basePath ${JSON.stringify(code.basePath)} can begin no request path: ${basePath.refusal}`,
    )
  }
  const printed = basePath === '' ? '' : `/${printCanonical(basePath)}`
  const options = Object.freeze({ ...resolved, basePath: printed })
  return toPolicy(document, options, { ...options, basePath, pathLength: limits.pathLength }, limits, report)
}

/** The limits in force. Throws `TypeError` for options and limits of the wrong kind. */
function checkOptions(options: ParseOptions): Limits {
  const given: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of Object.keys(options)) {
    if (name === 'limits') continue
    if (!(OPTION_NAMES as readonly string[]).includes(name))
      throw new TypeError(`unknown option ${JSON.stringify(name)}`)
    const value: unknown = options[name as keyof GivenOptions]
    if (value !== undefined) given[name] = value
  }
  if (!validateOptions(given)) {
    const name = validateOptions.errors?.[0]?.instancePath.split('/')[1] ?? ''
    throw new TypeError(`option ${name} cannot be ${visible(describeValue(given[name]))}`)
  }
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  for (const [name, value] of Object.entries(limits) as [string, unknown][]) {
    if (!(name in DEFAULT_LIMITS)) throw new TypeError(`unknown limit ${JSON.stringify(name)}`)
    if (typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`limit ${name} must be a number from 0 on`)
  }
  return limits
}

function describeValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value) : `a ${typeof value}`
}

/** The source as text without its byte order mark; null when there is none to show (reported). */
function textOf(source: PolicySource, limits: Limits, report: Report): string | null {
  const tooLong = (bytes: number, text: string): string => {
    report({
      code: 'limit-exceeded',
      span: { start: 0, end: Math.min(1, text.length) },
      message: `the document has ${bytes} bytes, more than ${limits.bytes}`,
      help: 'split it, or raise `limits.bytes` in code',
    })
    return text
  }
  if (typeof source === 'string') {
    const bytes = utf8Length(source)
    return bytes > limits.bytes ? tooLong(bytes, source) : source
  }
  if (source instanceof Uint8Array || Object.prototype.toString.call(source) === '[object Uint8Array]') {
    const bytes = source as Uint8Array
    if (bytes.length > limits.bytes) return tooLong(bytes.length, '')
    const decoded = decodeUtf8(bytes)
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
  return renderValue(source, limits.depth, report)
}

/** Whether a place lies outside every top-level entry that holds a syntax error. */
function trustedPlaces({ root }: Document, broken: readonly Span[]): (span: Span) => boolean {
  if (broken.length === 0) return () => true
  if (root.kind !== 'map') return () => false
  const starts = root.entries.map(({ key }) => key.span.start)
  const entryAt = (offset: number): number => {
    let index = -1
    while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= offset) index += 1
    return index
  }
  const unread = new Set(broken.map(({ start }) => entryAt(start)))
  if (unread.has(-1)) return () => false
  return ({ start }) => !unread.has(entryAt(start))
}
