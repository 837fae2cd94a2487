/**
 * Items of `endpoints`: the pattern, its methods, and what the loader says about both.
 */
import { acceptedPaths } from '../automaton/accepted-paths.ts'
import { intersects } from '../automaton/intersection.ts'
import { flatNfaOf } from '../automaton/flat-nfa.ts'
import { buildNfa, type Nfa, TooComplex } from '../automaton/nfa.ts'
import { checkScalar } from '../yaml/characters.ts'
import { rewriteScalar } from '../yaml/rewrite-scalar.ts'
import { isNull, type ListNode, type Node, type ScalarNode, spanInside } from '../yaml/node.ts'
import type { Fix } from '../diagnostic/diagnostic.ts'
import { formatNumber, quote } from '../diagnostic/words.ts'
import { registeredMethod } from '../language/methods.ts'
import { type Pattern, readPattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { UnsupportedSyntax } from '../pattern/segment-pattern.ts'
import { explainUnreachable, type Unreachable } from '../pattern/unreachable.ts'
import { unescapedSyntax } from '../pattern/unescaped.ts'
import type { PolicyOptions } from './model.ts'
import type { InterpretedEndpoint } from './policy-data.ts'
import { readMethod } from './read-method.ts'
import type { ReadContext } from './read-context.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/** A longer pattern is not asked whether a path can match it: its automaton can be large. */
const MAX_CHECKED_LENGTH = 512

/** Reports a pattern that is too long, and returns false. */
export function checkLength({ text, span }: ScalarNode, { limits, report }: ReadContext): boolean {
  const max = limits.patternLength
  if (text.length <= max) return true
  report({
    code: 'limit-exceeded',
    span,
    message: `a pattern of ${formatNumber(text.length)} characters is longer than ${formatNumber(max)}`,
    help: 'shorten it, or raise `limits.patternLength` in code',
  })
  return false
}

export class EndpointReader {
  readonly #options: PolicyOptions
  readonly #rules: PathRules
  readonly #reading: ReadContext
  readonly #bare: readonly string[]
  readonly #lists = new Map<string, readonly string[]>()
  /** Patterns of `wildcard: segment`. */
  readonly #known = new Map<string, Pattern>()
  #paths: Nfa | undefined

  constructor(options: PolicyOptions, rules: PathRules, reading: ReadContext) {
    this.#options = options
    this.#rules = rules
    this.#reading = reading
    this.#bare = this.#granted(options.methods)
  }

  /** Reads every item that has the shape of an endpoint; the others are skipped. */
  list(node: ListNode): readonly InterpretedEndpoint[] {
    const endpoints: InterpretedEndpoint[] = []
    for (const item of node.items) {
      const read = this.#item(item)
      if (read === undefined) this.#reading.skip(item)
      else endpoints.push(read)
    }
    return endpoints
  }

  #item(item: Node): InterpretedEndpoint | undefined {
    if (item.kind === 'list') return undefined
    if (item.kind === 'scalar') {
      this.#warnWidened(item)
      return this.#endpoint(item, this.#bare)
    }
    const [entry, another] = item.entries
    if (entry === undefined || another !== undefined) return undefined
    const methods = this.#methods(entry.value)
    // Read in any case, for what there is to say about the pattern.
    const read = this.#endpoint(entry.key, methods ?? [])
    return methods === undefined ? undefined : read
  }

  #endpoint(node: ScalarNode, methods: readonly string[]): InterpretedEndpoint | undefined {
    const pattern = this.#pattern(node)
    if (pattern === undefined) return undefined
    return { endpoint: { pattern: pattern.text, methods, span: node.span }, pattern }
  }

  #pattern(node: ScalarNode): Pattern | undefined {
    const { text } = node
    const { report } = this.#reading
    if (node.unread || isNull(node) || text === '' || /[\u0000-\u001f\u007f]/.test(text)) return undefined
    if (!checkLength(node, this.#reading)) return undefined
    if (!checkScalar(node, () => `path ${quote(text)}`, report)) return undefined
    warnAmbiguous(node, 'path', report)
    if (this.#rules.wildcard === 'segment' && this.#isUnescaped(node)) return undefined
    const pattern = this.#read(node)
    const unreachable = pattern && this.#unreachable(pattern)
    if (unreachable !== undefined) {
      const [fact, help] = explainUnreachable(unreachable)
      report({
        code: 'unreachable-endpoint',
        span: spanInside(node, unreachable.start, unreachable.end),
        message: `no request can match ${quote(text)}: ${fact}`,
        help,
        fix: this.#encoded(node, unreachable),
      })
    }
    return pattern
  }

  /** Reports what a `segment` pattern has to escape. */
  #isUnescaped(node: ScalarNode): boolean {
    const found = unescapedSyntax(node.text)
    if (found === undefined) return false
    const { start, characters, meanings, escaped } = found
    const edit = rewriteScalar(node, escaped)
    this.#reading.report({
      code: 'unescaped-syntax',
      span: spanInside(node, start, start + 1),
      message: `unescaped ${characters.map((char) => `\`${char}\``).join(' and ')} in ${quote(node.text)}: ${meanings.join(' and ')} in \`wildcard: segment\``,
      help: `write ${quote(escaped)}${characters.includes('|') ? `, or ${quote('{a,b}')} for alternatives` : ''}`,
      fix: edit && { title: 'escape them', edits: [edit] },
    })
    return true
  }

  /** With percent-encoding the pattern means what was written; then it grants something, which is new. */
  #encoded(node: ScalarNode, { reason }: Unreachable): Fix | undefined {
    if (reason !== 'space' && reason !== 'non-ascii') return undefined
    const text = node.text.replace(/[^!-~]+/gu, (characters) => encodeURIComponent(characters))
    const edit = rewriteScalar(node, text)
    if (edit === undefined || readPattern(text, this.#rules).unreachable !== undefined) return undefined
    return { title: 'percent-encode it', edits: [edit], unsafe: true }
  }

  #read(node: ScalarNode): Pattern | undefined {
    try {
      // Many scopes have the same patterns; those of `wildcard: any` cost less to read again than to keep.
      const before = this.#known.get(node.text)
      if (before !== undefined) return before
      const pattern = readPattern(node.text, this.#rules)
      if (pattern.meaning.kind === 'expression') {
        flatNfaOf(pattern.meaning.expression)
        this.#known.set(node.text, pattern)
      }
      return pattern
    } catch (error) {
      if (error instanceof TooComplex) {
        this.#reading.report({
          code: 'limit-exceeded',
          span: node.span,
          message: `${quote(node.text)} has too many parts that may be left out`,
          help: 'write it as several endpoints',
        })
        return undefined
      }
      const clause = error instanceof UnsupportedSyntax ? error.clause : 'cannot be read'
      this.#reading.report({
        code: 'invalid-pattern',
        span: node.span,
        message: `${quote(node.text)} ${clause}`,
        help: 'use `*`, `**`, `?`, `[abc]` and `{a,b}` only',
      })
      return undefined
    }
  }

  #unreachable({ text, unreachable, suspect, meaning }: Pattern): Unreachable | undefined {
    if (suspect === undefined || meaning.kind !== 'expression') return unreachable
    if (text.length > MAX_CHECKED_LENGTH) return undefined
    this.#paths ??= acceptedPaths(this.#rules)
    return intersects(buildNfa(meaning.expression), this.#paths) === false ? suspect : undefined
  }

  #methods(value: Node): readonly string[] | undefined {
    const nodes = value.kind === 'list' ? value.items : [value]
    const methods: string[] = []
    for (const node of nodes) {
      const method = readMethod(node, this.#reading.report, this.#reading.extraMethods)
      if (method !== undefined) methods.push(method)
    }
    return methods.length < nodes.length || methods.length === 0 ? undefined : this.#granted(methods)
  }

  /** Sorted, each once, with what `head: as-get` adds; the same list for the same methods. */
  #granted(methods: readonly string[]): readonly string[] {
    const written = methods.join(' ')
    const known = this.#lists.get(written)
    if (known !== undefined) return known
    const granted = new Set(methods)
    if (this.#options.head === 'as-get' && granted.has('GET')) granted.add('HEAD')
    const list = Object.freeze([...granted].sort())
    this.#lists.set(written, list)
    return list
  }

  /** `"*" #[GET]`: whoever commented the list out may not know that all methods are granted now. */
  #warnWidened(node: ScalarNode): void {
    const { comment } = node
    if (comment === undefined) return
    const words = comment.text
      .replace(/^[\s:]*\[|\][\s.]*$/g, ' ')
      .split(/[\s,]+/)
      .filter((word) => word !== '')
    const methods = words.flatMap((word) => registeredMethod(word) ?? [])
    if (methods.length === 0 || methods.length < words.length) return
    const key = /^[\w./-]*$/.test(node.text) ? node.text : JSON.stringify(node.text)
    this.#reading.report({
      code: 'widened-by-comment',
      span: comment.span,
      message: `the methods in this comment do not count: ${quote(node.text)} grants ${this.#bare.join(', ')}`,
      help: `to grant these only, write ${quote(`${key}: [${methods.join(', ')}]`)}`,
    })
  }
}
