/**
 * The automaton of all paths that the path rules accept, in the text form in which `segment` patterns see
 * them: `%` and two upper-case hex digits for every kept escape.
 *
 * Idea: a deterministic automaton whose state says what the rest of the path depends on: the segment so
 * far, as long as it may become a dot segment; the escape so far; the bytes that a character of UTF-8
 * still needs; and whether `%25`, or `%25` and a hex digit, is right before (what follows may be double encoding).
 * States are made as they are reached, some sixty in all. Which characters and escapes are refused is
 * asked of the reader of paths itself.
 *
 * Not known here: extensions, whose paths are accepted and then shortened. A pattern that only they make
 * unreachable is found by its text or not at all.
 */
import { canonicalise, ESCAPE_BASE } from '../pattern/canonical.ts'
import { type CharSet, single, union } from '../pattern/charset.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Arc, Nfa, NfaState } from './nfa.ts'

interface State {
  /** `''`, `.` and `..` as they are; `name` for any other beginning of a segment. */
  readonly segment: '' | '.' | '..' | 'name'
  /** `''`, `%`, or `%` and a hex digit. */
  readonly escape: string
  /** The range of the next byte of a character, and how many continuation bytes follow it. */
  readonly next: readonly [first: number, last: number, more: number] | null
  /** Characters since a `%25`, the hex digits after it counted from 1; 0 when there is none. */
  readonly percent: 0 | 1 | 2
}

const NAME: State = { segment: 'name', escape: '', next: null, percent: 0 }
const START: State = { ...NAME, segment: '' }

/** RFC 3629 §4: leading bytes with the range of their second byte and the number of bytes after it. */
const LEADS: readonly (readonly [from: number, to: number, next: NonNullable<State['next']>])[] = [
  [0xc2, 0xdf, [0x80, 0xbf, 0]],
  [0xe0, 0xe0, [0xa0, 0xbf, 1]],
  [0xe1, 0xec, [0x80, 0xbf, 1]],
  [0xed, 0xed, [0x80, 0x9f, 1]],
  [0xee, 0xef, [0x80, 0xbf, 1]],
  [0xf0, 0xf0, [0x90, 0xbf, 2]],
  [0xf1, 0xf3, [0x80, 0xbf, 2]],
  [0xf4, 0xf4, [0x80, 0x8f, 2]],
]

const ENCODED_DELIMITERS = ['%3B', '%3F', '%23']
const HEX = '0123456789ABCDEF'.split('')
const PRINTABLE = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index))

export function acceptedPaths(rules: PathRules): Nfa {
  const slashMayEnd = rules.trailingSlash === 'strict' || rules.extensions.length > 0
  const states: State[] = []
  const ids = new Map<string, number>()
  const idOf = (state: State): number => {
    const key = JSON.stringify(state)
    const known = ids.get(key) ?? states.push(state) - 1
    ids.set(key, known)
    return known
  }
  idOf(START)
  const automaton: NfaState[] = []
  for (let state = states[0]; state !== undefined; state = states[automaton.length]) {
    const targets = new Map<number, CharSet>()
    for (const char of PRINTABLE) {
      const next = step(state, char, rules)
      if (next === null || isDead(next, rules)) continue
      const id = idOf(next)
      targets.set(id, union(targets.get(id) ?? [], single(char.charCodeAt(0))))
    }
    const arcs = [...targets].map(([to, set]): Arc => ({ set, to }))
    const { segment, escape, next } = state
    const whole = escape === '' && next === null
    automaton.push({ arcs, accepting: whole && (segment === 'name' || (segment === '' && slashMayEnd)) })
  }
  return automaton
}

/** The state after `char`, or null when no accepted path goes on so. */
function step(state: State, char: string, rules: PathRules): State | null {
  const { escape, next } = state
  if (escape === '%') return HEX.includes(char) ? { ...state, escape: `%${char}` } : null
  if (escape !== '') return HEX.includes(char) ? stepByte(state, `${escape}${char}`, rules) : null
  if (char === '%') {
    // Whatever its byte is, an escape ends what could become a dot segment, unless data can be a delimiter.
    const data = rules.encodedSlash === 'data' || rules.delimiters === 'data'
    return { segment: data ? state.segment : 'name', escape: '%', next, percent: 0 }
  }
  return next === null ? stepCharacter(state, char, rules) : null
}

function stepCharacter({ segment, percent }: State, char: string, rules: PathRules): State | null {
  if (char === '?' || canonicalise(char, rules).refusal !== undefined) return null
  if (char === '/') return segment === 'name' ? START : null
  if (char === ';' && isDotted(segment)) return null
  if (char === '.') return { ...START, segment: segment === '' ? '.' : segment === '.' ? '..' : 'name' }
  if (percent === 1 && (char === 'u' || char === 'U')) return null
  const isHex = percent > 0 && /[0-9A-Fa-f]/.test(char)
  if (isHex && percent === 2) return null
  return isHex ? { ...NAME, percent: 2 } : NAME
}

function stepByte({ segment, next }: State, escape: string, rules: PathRules): State | null {
  const byte = Number.parseInt(escape.slice(1), 16)
  if (next !== null) {
    const [first, last, more] = next
    if (byte < first || byte > last) return null
    return { ...NAME, next: more === 0 ? null : [0x80, 0xbf, more - 1] }
  }
  const lead = LEADS.find(([from, to]) => byte >= from && byte <= to)
  if (lead !== undefined) return { ...NAME, next: lead[2] }
  const { text, refusal } = canonicalise(escape, rules)
  // An unreserved character does not stay an escape.
  if (refusal !== undefined || text.charCodeAt(0) < ESCAPE_BASE) return null
  if (escape === '%2F' && rules.encodedSlash !== 'opaque') return segment === 'name' ? START : null
  if (ENCODED_DELIMITERS.includes(escape) && isDotted(segment)) return null
  return escape === '%25' ? { ...NAME, percent: 1 } : NAME
}

function isDotted(segment: State['segment']): boolean {
  return segment === '.' || segment === '..'
}

/** Whether no second hex digit makes an escape of the first. */
function isDead(state: State, rules: PathRules): boolean {
  return state.escape.length === 2 && HEX.every((char) => step(state, char, rules) === null)
}
