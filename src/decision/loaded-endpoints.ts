/**
 * The endpoints of a loaded policy, for explanations: the patterns as the document has them, with their
 * places in the source.
 */
import { type Nfa, nfaOf } from '../automaton/nfa.ts'
import { patternMatcher } from '../matcher/pattern-matcher.ts'
import type { Meaning } from '../pattern/pattern.ts'
import type { InterpretedEndpoint, PolicyData } from '../policy/policy-data.ts'
import type { Endpoints } from './answers.ts'
import type { Authorizer } from './authorize.ts'
import {
  containsAutomaton,
  containsText,
  once,
  type ReachableAutomaton,
  type ReachableText,
} from './narrowest.ts'
import type { PatternMatchers } from './nearest.ts'

/** Remembers matchers as long as there are the meanings that they are made of. */
export function patternMatchers(): PatternMatchers {
  const made = new WeakMap<Meaning, (path: string) => boolean>()
  return (meaning) => {
    const known = made.get(meaning) ?? patternMatcher(meaning)
    made.set(meaning, known)
    return known
  }
}

/** `names` in the order of the scopes' numbers. */
export function loadedEndpoints(
  data: PolicyData,
  names: readonly string[],
  matchers: PatternMatchers,
  allows: Authorizer['allows'],
): Endpoints {
  const endpointsOf = (scope: number): readonly InterpretedEndpoint[] =>
    data.grants.get(names[scope] as string) as readonly InterpretedEndpoint[]
  const compared = new Map<number, boolean>()
  return {
    inclusion: () =>
      data.rules.wildcard === 'segment'
        ? containsAutomaton(
            once((scope) => endpointsOf(scope).map(withAutomaton)),
            compared,
          )
        : containsText(
            once((scope) => endpointsOf(scope).flatMap(withText)),
            allows,
          ),
    granting: (scope, method, path) =>
      endpointsOf(scope)
        .filter(
          ({ endpoint, pattern }) => endpoint.methods.includes(method) && matchers(pattern.meaning)(path),
        )
        .map(({ endpoint: { pattern, span } }) => ({
          endpoint: pattern,
          ...(span !== undefined && { span }),
        })),
  }
}

function withText({ endpoint, pattern: { meaning } }: InterpretedEndpoint): readonly ReachableText[] {
  return meaning.kind === 'runs' ? [{ text: meaning.runs.join('*'), methods: endpoint.methods }] : []
}

/** With `wildcard: segment` no pattern is read as `never`: only the automaton of accepted paths would know. */
function withAutomaton({ endpoint, pattern: { meaning, text } }: InterpretedEndpoint): ReachableAutomaton {
  const nfa = (): Nfa | null => (meaning.kind === 'expression' ? nfaOf(meaning.expression) : null)
  return { pattern: text, methods: endpoint.methods, nfa }
}
