/** For testing only. Who is asked for grants: a policy of ours, or a glob alone. */
import { scopesOf } from '../reference/document.ts'
import type { PlainDocument } from '../reference/document.ts'
import { withoutQuery } from '../reference/request-path.ts'
import { policyOf } from '../properties/policy-of.ts'
import { canonical } from '../reference/characters.ts'
import { asCharacters, globOf } from './judge.ts'
import { type Authorizer, patternsOf } from './law.ts'

export function ours(document: PlainDocument): Authorizer {
  const { authorize, scopesFor } = policyOf(document)
  const names = [...scopesOf(document).keys()]
  const numbers = new Map(names.map((name, index) => [name, index]))
  return {
    granting: (target) =>
      authorize(names, 'GET', target)
        ? scopesFor('GET', target).map((name) => numbers.get(name) as number)
        : [],
  }
}

/** What is left without the path rules: cut the query, match the canonical text. */
export function naive(document: PlainDocument): Authorizer {
  const globs = [...scopesOf(document).keys()].map((name) =>
    patternsOf(document, name).map((pattern) => globOf(asCharacters(canonical(pattern)).split('*'))),
  )
  return {
    granting: (target) => {
      const path = asCharacters(canonical(withoutQuery(target))).replace(/^\//, '')
      return globs.flatMap((patterns, scope) => (patterns.some((glob) => glob.test(path)) ? [scope] : []))
    },
  }
}
