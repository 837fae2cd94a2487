/**
 * URIs that a template can become and a pattern of the policy matches: one for each pattern that has some.
 * Whoever may read one of them may use the template, and `authorize` has the last word about that.
 *
 * Both sides are read as literal characters and wildcards: `*` in a pattern, an expression in a template. The
 * shortest common text of the two is found as for an edit distance, in the product of their lengths, which
 * both come from the server's own lists and policy.
 */

interface ResourcePatterns {
  readonly resources?: readonly { readonly pattern: string }[]
}

/** What is used of a policy to find its patterns; a compiled policy has none of it. */
interface PatternedPolicy {
  readonly scopes?: unknown
  readonly combinations?: unknown
  readonly baseline?: ResourcePatterns
}

const ANY: unique symbol = Symbol('any run of characters')
export type Symbols = readonly (string | typeof ANY)[]

/** Stands for a variable where a pattern has a wildcard too; any value would do. */
const VALUE = 'x'

/** A witness for each pattern that meets the template. */
export function witnesses(policy: object, template: string): readonly string[] {
  const symbols = templateSymbols(template)
  return patternsOf(policy as PatternedPolicy).flatMap(
    (pattern) => common(symbols, patternSymbols(pattern)) ?? [],
  )
}

function patternsOf(policy: PatternedPolicy): readonly string[] {
  const holders = [policy.scopes, policy.combinations].flatMap((map) =>
    map instanceof Map ? [...(map as Map<string, ResourcePatterns>).values()] : [],
  )
  if (policy.baseline !== undefined) holders.push(policy.baseline)
  return holders.flatMap(({ resources = [] }) => resources.map(({ pattern }) => pattern))
}

/** The symbols of a pattern. */
export function patternSymbols(pattern: string): Symbols {
  return Array.from(pattern, (character) => (character === '*' ? ANY : character))
}

/** The symbols of a template; those of a name are its characters. */
export function templateSymbols(template: string): Symbols {
  return template.split(/(\{[^{}]*\})/).flatMap((part, index): Symbols => {
    return index % 2 === 1 ? [...opening(part), ANY] : Array.from(part)
  })
}

/** The character that an expression puts before its value. */
function opening(expression: string): readonly string[] {
  const operator = expression[1] ?? ''
  return '/.#'.includes(operator) && operator !== '' ? [operator] : []
}

/** A string that both match; undefined when there is none. */
export function common(one: Symbols, other: Symbols): string | undefined {
  const width = other.length + 1
  const end = (one.length + 1) * width - 1
  // Where each pair of positions was reached from, and by which text; breadth first, from the start.
  const from = new Map<number, { readonly before: number; readonly text: string }>()
  const queue = [0]
  const seen = new Set(queue)
  for (const at of queue) {
    if (at === end) return textTo(end, from)
    const row = Math.floor(at / width)
    const column = at % width
    const a = one[row]
    const b = other[column]
    const steps: (readonly [rows: number, columns: number, text: string])[] = []
    if (a === ANY) steps.push([1, 0, b === ANY ? VALUE : ''])
    if (b === ANY) steps.push([0, 1, a === ANY ? VALUE : ''])
    if (a === ANY && typeof b === 'string') steps.push([0, 1, b])
    if (b === ANY && typeof a === 'string') steps.push([1, 0, a])
    if (typeof a === 'string' && a === b) steps.push([1, 1, a])
    for (const [rows, columns, text] of steps) {
      const next = at + rows * width + columns
      if (seen.has(next)) continue
      seen.add(next)
      from.set(next, { before: at, text })
      queue.push(next)
    }
  }
  return undefined
}

function textTo(
  end: number,
  from: ReadonlyMap<number, { readonly before: number; readonly text: string }>,
): string {
  let text = ''
  for (let step = from.get(end); step !== undefined; step = from.get(step.before)) text = step.text + text
  return text
}
