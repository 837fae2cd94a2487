/**
 * Applies the fixes of findings, and proves each time that they do what they say.
 *
 * Fixes are edits of characters, so everything outside of them stays as it is: comments, quotes, order, line
 * ends, the byte order mark. In each pass those that do not overlap are applied in the order of the text, and
 * the result is read anew; `verify.ts` says whether it may stay. A set that fails is taken apart by halves,
 * until the fix that spoils it is found and left out. Safe fixes go first, alone; those that change decisions
 * only when they are asked for and no safe one is left.
 *
 * Bounded by the number of passes and of readings, and by one clock for all of them. Rejected: printing the tree anew (it loses what the
 * writer has laid out), and trusting the rules (a rule that errs would change who may do what, unseen).
 */
import { processorTime } from '../../automaton/processor-time.ts'
import type { Diagnostic, Fix } from '../../diagnostic/diagnostic.ts'
import { applyEdits } from '../../diagnostic/edits.ts'
import { readPolicy, type ReadPolicy } from '../../load.ts'
import { type CheckedLintOptions, checkLintOptions } from '../check-options.ts'
import { CODES } from '../codes.ts'
import { type LintOptions, lintRead, type LintResult } from '../lint.ts'
import { disjoint, editsOf, type Fixable, shift, withLineEnds } from './edits.ts'
import { mayBeEdited, verify } from './verify.ts'

export interface FixOptions extends LintOptions {
  /** Also fixes that change decisions of the policy. Default: false. */
  readonly unsafe?: boolean | undefined
}

export interface FixResult extends LintResult {
  /** The text with the fixes; `diagnostics` are about it. */
  readonly text: string
  /** How many findings were fixed. */
  readonly fixed: number
  /** Fixes that were left out because they would not do what they say. */
  readonly refused: readonly RefusedFix[]
}

export interface RefusedFix {
  readonly code: string
  /** As one clause. */
  readonly reason: string
}

const PASSES = 10
/** Readings of one text, fewer of a long one; what is not fixed by then stays a finding. */
const READINGS = { most: 64, least: 8, characters: 64_000_000 }
/** For all passes and proofs of one text together, of processor time. */
const MILLISECONDS = 20_000

/**
 * Fixes what can be fixed in a document. Every decision of the policy stays as it is, proved each time,
 * unless `unsafe` is set; of a document with errors only errors are fixed. Fixing twice changes nothing more.
 *
 * Never throws on content; throws `TypeError` for options that are not what they should be.
 */
export function fix(text: string, options: FixOptions = {}): FixResult {
  const { unsafe = false, ...rest } = options
  return new Fixer(text, checkLintOptions(rest)).run(unsafe)
}

class Fixer {
  readonly #options: CheckedLintOptions
  #read: ReadPolicy
  #text: string
  #readings: number
  readonly #deadline = processorTime() + MILLISECONDS
  #fixed = 0
  /** The places of the text at which a fix has been refused. */
  #refusedAt: { readonly code: string; readonly start: number }[] = []
  readonly #refused: RefusedFix[] = []

  constructor(text: string, options: CheckedLintOptions) {
    this.#options = options
    this.#text = text
    this.#read = readPolicy(text, options.parse)
    const affordable = Math.floor(READINGS.characters / Math.max(text.length, 1))
    this.#readings = Math.max(READINGS.least, Math.min(READINGS.most, affordable))
  }

  run(unsafe: boolean): FixResult {
    let result = lintRead(this.#read, this.#options)
    for (let pass = 0; pass < PASSES && mayBeEdited(this.#read) && this.#left() > 0; pass++) {
      const all = this.#fixable(result.diagnostics)
      const isUnsafe = ({ fix }: Fixable): boolean => fix.unsafe === true
      // What is unsafe is applied in its own pass, so that safe fixes are proved alone.
      const changed =
        this.#pass(disjoint(all.filter((one) => !isUnsafe(one)))) ||
        (unsafe && this.#pass(disjoint(all.filter(isUnsafe))))
      if (!changed) break
      result = lintRead(this.#read, this.#options)
    }
    return { ...result, text: this.#text, fixed: this.#fixed, refused: this.#refused }
  }

  /** Of a document with errors only errors are fixed: of its other findings nothing could be proved. */
  #fixable(diagnostics: readonly Diagnostic<string>[]): Fixable[] {
    return diagnostics.flatMap((found) => {
      if (found.fix === undefined) return []
      if (this.#read.data === null && CODES.get(found.code)?.fatal !== true) return []
      if (this.#refusedAt.some(({ code, start }) => code === found.code && start === found.span.start))
        return []
      const fix: Fix = { ...found.fix, edits: withLineEnds(found.fix.edits, this.#text) }
      return [{ code: found.code, start: found.span.start, fix }]
    })
  }

  #pass(fixes: readonly Fixable[]): boolean {
    const accepted: Fixable[] = []
    let accepting: ReadPolicy | undefined
    const add = (group: readonly Fixable[]): void => {
      if (group.length === 0 || this.#readings === 0) return
      if (this.#left() === 0) {
        this.#refuse(group.slice(0, 1), 'the time for fixes of this document is used up')
        this.#readings = 0
        return
      }
      this.#readings -= 1
      const edited = applyEdits(this.#text, editsOf([...accepted, ...group]))
      const safe = group.every(({ fix }) => fix.unsafe !== true)
      const verdict = verify(this.#read, edited, safe, this.#options.parse, this.#left())
      if (typeof verdict !== 'string') {
        accepted.push(...group)
        accepting = verdict
      } else if (group.length > 1) {
        add(group.slice(0, group.length / 2))
        add(group.slice(group.length / 2))
      } else if (accepted.length === 0) this.#refuse(group, verdict)
      // One that fails beside others may be good alone: the next pass will see.
    }
    add(fixes)
    if (accepting === undefined) return false
    const edits = editsOf(accepted)
    this.#refusedAt = this.#refusedAt.map((at) => ({ ...at, start: shift(at.start, edits) }))
    this.#text = applyEdits(this.#text, edits)
    this.#read = accepting
    this.#fixed += accepted.length
    return true
  }

  /** Milliseconds. */
  #left(): number {
    return Math.max(0, this.#deadline - processorTime())
  }

  #refuse(fixes: readonly Fixable[], reason: string): void {
    for (const { code, start } of fixes) {
      this.#refusedAt.push({ code, start })
      this.#refused.push({ code, reason })
    }
  }
}
