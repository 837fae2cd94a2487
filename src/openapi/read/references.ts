/**
 * References inside of the document: `{ $ref: '#/components/pathItems/User' }` (RFC 6901 §6). Nothing is
 * fetched: a reference to anywhere else is reported, and what it stands for is not there.
 */
import { quote } from '../../diagnostic/words.ts'
import type { Report } from '../model.ts'
import { isPlainObject, own, type PlainObject } from './plain-object.ts'

/** References that lead to references; more is a circle or no document for people. */
const LONGEST_CHAIN = 32
const LONGEST_POINTER = 4096

export class References {
  readonly #root: unknown
  readonly #report: Report

  constructor(root: unknown, report: Report) {
    this.#root = root
    this.#report = report
  }

  /**
   * The object that `value` is or refers to, and before it those that refer, whose other members count as
   * well. Empty when there is none; reported where a reference leads nowhere.
   */
  follow(value: unknown, pointer: string): readonly PlainObject[] {
    const chain: PlainObject[] = []
    for (let at = value; isPlainObject(at);) {
      if (chain.includes(at) || chain.length >= LONGEST_CHAIN) {
        this.#lost('leads in a circle', pointer)
        break
      }
      chain.push(at)
      const reference = own(at, '$ref')
      if (reference === undefined) return chain
      if (typeof reference !== 'string') {
        this.#lost('is no text', pointer)
        break
      }
      if (!reference.startsWith('#')) {
        this.#report({
          code: 'external-reference',
          message: `the reference ${quote(reference)} leads out of the document and is not followed`,
          help: 'bundle the document into one file first',
          pointer,
        })
        break
      }
      at = this.#at(reference.slice(1))
      if (!isPlainObject(at)) this.#lost(`${quote(reference)} leads to no object`, pointer)
    }
    return chain
  }

  #at(fragment: string): unknown {
    if (fragment.length > LONGEST_POINTER) return undefined
    if (fragment === '') return this.#root
    let at: unknown = this.#root
    for (const part of decoded(fragment).split('/').slice(1)) {
      at = own(at, part.replaceAll('~1', '/').replaceAll('~0', '~'))
    }
    return at
  }

  #lost(what: string, pointer: string): void {
    this.#report({ code: 'unresolved-reference', message: `the reference ${what}`, pointer })
  }
}

/** RFC 6901 §6: percent-encoded where a URI asks for it. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

/** One more step of a JSON Pointer. */
export function appendPointer(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
