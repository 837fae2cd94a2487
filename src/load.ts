/**
 * The composition root: source text → document → policy, with every finding gathered on the way.
 */
import type { NamedPolicy } from './decision/named.ts'
import { createPolicy } from './decision/policy.ts'
import type { Policy } from './decision/types.ts'
import { CATALOGUE } from './language/codes.ts'
import type { Diagnostic } from './diagnostic/diagnostic.ts'
import { type Finding, type Report, toDiagnostics } from './diagnostic/report.ts'
import type { Document } from './yaml/node.ts'
import { type Limits } from './language/limits.ts'
import { tooManyErrors } from './yaml/too-many-errors.ts'
import { type PolicySource, readSource } from './yaml/read-source.ts'
import { checkShape } from './policy/shape/check-shape.ts'
import { checkSize } from './policy/shape/size.ts'
import { printCanonical } from './pattern/canonical.ts'
import { readBasePath } from './pattern/request-path.ts'
import { PolicyError } from './policy-error.ts'
import { checkOptions, type ParseOptions } from './policy/check-options.ts'
import { documentOptions, extraMethodsOf } from './policy/document-options.ts'
import { type GivenOptions, resolveOptions } from './policy/options.ts'
import type { PolicyData } from './policy/policy-data.ts'
import type { ReadContext } from './policy/read-context.ts'
import { toPolicy } from './policy/to-policy.ts'
import { type ParseDocument, YamlFile } from './yaml/yaml-file.ts'

export { PolicyError }
export type { ParseOptions, PolicySource }

export interface ParseResult {
  /** Null when a diagnostic is an error. */
  readonly policy: Policy | null
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a policy; throws {@link PolicyError} (`code: 'ERR_INVALID_POLICY'`, with `diagnostics`) when the
 * document has errors, and `TypeError` when `options` are not what they should be.
 *
 * `loadPolicy<'profile' | 'search'>(…)` gives a policy in whose calls a misspelt scope does not compile.
 */
export function loadPolicy(source: PolicySource, options?: ParseOptions): Policy
export function loadPolicy<Name extends string>(
  source: PolicySource,
  options?: ParseOptions,
): NamedPolicy<Name>
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

/** Everything that is known of a source text before a matcher is built. */
export interface ReadPolicy {
  readonly text: string
  /** Null when it could not be read. Its spans are places of `text` where there is `data`. */
  readonly document: Document | null
  /** Null when a finding is an error. */
  readonly data: PolicyData | null
  readonly findings: readonly Finding[]
}

/**
 * Reads a policy as `parsePolicy` does, for those who need the document beside its meaning. `parse` is
 * given by those who read similar texts again and again.
 */
export function readPolicy(source: PolicySource, given: ParseOptions, parse?: ParseDocument): ReadPolicy {
  const { options, limits } = checkOptions(given)
  const findings: Finding[] = []
  let errors = 0
  const report: Report = (finding) => {
    if (CATALOGUE[finding.code][0] === 'error') errors += 1
    if (errors > limits.errors) throw new TooManyErrors()
    findings.push(finding)
  }
  try {
    return readSourceText(source, options, limits, findings, report, parse)
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error
    const place = findings.at(-1)?.span ?? { start: 0, end: 1 }
    findings.push({ code: 'limit-exceeded', span: place, ...tooManyErrors(limits.errors) })
    return { text: readSource(source, limits, () => undefined) ?? '', document: null, data: null, findings }
  }
}

/** Ends reading at the limit of errors: the document is refused without looking further. */
class TooManyErrors extends Error {}

function readSourceText(
  source: PolicySource,
  options: GivenOptions,
  limits: Limits,
  findings: readonly Finding[],
  report: Report,
  parse: ParseDocument | undefined,
): ReadPolicy {
  const file = new YamlFile(source, limits, report, parse)
  const { text, document } = file
  if (document === null) return { text, document, data: null, findings }
  const extraMethods = extraMethodsOf(document, options)
  const reading: ReadContext = { limits, extraMethods, report: file.report, skip: file.skip }
  if (!checkSize(document, limits, file.report)) return { text, document, data: null, findings }
  const shapeIsValid = checkShape(document, file.report, extraMethods)
  const data = interpret(document, options, reading)
  const failed = findings.some(({ code }) => CATALOGUE[code][0] === 'error')
  if (!failed && (file.suppressedAt !== undefined || !shapeIsValid || data === null)) {
    // No document leads here. Should one do so all the same, it must not become a smaller policy.
    report({
      code: 'wrong-type',
      span: file.suppressedAt ?? file.toSource(document.root.span),
      message: 'this is not what belongs here',
      help: 'compare it with the documentation',
    })
    return { text, document, data: null, findings }
  }
  return { text, document, data: failed ? null : data, findings }
}

function interpret(document: Document, code: GivenOptions, reading: ReadContext): PolicyData | null {
  const resolved = resolveOptions(documentOptions(document, reading), code)
  const basePath = readBasePath(resolved.basePath, resolved)
  if (typeof basePath !== 'string') {
    // The document's has been reported; code is the caller's own.
    if (code.basePath === undefined) return null
    throw new TypeError(
      `option basePath ${JSON.stringify(code.basePath)} cannot begin a request path: ${basePath.refusal}`,
    )
  }
  const printed = basePath === '' ? '' : `/${printCanonical(basePath)}`
  const options = Object.freeze({ ...resolved, basePath: printed })
  const rules = { ...options, basePath, pathLength: reading.limits.pathLength }
  return toPolicy(document, options, rules, reading)
}
