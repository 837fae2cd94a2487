/**
 * The right answers. The meaning is that of `test/reference`, which is slow on purpose; here the same
 * functions are called with their intermediate results kept, so that 20,000 requests against 50,000
 * endpoints take seconds. What is rare (a trailing slash) is left to the reference as a whole.
 */
import { referencePolicy } from '../../test/reference/authorize.ts'
import { characters, foldAscii } from '../../test/reference/characters.ts'
import { grantsOf, type PlainDocument } from '../../test/reference/document.ts'
import { globMatches } from '../../test/reference/glob.ts'

export type Oracle = (scopes: readonly string[], method: string, path: string) => boolean

export function oracleFor(document: PlainDocument): Oracle {
  const reference = referencePolicy(document)
  const { caseSensitive } = reference.options
  const read = (text: string): string[] =>
    caseSensitive ? characters(text) : characters(text).map((character) => foldAscii(character))

  const grants = new Map<string, string[][]>()
  for (const { scope, pattern, method } of grantsOf(document)) {
    const key = `${scope} ${method}`
    const list = grants.get(key)
    if (list === undefined) grants.set(key, [read(pattern)])
    else list.push(read(pattern))
  }

  const tested = new Map<string, { readonly text: string; readonly list: string[] } | null>()
  const testedPath = (path: string): { readonly text: string; readonly list: string[] } | null => {
    const known = tested.get(path)
    if (known !== undefined) return known
    const text = reference.testedPath(path)
    const answer = text === undefined ? null : { text, list: read(text) }
    tested.set(path, answer)
    return answer
  }

  return (scopes, method, path) => {
    const target = testedPath(path)
    if (target === null) return false
    if (target.text.endsWith('/')) return reference.allows(scopes, method, target.text)
    return scopes.some((scope) =>
      (grants.get(`${scope} ${method}`) ?? []).some((pattern) => globMatches(pattern, target.list)),
    )
  }
}
