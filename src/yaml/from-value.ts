/**
 * A parsed object as source text, so that objects obey the very same rules as documents.
 *
 * The text is what `JSON.stringify(value, null, 2)` prints, so places in diagnostics can be found again.
 * Only own enumerable data properties count; what JSON cannot say (accessors, functions, class instances,
 * cycles, `undefined`) is refused instead of being dropped. Limits are checked while copying, since an
 * object that shares its parts can be far smaller than its text.
 */
import type { Finding, Report } from '../diagnostic/report.ts'
import { formatNumber, quote } from '../diagnostic/words.ts'
import type { Limits } from '../language/limits.ts'

/** The text, or null when the value is not plain data or over a limit (reported once). */
export function renderValue(value: unknown, limits: Limits, report: Report): string | null {
  try {
    return JSON.stringify(new Copier(limits).copy(value, []), null, 2)
  } catch (error) {
    // The error of a proxy or an accessor is not reported.
    report(error instanceof Refused ? error.finding : notPlain('the argument', 'nothing that can be read'))
    return null
  }
}

class Refused extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.message)
    this.finding = finding
  }
}

const NOWHERE = { start: 0, end: 0 }

function notPlain(which: string, what: string): Finding {
  return {
    code: 'not-a-document',
    span: NOWHERE,
    message: `${which} is ${what}, not plain data`,
    help: 'pass YAML text, UTF-8 bytes, or an object as JSON could hold it',
  }
}

/** Copies without prototypes' tricks. The limit on nesting bounds the recursion. */
class Copier {
  readonly #limits: Limits
  readonly #open = new Set<object>()
  #length = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  copy(item: unknown, path: readonly string[]): unknown {
    // At least its own line with its indentation.
    this.#spend(2 * path.length + 1 + (typeof item === 'string' ? item.length + 2 : 1))
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return item
    if (typeof item === 'number' && Number.isFinite(item)) return item
    if (typeof item !== 'object') this.#refuse(path, typeof item === 'number' ? String(item) : kindOf(item))
    if (this.#open.has(item)) this.#refuse(path, 'something that contains itself')
    if (path.length >= this.#limits.depth) {
      throw new Refused({
        code: 'limit-exceeded',
        span: NOWHERE,
        message: `collections nested deeper than ${formatNumber(this.#limits.depth)} levels`,
        help: 'a scope policy needs four levels; the limit is `limits.depth` in code',
      })
    }
    this.#open.add(item)
    const copy = this.#collection(item, path)
    this.#open.delete(item)
    return copy
  }

  #collection(item: object, path: readonly string[]): unknown {
    const isList = Array.isArray(item)
    const prototype: unknown = Object.getPrototypeOf(item)
    // Object.prototype of any realm is the object without its own prototype.
    if (!isList && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      this.#refuse(path, 'an instance of a class')
    }
    if (Object.getOwnPropertySymbols(item).length > 0) this.#refuse(path, 'an object with symbols as keys')
    const names = Object.keys(item)
    if (isList && (names.length !== item.length || names.some((name, index) => name !== String(index)))) {
      this.#refuse(path, 'a list with holes or names')
    }
    const entries = names.map((name): [string, unknown] => {
      const inner = [...path, name]
      const property = Object.getOwnPropertyDescriptor(item, name)
      if (property === undefined || !('value' in property)) this.#refuse(inner, 'an accessor')
      if (!isList) this.#spend(name.length + 4)
      return [name, this.copy(property.value, inner)]
    })
    return isList ? entries.map(([, element]) => element) : Object.fromEntries(entries)
  }

  #spend(length: number): void {
    this.#length += length
    if (this.#length <= this.#limits.bytes) return
    throw new Refused({
      code: 'limit-exceeded',
      span: NOWHERE,
      message: `the document has more than ${formatNumber(this.#limits.bytes)} bytes`,
      help: 'split it, or raise `limits.bytes` in code',
    })
  }

  #refuse(path: readonly string[], what: string): never {
    throw new Refused(notPlain(path.length === 0 ? 'the argument' : quote(path.join('.')), what))
  }
}

function kindOf(item: unknown): string {
  return item === undefined ? 'undefined' : `a ${typeof item}`
}
