/**
 * A JSON parser that forgives what it is told to forgive: the base of the models of readers in other
 * languages. It works on bytes, character by character, and shares no code with `src/`.
 *
 * Objects stay lists of members in the order of the text, repeated keys included, so that a model can choose.
 */

/** How a reader departs from RFC 8259. */
export interface Habits {
  /** Bytes to text; undefined when the reader refuses them. */
  readonly decode: (bytes: Uint8Array) => string | undefined
  readonly skipsByteOrderMark?: boolean
  readonly allowsComments?: boolean
  readonly allowsTrailingText?: boolean
  readonly allowsTrailingCommas?: boolean
  /** `NaN`, `Infinity`, `-Infinity`. */
  readonly allowsNonFinite?: boolean
  readonly allowsControlsInStrings?: boolean
  readonly allowsSingleQuotes?: boolean
  readonly allowsUnquotedKeys?: boolean
  /** `True`, `NULL`. */
  readonly ignoresCaseOfLiterals?: boolean
  /** `\x41`, `\q` for q, a line end after a backslash. */
  readonly allowsOddEscapes?: boolean
  readonly loneSurrogate?: 'keep' | 'replace' | 'refuse'
  /** Strings end at U+0000, as in C. */
  readonly endsAtNul?: boolean
  /** Keys are compared as they are written, escapes and all. */
  readonly rawKeys?: boolean
  readonly maxDepth?: number
  /** White space beyond the four characters of RFC 8259. */
  readonly white?: string
  /** U+0000 between tokens is skipped. */
  readonly skipsNul?: boolean
}

export type Tree =
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: Tree])[] }
  | { readonly kind: 'array'; readonly items: readonly Tree[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'other'; readonly text: string }

class Unreadable extends Error {}

/** The tree, or undefined when even this reader refuses the bytes. */
export function parse(bytes: Uint8Array, habits: Habits): Tree | undefined {
  const decoded = habits.decode(bytes)
  if (decoded === undefined) return undefined
  const text = habits.skipsByteOrderMark === true ? decoded.replace(/^\ufeff/, '') : decoded
  try {
    const reader = new Parser(text, habits)
    return reader.document()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

class Parser {
  private at = 0
  private readonly text: string
  private readonly habits: Habits
  constructor(text: string, habits: Habits) {
    this.text = text
    this.habits = habits
  }

  document(): Tree {
    const tree = this.value(1)
    this.space()
    if (this.at < this.text.length && this.habits.allowsTrailingText !== true) throw new Unreadable()
    return tree
  }

  private peek(): string {
    return this.text[this.at] ?? ''
  }

  private space(): void {
    for (;;) {
      const character = this.peek()
      const extra = this.habits.white ?? ''
      if (character !== '' && ` \t\n\r${extra}`.includes(character)) this.at++
      else if (character === '\0' && this.habits.skipsNul === true) this.at++
      else if (this.habits.allowsComments !== true || !this.comment()) return
    }
  }

  private comment(): boolean {
    const rest = this.text.slice(this.at)
    const found = /^(?:\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest)
    if (found === null) return false
    this.at += found[0].length
    return true
  }

  private value(depth: number): Tree {
    if (depth > (this.habits.maxDepth ?? 1000)) throw new Unreadable()
    this.space()
    const character = this.peek()
    if (character === '{') return this.object(depth)
    if (character === '[') return this.array(depth)
    if (character === '"' || (character === "'" && this.habits.allowsSingleQuotes === true)) {
      return { kind: 'string', value: this.cut(this.string().value) }
    }
    return this.other()
  }

  private cut(value: string): string {
    return this.habits.endsAtNul === true ? (value.split('\0')[0] ?? '') : value
  }

  private object(depth: number): Tree {
    this.at++
    const members: (readonly [string, Tree])[] = []
    this.space()
    if (this.peek() === '}') {
      this.at++
      return { kind: 'object', members }
    }
    for (;;) {
      this.space()
      const key = this.key()
      this.space()
      if (this.peek() !== ':') throw new Unreadable()
      this.at++
      members.push([key, this.value(depth + 1)])
      if (this.ends('}')) return { kind: 'object', members }
    }
  }

  private array(depth: number): Tree {
    this.at++
    const items: Tree[] = []
    this.space()
    if (this.peek() === ']') {
      this.at++
      return { kind: 'array', items }
    }
    for (;;) {
      items.push(this.value(depth + 1))
      if (this.ends(']')) return { kind: 'array', items }
    }
  }

  /** After a member or item: true at the end, false where another one follows. */
  private ends(close: string): boolean {
    this.space()
    if (this.peek() === ',') {
      this.at++
      this.space()
      if (this.habits.allowsTrailingCommas !== true || this.peek() !== close) return false
    }
    if (this.peek() !== close) throw new Unreadable()
    this.at++
    return true
  }

  private key(): string {
    if (this.peek() === '"' || (this.peek() === "'" && this.habits.allowsSingleQuotes === true)) {
      const { value, raw } = this.string()
      return this.cut(this.habits.rawKeys === true ? raw : value)
    }
    const bare = /^[A-Za-z_$][\w$]*/.exec(this.text.slice(this.at))?.[0]
    if (bare === undefined || this.habits.allowsUnquotedKeys !== true) throw new Unreadable()
    this.at += bare.length
    return bare
  }

  private string(): { readonly value: string; readonly raw: string } {
    const quote = this.peek()
    const start = ++this.at
    let value = ''
    for (;;) {
      const character = this.peek()
      if (character === '') throw new Unreadable()
      if (character === quote) break
      if (character === '\\') value += this.escape()
      else {
        if (character < ' ' && this.habits.allowsControlsInStrings !== true) throw new Unreadable()
        value += character
        this.at++
      }
    }
    const raw = this.text.slice(start, this.at)
    this.at++
    const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
    const how = this.habits.loneSurrogate ?? 'keep'
    if (how === 'refuse' && lone.test(value)) throw new Unreadable()
    return { value: how === 'replace' ? value.replace(lone, '\ufffd') : value, raw }
  }

  private escape(): string {
    this.at++
    const letter = this.peek()
    this.at++
    if (letter === 'u') {
      const digits = this.text.slice(this.at, this.at + 4)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Unreadable()
      this.at += 4
      return String.fromCharCode(parseInt(digits, 16))
    }
    const known: Readonly<Record<string, string>> = {
      '"': '"',
      '\\': '\\',
      '/': '/',
      b: '\b',
      f: '\f',
      n: '\n',
      r: '\r',
      t: '\t',
    }
    const plain = known[letter]
    if (plain !== undefined) return plain
    if (this.habits.allowsOddEscapes !== true || letter === '') throw new Unreadable()
    if (letter === 'x') {
      const digits = this.text.slice(this.at, this.at + 2)
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) throw new Unreadable()
      this.at += 2
      return String.fromCharCode(parseInt(digits, 16))
    }
    return letter === '\n' ? '' : letter
  }

  private other(): Tree {
    const rest = this.text.slice(this.at)
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(rest)?.[0]
    const literal = (
      this.habits.ignoresCaseOfLiterals === true ? /^(?:true|false|null)/i : /^(?:true|false|null)/
    ).exec(rest)?.[0]
    const nonFinite = this.habits.allowsNonFinite === true ? /^-?(?:NaN|Infinity)/.exec(rest)?.[0] : undefined
    const found = nonFinite ?? literal ?? number
    if (found === undefined || found === '') throw new Unreadable()
    this.at += found.length
    return { kind: 'other', text: found }
  }
}
