/**
 * Reads a document again after an edit, at the cost of the entries of the outermost mapping that changed.
 *
 * Idea: an entry that is ordinary (plain-tree.ts) by itself is read the same wherever it is in a document, and
 * has no effect on how anything else is read. So each such entry is read once and cached by its text, and in
 * the document each run of them is replaced by a stand-in: an entry as short as can be. What is left (the
 * head of the document, entries with an error or an anchor, the entry after each of them) is read as every
 * document is; then the cached entries take the places of the stand-ins.
 *
 * Nothing is decided here about where an entry ends. The text is cut wherever a line begins like a key; where
 * that was wrong (in a block scalar, in brackets, in a quote that nothing closes, after `---`), a stand-in is
 * not read as the entry that it is, or a finding touches it, and the whole document is read instead.
 *
 * Cost: a pass over the text, one over the trees of the entries that moved, and the reading of what is left.
 *
 * Rejected: moving tokens or nodes of the `yaml` package (its parser cannot begin in the middle), and using the
 * edits that an editor sends (the text alone suffices, and cannot get out of step with the cache).
 */
import { ofSpans } from '../diagnostic/edits.ts'
import type { Finding, Report } from '../diagnostic/report.ts'
import type { Limits } from '../language/limits.ts'
import { lastUpTo } from '../source/last-up-to.ts'
import type { Span } from '../source/span.ts'
import type { Entry, MapNode, Node, ScalarNode } from './node.ts'
import { moveFinding, type ParsedDocument, parseDocument } from './parse.ts'
import { readPlainTree } from './plain-tree.ts'
import { bail, NOT_FAST_PATH } from './plain-tokens.ts'
import { quoteStars } from './unquoted-star.ts'

/** Begins the key of a stand-in: a character for private use. A document that has it is read as a whole. */
const STAND_IN = '\ue000'

function standIn(index: number): string {
  return `${STAND_IN}${String(index).padStart(7, '0')}: x\n`
}

const STAND_IN_LENGTH = standIn(0).length

/** Part of the text that begins like an entry. */
interface Part {
  readonly text: string
  /** Null when it is to be read in its document. */
  readonly ordinary: Ordinary | null
}

/** An entry with its places in a text in which it begins at `at`. */
interface Ordinary {
  readonly entry: Entry
  readonly at: number
  /** Where a mapping ends whose last entry it is. */
  readonly end: number
}

/** Ordinary entries one after another, for which there is one stand-in. */
interface Run {
  readonly parts: readonly Part[]
  readonly length: number
  /** Where the stand-in begins in the reduced text. */
  readonly start: number
  /** What to add to places of the reduced text up to the stand-in, and after it. */
  readonly before: number
  readonly after: number
}

export class IncrementalParser {
  /** The parts of the last text; null where one is not ordinary. */
  #known = new Map<string, Ordinary | null>()
  #depth = 0

  /** Gives what `parseDocument` gives, whatever was read before. */
  readonly parse = (text: string, limits: Limits, report: Report): ParsedDocument => {
    // Where tokens may have to be counted, stand-ins would change the count.
    const canBeReduced = text.length * 4 < limits.tokens && !text.includes(STAND_IN)
    const { reduced, runs } = reduce(canBeReduced ? this.#partsOf(text, limits) : [])
    if (runs.length === 0) return parseDocument(text, limits, report)
    const findings: Finding[] = []
    const parsed = parseDocument(reduced, limits, (finding) => findings.push(finding))
    try {
      const restored = this.#restore(parsed, findings, runs)
      for (const finding of restored.findings) report(finding)
      return restored
    } catch (reason) {
      if (reason !== NOT_FAST_PATH) throw reason
      return parseDocument(text, limits, report)
    }
  }

  #partsOf(text: string, limits: Limits): readonly Part[] {
    const last = limits.depth === this.#depth ? this.#known : new Map<string, Ordinary | null>()
    this.#known = new Map<string, Ordinary | null>()
    this.#depth = limits.depth
    const counts = new Map<string, number>()
    const parts = split(text).map((part): Part => {
      const cached = last.get(part)
      const ordinary = cached === undefined ? readOrdinary(part, limits) : cached
      this.#known.set(part, ordinary)
      const key = ordinary?.entry.key.text ?? ''
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return { text: part, ordinary }
    })
    // Entries with the same key are read together, so that the duplicate is reported.
    return parts.map(({ text: part, ordinary }) => ({
      text: part,
      ordinary: ordinary !== null && counts.get(ordinary.entry.key.text) === 1 ? ordinary : null,
    }))
  }

  /** Puts the entries in the places of their stand-ins; bails out unless each was read as it is written. */
  #restore(
    { document, trusted, toSource }: ParsedDocument,
    findings: readonly Finding[],
    runs: readonly Run[],
  ): ParsedDocument & { readonly findings: readonly Finding[] } {
    const { root, text: read = '' } = document ?? bail()
    if (root.kind !== 'map' || read[root.span.start] === '{') bail()
    const standIns = root.entries.filter(({ key }) => key.text.startsWith(STAND_IN))
    if (standIns.length !== runs.length) bail()
    // The text that was read has quotes around stars that the reduced text does not have.
    const starts = standIns.map(({ key }) => key.span.start)
    const written = runs.map(({ start }) => start)
    for (const [index, { key, value }] of standIns.entries()) {
      const { start } = key.span
      const isIntact =
        read.startsWith(standIn(index), start) && value.span.end === start + STAND_IN_LENGTH - 1
      if (!isIntact || !trusted(key.span) || toSource(key.span).start !== written[index]) bail()
    }
    const widen = widening(runs, starts)
    const widenWritten = widening(runs, written)
    const begins = runs.map(({ before }, index) => before + (starts[index] ?? 0))
    /** The run that a place of the restored text is in, or else follows. */
    const runAt = (
      place: number,
    ): { readonly index: number; readonly inside: boolean; readonly after: number } => {
      const index = lastUpTo(begins, place)
      const { length = 0, after = 0 } = runs[index] ?? {}
      return { index, after, inside: place < (begins[index] ?? 0) + length }
    }
    return {
      findings: findings.map((finding) => moveFinding(finding, ofSpans(widenWritten))),
      document: {
        root: this.#root(root, runs, starts, widen),
        text: restoreText(read, runs, starts),
      },
      trusted: ({ start, end }) => {
        const { inside, after } = runAt(start)
        return inside || trusted({ start: start - after, end: end - after })
      },
      toSource: ofSpans((place) => {
        const { index, inside, after } = runAt(place)
        if (inside) return place - (starts[index] ?? 0) + (written[index] ?? 0)
        const span = { start: place - after, end: place - after }
        return widenWritten(toSource(span).start)
      }),
    }
  }

  #root(
    root: MapNode,
    runs: readonly Run[],
    starts: readonly number[],
    widen: (at: number) => number,
  ): MapNode {
    const entries: Entry[] = []
    const move = new Mover(widen)
    let index = 0
    let end = 0
    for (const entry of root.entries) {
      const run = runs[index]
      if (run === undefined || entry.key.span.start !== starts[index]) {
        entries.push(move.entry(entry))
        continue
      }
      let at = entry.key.span.start + run.before
      for (const { text, ordinary } of run.parts) {
        const placed = moveOrdinary(ordinary ?? bail(), at)
        this.#known.set(text, placed)
        entries.push(placed.entry)
        end = placed.end
        at += text.length
      }
      index += 1
    }
    if (new Set(entries.map(({ key }) => key.text)).size !== entries.length) bail()
    // What is last may be an entry that was left out.
    const isLast = root.span.end === (starts.at(-1) ?? 0) + STAND_IN_LENGTH - 1
    const span = { start: widen(root.span.start), end: isLast ? end : widen(root.span.end) }
    return { ...root, entries, span }
  }
}

/**
 * The text in parts; all but the first begin at a line that can be an entry's first. Of lines whose second
 * character is a space or none, the lexer of the package takes the indentation of an earlier line for theirs.
 */
function split(text: string): readonly string[] {
  const parts: string[] = []
  let from = 0
  for (let line = text.indexOf('\n') + 1; line > 0; line = text.indexOf('\n', line) + 1) {
    if (!/["'$\w]\S/.test(text.slice(line, line + 2))) continue
    parts.push(text.slice(from, line))
    from = line
  }
  parts.push(text.slice(from))
  return parts
}

/** Null when the text is anything but one ordinary entry. */
function readOrdinary(part: string, limits: Limits): Ordinary | null {
  // A copy: what is cut from a string keeps all of it in memory.
  const text = ` ${part}`.slice(1)
  if (quoteStars(text).length > 0) return null
  const { root } = readPlainTree(text, limits, () => undefined)
  const [entry, second] = root?.kind === 'map' ? root.entries : []
  if (root === null || entry?.key.span.start !== 0 || second !== undefined) return null
  return { entry, at: 0, end: root.span.end }
}

function moveOrdinary(ordinary: Ordinary, at: number): Ordinary {
  const by = at - ordinary.at
  if (by === 0) return ordinary
  const entry = new Mover((place) => place + by).entry(ordinary.entry)
  return { entry, at, end: ordinary.end + by }
}

/** The text with a stand-in for each run of ordinary entries, but for one after what is not ordinary. */
function reduce(parts: readonly Part[]): { readonly reduced: string; readonly runs: readonly Run[] } {
  const runs: Run[] = []
  let reduced = ''
  let length = 0
  let run: Part[] = []
  const endRun = (): void => {
    if (run.length === 0) return
    const all = run.reduce((sum, { text }) => sum + text.length, 0)
    const before = length - all - reduced.length
    runs.push({
      parts: run,
      length: all,
      start: reduced.length,
      before,
      after: before + all - STAND_IN_LENGTH,
    })
    reduced += standIn(runs.length - 1)
    run = []
  }
  for (const [index, part] of parts.entries()) {
    // An error may be noticed only where the next entry begins.
    if (part.ordinary !== null && parts[index - 1]?.ordinary !== null) run.push(part)
    else {
      endRun()
      reduced += part.text
    }
    length += part.text.length
  }
  endRun()
  return { reduced, runs }
}

function restoreText(read: string, runs: readonly Run[], starts: readonly number[]): string {
  let text = read.slice(0, starts[0])
  for (const [index, { parts }] of runs.entries()) {
    for (const part of parts) text += part.text
    text += read.slice((starts[index] ?? 0) + STAND_IN_LENGTH, starts[index + 1])
  }
  return text
}

/** From places of a text with stand-ins to those without; bails out at a place in a stand-in. */
function widening(runs: readonly Run[], starts: readonly number[]): (place: number) => number {
  return (place) => {
    const index = lastUpTo(starts, place)
    const { before = 0, after = 0 } = runs[index] ?? {}
    const inside = place - (starts[index] ?? 0)
    if (index < 0 || inside === 0) return place + before
    return inside < STAND_IN_LENGTH ? bail() : place + after
  }
}

/** Copies nodes with their places moved; a node that is in several places of the tree stays one node. */
class Mover {
  readonly #move: (span: Span) => Span
  readonly #moved = new Map<Node, Node>()

  constructor(move: (place: number) => number) {
    this.#move = ofSpans(move)
  }

  entry({ key, value }: Entry): Entry {
    return { key: this.#scalar(key), value: this.#node(value) }
  }

  #node(node: Node): Node {
    if (node.kind === 'scalar') return this.#scalar(node)
    const known = this.#moved.get(node)
    if (known !== undefined) return known
    const span = this.#move(node.span)
    const moved: Node =
      node.kind === 'list'
        ? { ...node, items: node.items.map((item) => this.#node(item)), span }
        : { ...node, entries: node.entries.map((entry) => this.entry(entry)), span }
    this.#moved.set(node, moved)
    return moved
  }

  #scalar(node: ScalarNode): ScalarNode {
    const { span, comment, anchored } = node
    return {
      ...node,
      span: this.#move(span),
      ...(comment && { comment: { ...comment, span: this.#move(comment.span) } }),
      ...(anchored && { anchored: this.#move(anchored) }),
    }
  }
}
