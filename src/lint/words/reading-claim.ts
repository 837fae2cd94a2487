/**
 * Whether an English label promises that nothing is changed: `Read your invoices`, `Allows the app to view
 * your profile`, `Read-only access to your files`; but not `Read and write`, `View and manage`.
 *
 * A reading verb counts where a verb is expected: at the start of the label or of a clause, or after words such
 * as `to` and `and`; `read-only` counts everywhere. One word that announces a change takes the promise away,
 * even where it is a noun (`Read your post`): to miss a contradiction is better than to find one that is
 * none. Cost: linear in the label.
 */
import type { RuleSettings } from '../settings.ts'
import {
  gerunds,
  READING_VERBS,
  thirdPerson,
  WRITING_NOUNS,
  WRITING_VERBS,
  WRITING_WORDS,
} from '../../language/verbs.ts'

/** The words that promise, by their place in the label. */
export interface ReadingClaim {
  readonly start: number
  readonly end: number
}

/** Forms of verbs, in lower case. */
export interface ClaimWords {
  readonly reading: ReadonlySet<string>
  readonly writing: ReadonlySet<string>
  readonly writingNouns: ReadonlySet<string>
  /** `updates` is a change in a label that says `reads`, and a noun in one that says `read`. */
  readonly writingThird: ReadonlySet<string>
}

export function claimWords({
  readingWords,
  writingWords,
}: Pick<RuleSettings, 'readingWords' | 'writingWords'>): ClaimWords {
  const reading = [...READING_VERBS, ...readingWords.map(folded)]
  const writing = [...WRITING_VERBS, ...writingWords.map(folded)]
  return {
    reading: new Set(reading.flatMap((verb) => [verb, thirdPerson(verb), ...gerunds(verb)])),
    writing: new Set([...WRITING_WORDS, ...writing.flatMap((verb) => [verb, ...gerunds(verb)])]),
    writingNouns: new Set(WRITING_NOUNS),
    writingThird: new Set([...writing, ...WRITING_NOUNS].map(thirdPerson)),
  }
}

/** A verb follows these words. */
const BEFORE_VERB: ReadonlySet<string> = new Set(
  'to and or can may could might will would app application client it they you we'.split(' '),
)
/** Between those words and the verb. */
const ADVERBS: ReadonlySet<string> = new Set('only just also then please fully'.split(' '))

const READ_ONLY = /\b(?:read|view)[-\u2010-\u2013\u2212 ]?only\b|\bonly (?:read|view)\b/i
const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Words that announce a change elsewhere: `Make any read-only request`, `Grant read-only access`, `Sign you in`. */
const FRAMES: readonly (readonly [frame: RegExp, word: string])[] = [
  [READ_ONLY, 'make'],
  [READ_ONLY, 'grant'],
  [/\bsign(?: (?:you|users|people))? in\b/i, 'sign'],
]
const BETWEEN_CLAUSES = /[.:;,!?(/&+\u2022\u2013\u2014\n]/

export function readingClaim(label: string, words: ClaimWords): ReadingClaim | undefined {
  const readOnly = READ_ONLY.exec(label)
  const framing = FRAMES.flatMap(([frame, word]) => (frame.test(label) ? [word] : []))
  let claim: ReadingClaim | undefined
  let thirdPersonClaim = false
  let thirdPersonChange = false
  let verbExpected = true
  let end = 0
  for (const match of label.matchAll(WORD)) {
    const word = folded(match[0])
    if (BETWEEN_CLAUSES.test(label.slice(end, match.index))) verbExpected = true
    end = match.index + match[0].length
    const announces = words.writing.has(word) || (verbExpected && words.writingNouns.has(word))
    if (announces && !framing.includes(word)) return undefined
    thirdPersonChange ||= words.writingThird.has(word)
    if (claim === undefined && verbExpected && words.reading.has(word)) {
      claim = { start: match.index, end }
      thirdPersonClaim = word.endsWith('s')
    }
    verbExpected = BEFORE_VERB.has(word) || (verbExpected && ADVERBS.has(word))
  }
  if (thirdPersonClaim && thirdPersonChange) return undefined
  if (readOnly === null) return claim
  return { start: readOnly.index, end: readOnly.index + readOnly[0].length }
}

function folded(word: string): string {
  return word.toLowerCase()
}
