/**
 * Contestants that compile each pattern into one test and try the patterns of the token's scopes in turn:
 * the way that comes to mind first, and the way of the reference implementation.
 */
import { type Authorizer, type Contestant, peer, perCall, type PolicyInput } from './contestant.ts'

interface Tester {
  readonly test: (path: string) => boolean
}

interface Compiled {
  readonly methods: readonly string[]
  readonly matcher: Tester
}

/** Per scope a list of endpoints: the method is compared first, because that is cheap. */
function inTurn(policy: PolicyInput, compile: (pattern: string) => Tester): Authorizer {
  const scopes = new Map<string, readonly Compiled[]>()
  for (const [name, entries] of policy.scopes) {
    scopes.set(
      name,
      entries.map(({ pattern, methods }) => ({ methods, matcher: compile(pattern) })),
    )
  }
  return perCall((names, method, path) => {
    for (const name of names) {
      const endpoints = scopes.get(name)
      if (endpoints === undefined) continue
      for (const { methods, matcher } of endpoints) {
        if (methods.includes(method) && matcher.test(path)) return true
      }
    }
    return false
  })
}

/** A pattern as an expression over the whole target, leading slash included. */
export function expressionOf(pattern: string): RegExp {
  const runs = pattern.split('*').map((run) => run.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^/${runs.join('.*')}$`)
}

export const naive: Contestant = {
  name: 'naive RegExp loop',
  family: 'exact',
  about: 'one RegExp per pattern, tried in turn: what the reference implementation does',
  create: (policy) => inTurn(policy, expressionOf),
}

type Picomatch = (pattern: string, options: Record<string, boolean>) => (path: string) => boolean

export const picomatch: Contestant = {
  name: 'picomatch',
  family: 'exact',
  package: 'picomatch',
  about: '`bash: true`, so that a star spans slashes; one matcher per pattern, tried in turn',
  create: async (policy) => {
    const { default: compile } = (await peer('picomatch')) as { default: Picomatch }
    const options = { bash: true, dot: true, nonegate: true, noextglob: true }
    return inTurn(policy, (pattern) => ({ test: compile(`/${pattern}`, options) }))
  },
}

type Token = { type: 'text'; value: string } | { type: 'wildcard'; name: string }

interface PathToRegexp {
  readonly pathToRegexp: (
    data: { tokens: readonly Token[] },
    options: Record<string, boolean>,
  ) => { readonly regexp: RegExp }
}

export const pathToRegexp: Contestant = {
  name: 'path-to-regexp',
  family: 'exact',
  package: 'path-to-regexp',
  about: 'stars as wildcard parameters (they want at least one character); tried in turn',
  create: async (policy) => {
    const library = (await peer('path-to-regexp')) as PathToRegexp
    return inTurn(policy, (pattern) => {
      const tokens: Token[] = []
      for (const [index, run] of `/${pattern}`.split('*').entries()) {
        if (index > 0) tokens.push({ type: 'wildcard', name: `star${index}` })
        if (run !== '') tokens.push({ type: 'text', value: run })
      }
      return library.pathToRegexp({ tokens }, { sensitive: true, trailing: false }).regexp
    })
  },
}
