/**
 * What one token may do with names that another may not, pattern by pattern.
 *
 * No path rules apply to names, so the fresh letter decides, see `glob.ts`: with `*`, which no pattern spells, in the
 * place of every star, a pattern is covered by several others if and only if one of them matches that string. For
 * resources this is sufficient only: which URIs are accepted is not considered. There an example decides; without one the
 * answer is undecided.
 */
import type { NameMethod } from '../language/scope-fields.ts'
import { printCanonical } from '../pattern/canonical.ts'
import type { InterpretedEndpoint } from '../policy/policy-data.ts'
import { matches } from './glob.ts'
import type { ChangedEndpoint, Witness } from './types.ts'

/** Tried in the place of stars; the fresh letter at last, which shows a difference where no other does. */
const LETTERS = 'xaqzj0_-kwy*'
/** In a joined pattern, where no other control character is. */
const STAR = '\0'

export interface NameGains {
  readonly endpoints: readonly ChangedEndpoint[]
  readonly undecided?: string
}

type Allows = (method: string, name: string) => boolean

/** `mine` are the patterns of the one, `theirs` all that the other has; both decide by `authorize` itself. */
export function nameGains(
  mine: readonly InterpretedEndpoint[],
  theirs: readonly InterpretedEndpoint[],
  allows: Allows,
  allowedToo: Allows,
): NameGains {
  const endpoints: ChangedEndpoint[] = []
  let undecided: string | undefined
  for (const { endpoint, pattern } of mine) {
    const [method] = endpoint.methods as readonly [NameMethod]
    const { meaning } = pattern
    if (meaning.kind !== 'runs' || isCovered(meaning.runs, method, theirs)) continue
    const witness = example(meaning.runs, method, (name) => allows(method, name) && !allowedToo(method, name))
    if (witness !== null) endpoints.push({ endpoint: endpoint.pattern, methods: [method], witness })
    else undecided = `no example of ${endpoint.pattern} was found`
  }
  return { endpoints, ...(undecided !== undefined && { undecided }) }
}

function isCovered(runs: readonly string[], method: string, by: readonly InterpretedEndpoint[]): boolean {
  const text = runs.join('*')
  return by.some(
    ({ endpoint, pattern: { meaning } }) =>
      meaning.kind === 'runs' && endpoint.methods.includes(method) && matches(meaning, text),
  )
}

/** A name that two lists of patterns both match, by `test`; null where patterns show none. */
export function commonName(
  mine: readonly InterpretedEndpoint[],
  theirs: readonly InterpretedEndpoint[],
  test: Allows,
): Witness | null | { readonly undecided: string } {
  let undecided: string | undefined
  for (const { endpoint, pattern } of mine) {
    for (const other of theirs) {
      const [method] = endpoint.methods as readonly [NameMethod]
      if (!other.endpoint.methods.includes(method)) continue
      if (pattern.meaning.kind !== 'runs' || other.pattern.meaning.kind !== 'runs') continue
      const runs = commonRuns(pattern.meaning.runs, other.pattern.meaning.runs)
      if (runs === null) continue
      const witness = example(runs, method, (name) => test(method, name))
      if (witness !== null) return witness
      undecided = `no example of ${endpoint.pattern} and ${other.endpoint.pattern} was found`
    }
  }
  return undecided === undefined ? null : { undecided }
}

/**
 * A shortest string that both patterns match, with stars where both have one; breadth first over pairs of places. As
 * each star is left in a step, strings of the same length are found in the same number of steps.
 */
function commonRuns(a: readonly string[], b: readonly string[]): readonly string[] | null {
  const [left, right] = [a.join(STAR), b.join(STAR)]
  const seen = new Set<string>()
  let level: (readonly [number, number, string])[] = [[0, 0, '']]
  while (level.length > 0) {
    const next: (readonly [number, number, string])[] = []
    const go = (i: number, j: number, text: string): void => {
      if (seen.has(`${i} ${j}`)) return
      seen.add(`${i} ${j}`)
      next.push([i, j, text])
    }
    for (const [i, j, text] of level) {
      const [one, other] = [left.charAt(i), right.charAt(j)]
      if (one === '' && other === '') return text.split(STAR)
      if (one === STAR) {
        go(i + 1, j, other === STAR ? text + STAR : text)
        if (other !== '') go(i, j + 1, text + other)
      } else if (other === STAR) {
        go(i, j + 1, text)
        if (one !== '') go(i + 1, j, text + one)
      } else if (one === other) {
        go(i + 1, j + 1, text + one)
      }
    }
    level = next
  }
  return null
}

/** A short name of the pattern that passes: stars empty, then with one letter in one of them, then in all. */
function example(
  runs: readonly string[],
  method: NameMethod,
  test: (name: string) => boolean,
): Witness | null {
  const stars = runs.length - 1
  const spelled = runs.join('')
  const letters = Array.from(LETTERS).filter((letter) => !spelled.includes(letter))
  const spell = (fill: (star: number) => string): string => {
    const text = runs.map((run, at) => (at === 0 ? run : fill(at - 1) + run)).join('')
    return method === 'resources/read' ? printCanonical(text) : text
  }
  const scheme = method === 'resources/read' ? [(star: number) => (star === 0 ? 'x:' : 'x')] : []
  const fills: readonly ((star: number) => string)[] = [
    () => '',
    ...letters.flatMap((letter) =>
      Array.from({ length: stars }, (_, one) => (star: number) => (star === one ? letter : '')),
    ),
    ...letters.map((letter) => () => letter),
    ...scheme,
  ]
  for (const fill of fills) {
    const name = spell(fill)
    if (test(name)) return { method, path: name }
  }
  return null
}
