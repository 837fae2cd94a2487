/**
 * Takes away the findings that a comment suppresses, and says which suppressions are of no use.
 *
 * Errors of the loader stay: a document with an error is not a policy, whatever a comment says.
 */
import type { Finding } from '../../diagnostic/report.ts'
import { oneOf, quote, suggest } from '../../diagnostic/words.ts'
import { lastUpTo } from '../../source/last-up-to.ts'
import { CODES, ruleProblem } from '../codes.ts'
import { DIRECTIVE, type NamedSpan, readSuppressions, type Suppression } from './read-suppressions.ts'
import type { Span } from '../../source/span.ts'

/** There are not as many rules; a comment with more names suppresses nothing. */
const MAX_NAMES = 100

/** What is left, and what there is to say of suppressions. Cost: a binary search for each finding. */
export function suppress(
  text: string,
  findings: readonly Finding<string>[],
  /** Whether it is certain that there are no other findings of a rule. */
  complete: (rule: string) => boolean,
): readonly Finding<string>[] {
  const suppressions = readSuppressions(text)
  if (suppressions.length === 0) return findings
  const lines = new Lines(
    suppressions.filter(({ directive, names }) => directive.text === DIRECTIVE && names.length <= MAX_NAMES),
  )
  const kept = findings.filter(
    ({ code, span }) => CODES.get(code)?.fatal === true || !lines.use(code, span.start),
  )
  const said = suppressions.flatMap((one) =>
    describe(one, text, (name) => !lines.used(name) && complete(name.text)),
  )
  return [...kept, ...said]
}

/** The suppressions by the line that they reach. */
class Lines {
  readonly #starts: number[] = []
  readonly #lines: { readonly end: number; readonly names: Map<string, NamedSpan[]> }[] = []
  readonly #used = new Set<NamedSpan>()

  constructor(suppressions: readonly Suppression[]) {
    for (const { target, names } of suppressions) {
      if (target === undefined) continue
      if (this.#starts.at(-1) !== target.start) {
        this.#starts.push(target.start)
        this.#lines.push({ end: target.end, names: new Map() })
      }
      const line = this.#lines.at(-1)?.names
      for (const name of names) {
        const same = line?.get(name.text)
        if (same === undefined) line?.set(name.text, [name])
        else same.push(name)
      }
    }
  }

  /** Whether a finding of `rule` that starts at `offset` is suppressed. */
  use(rule: string, offset: number): boolean {
    const line = this.#lines[lastUpTo(this.#starts, offset)]
    const names = line === undefined || offset > line.end ? undefined : line.names.get(rule)
    for (const name of names ?? []) this.#used.add(name)
    return names !== undefined
  }

  used(name: NamedSpan): boolean {
    return this.#used.has(name)
  }
}

function describe(one: Suppression, text: string, isUnused: (name: NamedSpan) => boolean): Finding<string>[] {
  const { directive, names, comment } = one
  if (directive.text !== DIRECTIVE) {
    const help = suggest(directive.text, [DIRECTIVE])
    const message = `${quote(directive.text)} suppresses nothing`
    return [{ code: 'unknown-suppression', span: directive.span, message, help }]
  }
  if (names.length > MAX_NAMES) {
    const message = `a suppression names more than ${MAX_NAMES} rules`
    return [
      { code: 'unknown-suppression', span: directive.span, message, help: 'name those that are reported' },
    ]
  }
  if (names.length === 0) {
    const help = `name the rules: ${quote(`# ${DIRECTIVE} rule -- reason`)}`
    return [{ code: 'unknown-suppression', span: comment, message: 'a suppression names no rule', help }]
  }
  const known = names.filter((name) => ruleProblem(name.text, 'suppressed') === undefined)
  const unknown = names.filter((name) => !known.includes(name)).map(unknownName)
  const unused = known.filter(isUnused)
  const useless =
    unused.length === names.length
      ? [unusedComment(one, text)]
      : unused.map((name) => unusedName(name, names))
  return [...unknown, ...useless, ...withoutReason(one)]
}

function unknownName({ text, span }: NamedSpan): Finding<string> {
  const problem = ruleProblem(text, 'suppressed')
  const blank = /\s/.test(text)
  return {
    code: 'unknown-suppression',
    span,
    message: problem?.message ?? '',
    help: blank ? 'write commas between rules, and ` -- ` in front of a reason' : problem?.help,
  }
}

function unusedComment({ comment, names }: Suppression, text: string): Finding<string> {
  return {
    code: 'unused-suppression',
    span: comment,
    message: `nothing on the next line is reported as ${oneOf(names.map((name) => name.text))}`,
    help: 'delete the comment',
    fix: { title: 'delete the comment', edits: [{ span: deleteComment(comment, text), text: '' }] },
  }
}

function unusedName(name: NamedSpan, names: readonly NamedSpan[]): Finding<string> {
  return {
    code: 'unused-suppression',
    span: name.span,
    message: `nothing on the next line is reported as ${quote(name.text)}`,
    help: 'take it out of the comment',
    fix: { title: 'take it out', edits: [{ span: deleteName(name, names), text: '' }] },
  }
}

function withoutReason({ hasReason, comment }: Suppression): Finding<string>[] {
  if (hasReason) return []
  return [
    {
      code: 'suppression-without-reason',
      span: comment,
      message: 'the suppression does not say why',
      help: 'write ` -- ` and the reason after it',
    },
  ]
}

/** A comment on its own line goes with its line, any other with the spaces before it. */
function deleteComment({ start, end }: Span, text: string): Span {
  let from = start
  while (/[ \t]/.test(text[from - 1] ?? '')) from -= 1
  const alone = from === 0 || /[\r\n\ufeff]/.test(text[from - 1] ?? '')
  if (!alone) return { start: from, end }
  const lineEnd = text.startsWith('\r\n', end) ? 2 : /[\r\n]/.test(text[end] ?? '') ? 1 : 0
  return { start: from, end: end + lineEnd }
}

/** A name with the comma that joins it to its neighbour. */
function deleteName(name: NamedSpan, names: readonly NamedSpan[]): Span {
  const at = names.indexOf(name)
  const [previous, next] = [names[at - 1], names[at + 1]]
  if (previous !== undefined) return { start: previous.span.end, end: name.span.end }
  return { start: name.span.start, end: next?.span.start ?? name.span.end }
}
