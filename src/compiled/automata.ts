/** The runtime of compiled tables with `wildcard: segment`. */
import type { Nfa } from '../automaton/nfa.ts'
import { type Answers, createAnswers } from '../decision/answers.ts'
import { createAuthorizer } from '../decision/authorize.ts'
import { containsAutomaton, once } from '../decision/narrowest.ts'
import { createAutomatonRunner } from '../matcher/run-automaton.ts'
import type { FlatNfa, Tables } from '../matcher/tables.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { readEntries } from './entries.ts'

interface Endpoint {
  readonly methods: readonly string[]
  readonly pattern: string
  /** Number of the automaton; -1 for the pattern of the root, which matches the empty path only. */
  readonly automaton: number
  readonly nfa: () => Nfa | null
}

/** As `openTrees`; the text of an entry is the number of the automaton and the pattern. */
export function openAutomata(tables: Tables, lists: readonly string[], rules: PathRules): Answers {
  const { automata } = tables
  const authorizer = createAuthorizer(tables, rules)
  const runs = automata.length > 0 ? createAutomatonRunner(automata) : () => false
  const endpointsOf = (scope: number): readonly Endpoint[] =>
    readEntries(lists[scope] as string).map(({ methods, text }) => {
      const at = text.indexOf(' ')
      const automaton = Number(text.slice(0, at))
      let built: Nfa | undefined
      const nfa = (): Nfa | null =>
        automaton < 0 ? null : (built ??= unflatten(automata[automaton] as FlatNfa))
      return { methods, pattern: text.slice(at + 1), automaton, nfa }
    })
  const compared = new Map<number, boolean>()
  return createAnswers(
    tables.scopes,
    tables.methods,
    authorizer,
    {
      inclusion: () => containsAutomaton(once(endpointsOf), compared),
      granting: (scope, method, path) =>
        endpointsOf(scope)
          .filter(
            ({ methods, automaton }) =>
              methods.includes(method) &&
              (automaton < 0 ? path === '' : runs(automaton, path, 0, path.length)),
          )
          .map(({ pattern }) => ({ endpoint: pattern })),
    },
    rules,
  )
}

/** The automaton as the analysis of inclusion reads it: one arc for each range, in the same order. */
function unflatten({ accepting, arcs, first, last, to }: FlatNfa): Nfa {
  return Array.from(accepting, (end, state) => ({
    accepting: end === 1,
    arcs: Array.from({ length: (arcs[state + 1] as number) - (arcs[state] as number) }, (_, index) => {
      const arc = (arcs[state] as number) + index
      return { set: [first[arc] as number, last[arc] as number], to: to[arc] as number }
    }),
  }))
}
