/**
 * Names that scopes have beside their own, and keys of several names: each name belongs to one scope, and what is
 * named is a scope of the document.
 */
import type { ScalarNode } from '../yaml/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { closest, quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'
import { type Include, unknownScope } from './includes.ts'

/** An alias of a scope, or the name by which clients ask for it. */
export interface OtherName {
  readonly name: string
  readonly span: Span
  readonly field: 'aliases' | 'requestAs'
  readonly scope: string
}

interface Named {
  /** The names of all scopes. */
  readonly names: ReadonlySet<string>
  /** Keys with the scopes that they need: of a combination, and of a deprecated scope those to use instead. */
  readonly needed: readonly (readonly [key: ScalarNode, scopes: readonly Include[]])[]
  readonly otherNames: readonly OtherName[]
}

/** Reports what is wrong; true when nothing is. */
export function checkNames({ names, needed, otherNames }: Named, report: Report): boolean {
  let isValid = true
  const fail: Report = (finding) => {
    isValid = false
    report(finding)
  }
  const aliasOf = new Map<string, OtherName>()
  for (const other of otherNames) {
    const { name, span, field, scope } = other
    const earlier = aliasOf.get(`${field} ${name}`)
    if (names.has(name) && name !== scope) {
      fail({
        code: 'duplicate-key',
        span,
        message: `${quote(name)} is a scope of this document already`,
        help: 'use another name, or `includes`',
      })
    } else if (earlier !== undefined && earlier.scope !== scope) {
      fail({
        code: 'duplicate-key',
        span,
        message: `${quote(name)} is a name of scope ${quote(earlier.scope)} already`,
        help: 'a name means one scope; `includes` shares grants',
        related: { message: 'the first one is here', span: earlier.span },
      })
    } else aliasOf.set(`${field} ${name}`, other)
  }
  const combinations = new Map<string, ScalarNode>()
  for (const [key, scopes] of needed) {
    for (const { name, span } of scopes) {
      if (names.has(name)) continue
      const alias = aliasOf.get(`aliases ${name}`)
      const near = alias?.scope ?? closest(name, names)
      fail(unknownScope({ name, span }, near))
    }
    if (!key.text.includes(' ')) continue
    const list = key.text.split(' ')
    const set = [...new Set(list)].sort().join(' ')
    const earlier = combinations.get(set)
    if (new Set(list).size < list.length) {
      fail({
        code: 'duplicate-key',
        span: key.span,
        message: `${quote(key.text)} names a scope twice`,
        help: 'name each scope once',
      })
    } else if (earlier !== undefined) {
      fail({
        code: 'duplicate-key',
        span: key.span,
        message: `${quote(key.text)} names the same scopes as ${quote(earlier.text)}`,
        help: 'put what they grant under one key',
        related: { message: 'the first one is here', span: earlier.span },
      })
    } else combinations.set(set, key)
  }
  return isValid
}
