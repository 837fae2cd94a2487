/**
 * What a document has beside paths: tools, resources and prompts, a baseline, keys of several names, aliases; and
 * requests for names, near what the document lists.
 */
import fc from 'fast-check'
import type { DocumentParts } from '../arbitrary/document.ts'
import type { PlainRequest } from '../arbitrary/request.ts'
import { namesOf } from '../reference/document.ts'
import type { PlainGrants, PlainScope } from '../reference/document.ts'

const PIECES = ['a', 'b', 'ab', '_', '/', '.', 'A', '{a}', ' ', '\u00e9', '%2F', '..', '\u{1f600}']
const NAME_PATTERN = fc
  .array(fc.constantFrom(...PIECES, '*', '*', '*', 'a', 'a', 'b'), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(''))
/** Of URIs the reference knows those that every reader reads alike. */
const URI_PATTERN = fc.constantFrom(
  ...['*', 'a://*', 'a://b', 'a://b/*', 'a://b/a', 'a://*/a', '*/a', 'a://b*', 'ab://a/*/b', 'a://b/**'],
)

interface Words {
  readonly tools: readonly string[]
  readonly resources: readonly string[]
  readonly prompts: readonly string[]
}

const words: fc.Arbitrary<Words> = fc.record({
  tools: fc.array(NAME_PATTERN, { maxLength: 4 }),
  resources: fc.array(URI_PATTERN, { maxLength: 2 }),
  prompts: fc.array(NAME_PATTERN, { maxLength: 1 }),
})

interface Added {
  readonly words: Words
  readonly alias: boolean
  readonly requestAs: boolean
  readonly deprecated: boolean
}

const added: fc.Arbitrary<Added> = fc.record({
  words,
  alias: fc.boolean(),
  requestAs: fc.boolean(),
  deprecated: fc.boolean(),
})

/** Keys of several names, by places among the scopes, and what they have. */
const combination = fc.record({
  places: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 2, maxLength: 3 }),
  words,
  /** Which pattern of the document is granted to the combination as well. */
  endpoint: fc.option(fc.nat({ max: 31 })),
})

/** The documents, with the words of names. */
export function withNames(documents: fc.Arbitrary<DocumentParts>): fc.Arbitrary<DocumentParts> {
  return fc
    .tuple(
      documents,
      fc.array(added, { minLength: 1, maxLength: 8 }),
      fc.array(combination, { maxLength: 3 }),
      fc.option(words, { freq: 2 }),
    )
    .map(([parts, list, combinations, baseline]): DocumentParts => {
      const names = parts.scopes.map(([name]) => name)
      const endpoints = parts.scopes.flatMap(([, scope]) => scope.endpoints ?? [])
      const scopes = parts.scopes.map(([name, scope], place): readonly [string, PlainScope] => {
        const more = list[place % list.length] as Added
        const alias = `alias:${name}`
        return [
          name,
          {
            ...scope,
            ...written(more.words),
            ...(more.alias && !names.includes(alias) && { aliases: [alias] }),
            ...(more.requestAs && { requestAs: `api://x/${name}` }),
            ...(more.deprecated && { deprecated: true as const }),
          },
        ]
      })
      const grants = new Map<string, PlainGrants>()
      if (baseline !== null) grants.set('$baseline', { ...written(baseline), tools: baseline.tools })
      for (const { places, words: own, endpoint } of combinations) {
        const members = [...new Set(places.map((place) => names[place % names.length] as string))].sort()
        if (members.length < 2) continue
        const path = endpoint === null ? undefined : endpoints[endpoint % Math.max(1, endpoints.length)]
        grants.set(members.join(' '), {
          ...written(own),
          tools: own.tools,
          ...(path !== undefined && { endpoints: [path] }),
        })
      }
      return { ...parts, scopes, grants: [...grants] }
    })
}

/** Lists without anything are left out. */
function written(of: Words): Partial<Words> {
  const lists: readonly (readonly [string, readonly unknown[]])[] = Object.entries(of)
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0))
}

export interface NameRecipe {
  /** Whether the request is one for a name; of documents with names only. */
  readonly asked: boolean
  readonly place: number
  readonly fill: readonly string[]
  /** The method of another kind of names. */
  readonly otherMethod: boolean
  readonly spoiled: number
}

export const nameRecipe: fc.Arbitrary<NameRecipe> = fc.record({
  asked: fc.boolean(),
  place: fc.nat({ max: 255 }),
  fill: fc.array(fc.constantFrom('', 'a', 'b', 'ab', '/', 'a/b'), { minLength: 3, maxLength: 3 }),
  otherMethod: fc.nat({ max: 9 }).map((one) => one === 0),
  spoiled: fc.nat({ max: 19 }),
})

/** URIs that the reference judges. */
export const SAFE_URI: RegExp = /^[a-z]+:\/\/[a-z0-9]+(?:\/[a-z0-9]+)*$/

/** A request near a name of the document, or undefined where it has none. */
export function nameRequest(
  { scopes, grants = [] }: DocumentParts,
  { place, fill, otherMethod, spoiled }: NameRecipe,
): Pick<PlainRequest, 'method' | 'path'> | undefined {
  const listed = [...scopes, ...grants].flatMap(([, one]) => namesOf(one))
  const [method, pattern] = listed[place % Math.max(1, listed.length)] ?? []
  if (method === undefined || pattern === undefined) return undefined
  let star = 0
  const filled = pattern.replaceAll('*', () => fill[star++ % fill.length] ?? '')
  const shorter = Array.from(filled).slice(1).join('')
  const changed = [`${filled}a`, `a${filled}`, shorter, filled.toUpperCase()][spoiled] ?? filled
  // The reference does not judge other URIs, and a name is not empty.
  if (method === 'resources/read') return { method, path: SAFE_URI.test(changed) ? changed : 'a://b/a' }
  const other = method === 'tools/call' ? 'prompts/get' : 'tools/call'
  return { method: otherMethod ? other : method, path: changed === '' ? 'a' : changed }
}

/** Aliases in the place of some names. */
export function withAliases({ scopes }: DocumentParts, held: readonly string[], place: number): string[] {
  const aliases = new Map(scopes.map(([name, { aliases: list = [] }]) => [name, list[0]]))
  return held.map((name, at) => ((place + at) % 3 === 0 ? (aliases.get(name) ?? name) : name))
}
