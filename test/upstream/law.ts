/**
 * For testing only. The law, asked of one policy and any number of targets: a path that is granted to a scope
 * is still granted to it as each server reads it, alone or behind another one.
 */
import { referencePolicy } from '../reference/authorize.ts'
import { grantsOf, optionsOf, scopesOf } from '../reference/document.ts'
import type { PlainDocument } from '../reference/document.ts'
import { withoutQuery } from '../reference/request-path.ts'
import { judgeOf, testerOf } from './judge.ts'
import type { Model } from './model.ts'
import { type Reader, readerOf } from './reader.ts'
import { type Spellings, spellingsOf } from './spelling.ts'

/** What is asked about requests; a policy of ours, or a naive one. */
export interface Authorizer {
  /** The numbers of the scopes that grant a GET of this target. */
  readonly granting: (target: string) => readonly number[]
}

export interface Violation {
  readonly scope: string
  readonly target: string
  readonly servers: readonly string[]
  readonly readAs: string
}

export interface Count {
  targets: number
  granted: number
  /** Decisions about readings. */
  judged: number
}

/** What policies with the same patterns share. */
export interface World {
  readonly names: readonly string[]
  readonly spellings: Spellings
  readonly reader: Reader
}

export function worldOf(document: PlainDocument, models: readonly Model[], chains = false): World {
  const names = [...scopesOf(document).keys()]
  const spellings = spellingsOf(names.map((name) => patternsOf(document, name)))
  return { names, spellings, reader: readerOf(spellings, models, chains) }
}

export interface Law {
  readonly violations: (target: string) => Violation[]
  readonly count: Count
}

/** `exceptSpelledSlash`: a pattern that spells the slash at the end of the path asks for it. */
export function lawOf(
  { names, spellings, reader }: World,
  document: PlainDocument,
  authorizer: Authorizer,
  exceptSpelledSlash = true,
): Law {
  const options = optionsOf(document)
  const grants = judgeOf(spellings, options)
  const testedOf = testerOf(options)
  const reference = referencePolicy(document)
  const count: Count = { targets: 0, granted: 0, judged: 0 }

  const violations = (target: string): Violation[] => {
    count.targets += 1
    let granting = authorizer.granting(target)
    if (granting.length === 0) return []
    count.granted += 1
    const path = withoutQuery(target)
    if (exceptSpelledSlash && path.endsWith('/')) {
      const tested = reference.testedPath(target) ?? ''
      granting = granting.filter((scope) => !reference.spellsSlash([names[scope] ?? ''], 'GET', tested))
    }
    const found: Violation[] = []
    for (const reading of reader.readings(path)) {
      const tested = testedOf(reading.characters)
      for (const scope of granting) {
        count.judged += 1
        if (tested !== undefined && grants(scope, tested, reading.spelling)) continue
        const { servers, path: readAs } = reading
        found.push({ scope: names[scope] ?? '', target, servers, readAs })
      }
    }
    return found
  }
  return { violations, count }
}

/** The patterns by which a scope grants GET, those of included scopes as well. */
export function patternsOf(document: PlainDocument, name: string): string[] {
  const grants = grantsOf(document).filter(({ scope, method }) => scope === name && method === 'GET')
  return [...new Set(grants.map(({ pattern }) => pattern))]
}

/** One line for people: the patterns of the scope, the target, and what becomes of it. */
export function describeViolation(document: PlainDocument, violation: Violation): string {
  const { scope, target, servers, readAs } = violation
  return `${patternsOf(document, scope).join(', ')} grants ${JSON.stringify(target)}, but not ${JSON.stringify(readAs)}, as ${servers.join(', then ')} reads it`
}
