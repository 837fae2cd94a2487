/**
 * Edits of YAML and JSON text that add, replace and delete single entries, and leave every other byte as it is:
 * comments, quoting, indentation, line ends.
 */
import type { Edit } from '../../diagnostic/diagnostic.ts'
import type { LocatedEntry, LocatedList, LocatedMap, LocatedNode } from '../../yaml/located.ts'
import { yamlText } from '../../yaml/yaml-text.ts'
import type { Span } from '../../source/span.ts'

/** What is written: strings, lists and objects of them. */
export type Written = string | readonly Written[] | { readonly [key: string]: Written }

export class Editor {
  readonly edits: Edit[] = []
  readonly #text: string
  readonly #lineEnd: string
  /** One step of indentation: that of the first indented line. */
  readonly #unit: string

  constructor(text: string) {
    this.#text = text
    this.#lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n'
    this.#unit = /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1] ?? '  '
  }

  /** A new entry of a mapping before one that is there, above the comment lines that belong to that. */
  insertBefore(entry: LocatedEntry, flow: boolean, key: string, value: Written): void {
    const { start } = entry.keySpan
    const indent = this.#indentAt(start)
    if (flow) {
      const colon = this.#between(entry.keySpan, entry.value.span)
      const gap = indent === undefined ? gapIn(colon) : `${this.#lineEnd}${indent}`
      this.#insert(start, `${JSON.stringify(key)}${colon}${this.#json(value, indent, colon)},${gap}`)
      return
    }
    const column = ' '.repeat(this.#columnOf(start))
    const lines = [`${yamlText(key)}:`, ...this.#block(value)].join(`${this.#lineEnd}${column}`)
    // After a dash there is no line to itself.
    if (indent === undefined) this.#insert(start, `${lines}${this.#lineEnd}${column}`)
    else this.#insert(this.#aboveComments(start), `${column}${lines}${this.#lineEnd}`)
  }

  /** Entries of a mapping that has none, `{}`. */
  fill(map: LocatedMap, entries: readonly (readonly [key: string, value: string])[]): void {
    const texts = entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    this.#insert(map.span.start + 1, texts.join(', '))
  }

  /** A new entry at the end of a mapping that has some. */
  append(map: LocatedMap, key: string, value: string): void {
    const last = map.entries.at(-1)
    if (last === undefined) return
    if (map.flow) {
      const indent = this.#indentAt(last.keySpan.start)
      const colon = this.#between(last.keySpan, last.value.span)
      const gap = indent === undefined ? gapIn(colon) : `${this.#lineEnd}${indent}`
      this.#insert(last.value.span.end, `,${gap}${JSON.stringify(key)}${colon}${JSON.stringify(value)}`)
    } else {
      const column = ' '.repeat(this.#columnOf(last.keySpan.start))
      const at = this.#endOfLine(last.value.span.end)
      this.#insert(at, `${this.#lineEnd}${column}${yamlText(key)}: ${yamlText(value)}`)
    }
  }

  /**
   * Deletes the items that do not stay, and adds others: first in the place of those, then at the end. False, and
   * nothing is changed, where comments between brackets would be lost.
   */
  changeList(list: LocatedList, keep: readonly boolean[], add: readonly Written[]): boolean {
    if (list.flow) return this.#changeFlow(list, keep, add)
    const left = [...add]
    for (const [index, item] of list.items.entries()) {
      if (keep[index] !== false) continue
      const replacement = left.shift()
      if (replacement === undefined) this.#deleteLines(item)
      else this.#replace(item.span, this.#blockItem(item, replacement))
    }
    const last = list.items.at(-1)
    if (last === undefined || left.length === 0) return true
    const column = ' '.repeat(this.#columnOf(this.#dashOf(last)))
    const texts = left.map((value) => `${this.#lineEnd}${column}- ${this.#blockItem(last, value)}`)
    this.#insert(this.#endOfLine(last.span.end), texts.join(''))
    return true
  }

  #changeFlow(list: LocatedList, keep: readonly boolean[], add: readonly Written[]): boolean {
    const { items, span } = list
    const first = items[0]?.span ?? { start: span.end - 1, end: span.end - 1 }
    const last = items.at(-1)?.span ?? first
    const lead = this.#text.slice(span.start + 1, first.start)
    const tail = this.#text.slice(last.end, span.end - 1)
    const gaps = items
      .slice(1)
      .map((item, index) => this.#between((items[index] as LocatedNode).span, item.span))
    if ([lead, tail, ...gaps].some((gap) => gap.includes('#'))) return false
    const indent = this.#indentAt(first.start)
    const colon = /"[ \t]*(:[ \t]*)/.exec(this.#text.slice(first.start, first.end))?.[1] ?? ': '
    const left = [...add]
    const texts = items.flatMap((item, index) => {
      if (keep[index] !== false) return [this.#text.slice(item.span.start, item.span.end)]
      const replacement = left.shift()
      return replacement === undefined ? [] : [this.#json(replacement, indent, colon)]
    })
    texts.push(...left.map((value) => this.#json(value, indent, colon)))
    const gap = gaps[0] ?? (indent === undefined ? `,${gapIn(colon)}` : `,${this.#lineEnd}${indent}`)
    this.#replace(span, `[${lead}${texts.join(gap)}${tail}]`)
    return true
  }

  #blockItem(place: LocatedNode, value: Written): string {
    const column = ' '.repeat(this.#columnOf(this.#dashOf(place)) + 2)
    return this.#block(value).join(`${this.#lineEnd}${column}`)
  }

  #deleteLines({ span }: LocatedNode): void {
    const start = this.#startOfLine(this.#text.lastIndexOf('-', span.start - 1))
    const end = this.#endOfLine(span.end)
    const lineEnd = /^\r?\n/.exec(this.#text.slice(end, end + 2))?.[0].length ?? 0
    this.#replace({ start, end: end + lineEnd }, '')
  }

  /** Lines of a block value, without the indentation of what it belongs to. */
  #block(value: Written): readonly string[] {
    if (typeof value === 'string') return [yamlText(value)]
    if (isList(value)) {
      return value.flatMap((item) =>
        this.#block(item).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)),
      )
    }
    return Object.entries(value).map(([key, scopes]) => {
      const items = isList(scopes)
        ? scopes.map((scope) => yamlText(typeof scope === 'string' ? scope : JSON.stringify(scope)))
        : []
      return `${yamlText(key)}: [${items.join(', ')}]`
    })
  }

  /** On one line, unless `indent` is that of lines around it. */
  #json(value: Written, indent: string | undefined, colon: string): string {
    if (indent !== undefined) {
      return JSON.stringify(value, null, this.#unit).replaceAll('\n', `${this.#lineEnd}${indent}`)
    }
    if (typeof value === 'string') return JSON.stringify(value)
    const comma = `,${gapIn(colon)}`
    if (isList(value)) return `[${value.map((item) => this.#json(item, indent, colon)).join(comma)}]`
    const entries = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}${colon}${this.#json(item, indent, colon)}`,
    )
    return `{${entries.join(comma)}}`
  }

  /** The white space before a place that is the first of its line. */
  #indentAt(at: number): string | undefined {
    const before = this.#text.slice(this.#startOfLine(at), at)
    return this.#startOfLine(at) > 0 && /^[ \t]*$/.test(before) ? before : undefined
  }

  #between(before: Span, after: Span): string {
    return this.#text.slice(before.end, after.start)
  }

  #aboveComments(at: number): number {
    let top = this.#startOfLine(at)
    while (top > 0) {
      const previous = this.#startOfLine(top - 1)
      if (!/^[ \t]*#/.test(this.#text.slice(previous, top))) break
      top = previous
    }
    return top
  }

  #dashOf({ span }: LocatedNode): number {
    return this.#text.lastIndexOf('-', span.start - 1)
  }

  #columnOf(at: number): number {
    return at - this.#startOfLine(at)
  }

  #startOfLine(at: number): number {
    return this.#text.lastIndexOf('\n', at - 1) + 1
  }

  /** Before the line end. */
  #endOfLine(at: number): number {
    const end = this.#text.indexOf('\n', at)
    if (end < 0) return this.#text.length
    return this.#text.charAt(end - 1) === '\r' ? end - 1 : end
  }

  #insert(at: number, text: string): void {
    this.#replace({ start: at, end: at }, text)
  }

  #replace(span: Span, text: string): void {
    this.edits.push({ span, text })
  }
}

/** The white space that goes with a colon, and so with a comma. */
function gapIn(colon: string): string {
  return /[ \t]+$/.exec(colon)?.[0] ?? ''
}

function isList(value: Written): value is readonly Written[] {
  return Array.isArray(value)
}
