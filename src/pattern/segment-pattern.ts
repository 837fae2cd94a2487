/**
 * The `segment` dialect: what picomatch takes a pattern to mean, as an {@link Expression}.
 *
 * Idea: picomatch's own parser writes the pattern as the source of a regular expression; that source,
 * never compiled, is read here into a tree from which the project builds its own automaton. So syntax
 * and meaning are picomatch's by construction, and matching is linear where a backtracking RegExp is not.
 * Options are fixed: `dot` (dot files match), `nonegate`, `noextglob`, and `nocase` as the policy says.
 *
 * picomatch writes a small set of assertions. Those that only keep dot segments away are always true
 * here, since no accepted path has one; the others become guards. What else a pattern may smuggle into
 * the source (look-around, back references, letter escapes, counted repeats) is refused as
 * {@link UnsupportedSyntax}, never guessed.
 *
 * Rejected: a separate parser for the dialect (picomatch's corner cases, such as `a/**` matching `a`,
 * `*` at a segment's start needing one character, or the optional slash at the end, would drift).
 */
import picomatch from 'picomatch'
import { ANY, type CharSet, closeUnderCase, complement, NO_SLASH, single, union } from './charset.ts'
import { character, EMPTY, type Expression, literal, NEVER } from './expression.ts'

/** The pattern has something that picomatch passes on to RegExp and scope policies do not have. */
export class UnsupportedSyntax extends Error {
  /** What the pattern does, as a clause that follows it: "contains `(?=`, which patterns do not have". */
  readonly clause: string
  constructor(clause: string) {
    super(`the pattern ${clause}`)
    this.clause = clause
  }
}

const UNPAIRED = 'has parentheses or braces that do not pair up'

/** `construct` is a part of the source; one that the pattern does not have itself would not help. */
function unsupported(pattern: string, construct: string): UnsupportedSyntax {
  return new UnsupportedSyntax(
    pattern.includes(construct) ? `contains \`${construct}\`, which patterns do not have` : UNPAIRED,
  )
}

/** The source does not compile as a RegExp; picomatch then matches nothing but the pattern's own text. */
class InvalidSource extends Error {}

const ALWAYS_TRUE = ['(?!\\.{1,2}(?:\\/|$))', '(?!(?:^|\\/)\\.{1,2}(?:\\/|$))']
const NOT_DOTS = '(?!\\.{0,1}(?:\\/|$))'
const MORE = '(?=.)'

/** A brace is text, unless it counts repeats. */
const QUANTIFIER = /[*+?]|\{\d+(?:,\d*)?\}/y

const IN_SEGMENT: Expression = Object.freeze({ kind: 'set', set: NO_SLASH })

const DIGITS: CharSet = Object.freeze([0x30, 0x39])
const WORD: CharSet = Object.freeze([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a])
const SPACE: CharSet = Object.freeze([
  9, 13, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
  0x3000, 0x3000, 0xfeff, 0xfeff,
])
/** Letters that mean something after a backslash: classes, and what picomatch writes for `[:space:]`. */
const LETTERS: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: Object.freeze(complement(DIGITS)),
  w: WORD,
  W: Object.freeze(complement(WORD)),
  s: SPACE,
  S: Object.freeze(complement(SPACE)),
  t: Object.freeze(single(9)),
  n: Object.freeze(single(10)),
  v: Object.freeze(single(11)),
  f: Object.freeze(single(12)),
  r: Object.freeze(single(13)),
}

/**
 * Reads a pattern of the `segment` dialect. Throws {@link UnsupportedSyntax} for what the dialect does
 * not have; a pattern that picomatch cannot compile matches only its own text, as there.
 */
export function readSegmentPattern(pattern: string, caseSensitive: boolean): Expression {
  // picomatch compares path and pattern as plain text first, and never matches the empty path.
  const meaning = readSource(sourceOf(pattern), pattern, caseSensitive)
  const either: Expression = { kind: 'choice', items: [literal(pattern), meaning] }
  return { kind: 'sequence', items: [{ kind: 'guard', guard: 'more' }, either] }
}

/**
 * With its third argument picomatch returns the source text instead of a RegExp; its types do not say so.
 * `nocase` would be a flag of the RegExp: the source is the same.
 */
function sourceOf(pattern: string): string {
  const options = { dot: true, nonegate: true, noextglob: true, windows: false }
  return picomatch.makeRe(pattern, options, true) as unknown as string
}

/**
 * Reads the source that picomatch makes of a pattern; the pattern itself is there for messages only. A
 * source that does not compile matches nothing.
 */
export function readSource(source: string, pattern: string, caseSensitive: boolean): Expression {
  try {
    return new SourceReader(source, pattern, caseSensitive).read()
  } catch (error) {
    if (error instanceof InvalidSource) return NEVER
    throw error
  }
}

/** Nesting of groups in one pattern; the reader recurses. */
const DEEPEST = 32

/** Recursive descent over the RegExp source. */
class SourceReader {
  readonly #source: string
  readonly #pattern: string
  readonly #caseSensitive: boolean
  #at = 0
  #depth = 0

  constructor(source: string, pattern: string, caseSensitive: boolean) {
    this.#source = source
    this.#pattern = pattern
    this.#caseSensitive = caseSensitive
  }

  read(): Expression {
    const expression = this.#choice()
    // picomatch puts the source into its own group, which this would close too early.
    if (this.#peek() !== '') throw new UnsupportedSyntax(UNPAIRED)
    return expression
  }

  #choice(): Expression {
    const items = [this.#sequence()]
    while (this.#take('|')) items.push(this.#sequence())
    return items.length === 1 ? (items[0] as Expression) : { kind: 'choice', items }
  }

  #sequence(): Expression {
    const items: Expression[] = []
    // At the end of the source is '', which every text includes.
    while (!'|)'.includes(this.#peek())) items.push(this.#repeated())
    return { kind: 'sequence', items: withoutRepeatedStars(items) }
  }

  #repeated(): Expression {
    const start = this.#at
    const item = this.#atom()
    const quantifier = this.#match(QUANTIFIER)
    if (quantifier === undefined) return item
    if (quantifier.startsWith('{')) throw unsupported(this.#pattern, quantifier)
    if (item === EMPTY || item.kind === 'guard') {
      throw unsupported(this.#pattern, this.#source.slice(start, this.#at))
    }
    this.#take('?') // laziness chooses among matches; it does not change whether there is one
    if (quantifier === '?') return { kind: 'choice', items: [EMPTY, item] }
    return { kind: 'repeat', item, min: quantifier === '*' ? 0 : 1 }
  }

  #atom(): Expression {
    const known = this.#assertion()
    if (known !== undefined) return known
    if (this.#take('(')) return this.#group()
    if (this.#take('[^/]')) return IN_SEGMENT
    if (this.#take('[')) return { kind: 'set', set: this.#class() }
    // Also after a quantifier: then this is where the next atom would begin.
    if (this.#match(QUANTIFIER) !== undefined) throw new InvalidSource()
    const char = this.#next()
    if (char === '.') return { kind: 'set', set: ANY }
    if (char === '^') return { kind: 'guard', guard: 'start' }
    if (char === '$') return { kind: 'guard', guard: 'end' }
    if (char === '\\') {
      const set = this.#fold(this.#escape())
      return isSingle(set) ? character(set[0] as number) : { kind: 'set', set }
    }
    return this.#character(char)
  }

  #character(char: string): Expression {
    if (this.#caseSensitive || !/[A-Za-z]/.test(char)) return character(char.charCodeAt(0))
    return { kind: 'set', set: this.#fold(single(char.charCodeAt(0))) }
  }

  /** EMPTY for one that is always true: only assertions are EMPTY itself, and they may not be repeated. */
  #assertion(): Expression | undefined {
    for (const text of ALWAYS_TRUE) if (this.#take(text)) return EMPTY
    if (this.#take(NOT_DOTS)) return { kind: 'guard', guard: 'not-dots' }
    if (this.#take(MORE)) return { kind: 'guard', guard: 'more' }
    return undefined
  }

  /** What follows a parenthesis. */
  #group(): Expression {
    if (this.#peek() === '?' && !this.#take('?:')) {
      throw unsupported(this.#pattern, this.#source.slice(this.#at - 1, this.#at + 2))
    }
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new UnsupportedSyntax(`nests groups deeper than ${DEEPEST}`)
    const inner = this.#choice()
    this.#depth -= 1
    if (!this.#take(')')) throw new InvalidSource()
    return { kind: 'sequence', items: [inner] }
  }

  /** What follows a bracket. */
  #class(): CharSet {
    const negated = this.#take('^')
    const sets: CharSet[] = []
    while (!this.#take(']')) {
      const first = this.#classAtom()
      // A hyphen before the bracket is a hyphen.
      sets.push(this.#match(/-(?!\])/y) === undefined ? first : this.#range(first))
    }
    const set = this.#fold(union(...sets))
    return negated ? complement(set) : set
  }

  /** What follows the hyphen of a range. */
  #range(first: CharSet): CharSet {
    const last = this.#classAtom()
    // A class as the end of a range makes the hyphen a hyphen.
    if (!isSingle(first) || !isSingle(last)) return union(first, single(0x2d), last)
    const range = [first[0] as number, last[0] as number] as const
    if (range[0] > range[1]) throw new InvalidSource()
    return range
  }

  #classAtom(): CharSet {
    const char = this.#next()
    return char === '\\' ? this.#escape() : single(char.charCodeAt(0))
  }

  /** What follows a backslash. */
  #escape(): CharSet {
    const hex = this.#match(/x[0-9A-Fa-f]{2}/y)
    if (hex !== undefined) return single(Number(`0${hex}`))
    const char = this.#next()
    const known = LETTERS[char]
    if (known !== undefined) return known
    if (/[A-Za-z0-9]/.test(char)) throw unsupported(this.#pattern, `\\${char}`)
    return single(char.charCodeAt(0))
  }

  #fold(set: CharSet): CharSet {
    return this.#caseSensitive ? set : closeUnderCase(set)
  }

  /** The next character, '' at the end. */
  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  /** Takes the next character, which a source that compiles has. */
  #next(): string {
    const char = this.#peek()
    if (char === '') throw new InvalidSource()
    this.#at += 1
    return char
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  /** Takes what a sticky expression finds here. */
  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#source)
    if (found === null) return undefined
    this.#at = sticky.lastIndex
    return found[0]
  }
}

function isSingle(set: CharSet): boolean {
  return set.length === 2 && set[0] === set[1]
}

/**
 * Stars next to each other are one star: `[^/]*[^/]*` is `[^/]*`. Left alone, a thousand of them would be
 * a million arcs.
 */
function withoutRepeatedStars(items: readonly Expression[]): readonly Expression[] {
  const flat = items.flatMap((item) => (item.kind === 'sequence' ? item.items : [item]))
  return flat.filter((item, index) => {
    const set = starredSet(item)
    return set === undefined || set !== starredSet(flat[index - 1])
  })
}

/** Of `set*` the set. */
function starredSet(item: Expression | undefined): CharSet | undefined {
  return item?.kind === 'repeat' && item.min === 0 && item.item.kind === 'set' ? item.item.set : undefined
}
