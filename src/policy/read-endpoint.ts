/**
 * Items of `endpoints`: the pattern, its methods, and what the loader says about both.
 */
import type { Limits } from '../document/limits.ts'
import { isNull, type ListNode, type Node, type ScalarNode, spanInside } from '../document/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { registeredMethod } from '../http/methods.ts'
import { type Pattern, readPattern } from '../pattern/pattern.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { UnsupportedSyntax } from '../pattern/segment-pattern.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { PolicyOptions } from './model.ts'
import type { InterpretedEndpoint } from './policy-data.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

export class EndpointReader {
  readonly #options: PolicyOptions
  readonly #rules: PathRules
  readonly #limits: Limits
  readonly #report: Report
  readonly #bare: readonly string[]

  constructor(options: PolicyOptions, rules: PathRules, limits: Limits, report: Report) {
    this.#options = options
    this.#rules = rules
    this.#limits = limits
    this.#report = report
    this.#bare = this.#granted(options.methods)
  }

  /** Reads every item that has the shape of an endpoint; the others have been reported. */
  list(node: ListNode): readonly InterpretedEndpoint[] {
    return node.items.flatMap((item) => {
      const read = this.#item(item)
      return read === undefined ? [] : [read]
    })
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
    const endpoint = Object.freeze({ pattern: pattern.text, methods, span: Object.freeze({ ...node.span }) })
    return { endpoint, pattern }
  }

  #pattern(node: ScalarNode): Pattern | undefined {
    const { text } = node
    if (isNull(node) || text === '' || /[\u0000-\u001f\u007f]/.test(text)) return undefined
    if (text.length > this.#limits.patternLength) {
      this.#report({
        code: 'limit-exceeded',
        span: node.span,
        message: `a pattern of ${text.length} characters is longer than ${this.#limits.patternLength}`,
        help: 'shorten it, or raise `limits.patternLength` in code',
      })
      return undefined
    }
    warnAmbiguous(node, 'path', this.#report)
    const pattern = this.#read(node)
    if (pattern?.unreachable !== undefined) {
      const { reason, start, end } = pattern.unreachable
      const [fact, help] = UNREACHABLE[reason]
      this.#report({
        code: 'unreachable-endpoint',
        span: spanInside(node, start, end),
        message: `no request can match ${quote(text)}: ${fact}`,
        help,
      })
    }
    return pattern
  }

  #read(node: ScalarNode): Pattern | undefined {
    try {
      return readPattern(node.text, this.#rules)
    } catch (error) {
      const what =
        error instanceof UnsupportedSyntax ? quote(error.construct) : 'something that cannot be read'
      this.#report({
        code: 'invalid-pattern',
        span: node.span,
        message: `${quote(node.text)} contains ${what}, which patterns do not have`,
        help: 'use `*`, `**`, `?`, `[abc]` and `{a,b}` only',
      })
      return undefined
    }
  }

  #methods(value: Node): readonly string[] | undefined {
    const nodes = value.kind === 'list' ? value.items : [value]
    const methods: string[] = []
    for (const node of nodes) {
      const method = node.kind === 'scalar' ? registeredMethod(node.text) : undefined
      if (method === undefined || node.kind !== 'scalar') return undefined
      if (method !== node.text) this.#warnCase(node, method)
      methods.push(method)
    }
    return methods.length === 0 ? undefined : this.#granted(methods)
  }

  /** Sorted, each once, with what `head: as-get` adds. */
  #granted(methods: readonly string[]): readonly string[] {
    const granted = new Set(methods)
    if (this.#options.head === 'as-get' && granted.has('GET')) granted.add('HEAD')
    return Object.freeze([...granted].sort())
  }

  #warnCase(node: ScalarNode, method: string): void {
    const written = node.text
    const whole = node.span.end - node.span.start
    // Edit the word itself and leave the quotes, where it stands as typed.
    const inside = node.style !== 'block' && (whole === written.length || whole === written.length + 2)
    const span = inside ? spanInside(node, 0, written.length) : node.span
    this.#report({
      code: 'method-case',
      span: node.span,
      message: `method ${quote(written)} is read as ${quote(method)}; methods are upper case, and the reference grants nothing here`,
      help: `write ${method}`,
      ...(inside && { fix: { title: 'write it in upper case', edits: [{ span, text: method }] } }),
    })
  }

  /** `"*" #[GET]`: whoever commented the list out may not know that all methods are granted now. */
  #warnWidened(node: ScalarNode): void {
    const { comment } = node
    if (comment === undefined) return
    const words = comment.text
      .replace(/^[\s:]*\[|\][\s.]*$/g, ' ')
      .split(/[\s,]+/)
      .filter((word) => word !== '')
    if (words.length === 0 || words.some((word) => registeredMethod(word) === undefined)) return
    this.#report({
      code: 'widened-by-comment',
      span: comment.span,
      message: `the methods in this comment do not count: ${quote(node.text)} grants ${this.#bare.join(', ')}`,
      help: `to grant these only, write \`${quoteKey(node.text)}: [${words.map((word) => registeredMethod(word) ?? word).join(', ')}]\``,
    })
  }
}

function quoteKey(pattern: string): string {
  return /^[\w./-]*$/.test(pattern) ? pattern : JSON.stringify(pattern)
}
