import type { InterpretedEndpoint } from '../policy/policy-data.ts'

/** Automata are numbered in the order in which their patterns are met first. */
export function automatonNumbers(endpoints: readonly InterpretedEndpoint[]): (text: string) => number {
  const numbers = new Map<string, number>()
  for (const { pattern } of endpoints) {
    if (pattern.meaning.kind === 'expression' && !numbers.has(pattern.text)) {
      numbers.set(pattern.text, numbers.size)
    }
  }
  return (text) => numbers.get(text) ?? -1
}
