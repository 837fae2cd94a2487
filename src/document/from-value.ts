/**
 * A parsed object as source text, so that objects obey the very same rules as documents.
 *
 * The text is what `JSON.stringify(value, null, 2)` prints, so places in diagnostics can be found again.
 * Only own enumerable data properties count; what JSON cannot say (accessors, functions, class instances,
 * circles, `undefined`) is refused instead of being dropped.
 */
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'

/** The text, or null when the value is no plain data (reported once). */
export function renderValue(value: unknown, depth: number, report: Report): string | null {
  try {
    return JSON.stringify(plain(value, [], depth), null, 2)
  } catch (error) {
    // What a proxy or an accessor of a hostile object throws is nobody's business.
    const message = error instanceof NotPlain ? error.message : 'the argument cannot be read as data'
    report({
      code: 'not-a-document',
      span: { start: 0, end: 0 },
      message,
      help: 'pass YAML text, UTF-8 bytes, or an object as JSON could hold it',
    })
    return null
  }
}

class NotPlain extends Error {
  constructor(path: readonly string[], what: string) {
    super(`${path.length === 0 ? 'the argument' : quote(path.join('.'))} is ${what}, not plain data`)
  }
}

/** A copy without prototypes' tricks. The depth limit also ends circles. */
function plain(item: unknown, path: readonly string[], depth: number): unknown {
  if (item === null || typeof item === 'string' || typeof item === 'boolean') return item
  if (typeof item === 'number' && Number.isFinite(item)) return item
  if (typeof item !== 'object')
    throw new NotPlain(path, typeof item === 'number' ? String(item) : kindOf(item))
  if (path.length > depth) throw new NotPlain(path.slice(0, 4), `nested deeper than ${depth} levels`)
  const isList = Array.isArray(item)
  const prototype: unknown = Object.getPrototypeOf(item)
  // Object.prototype of any realm is the object without a prototype of its own.
  if (!isList && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new NotPlain(path, 'an instance of a class')
  }
  if (Object.getOwnPropertySymbols(item).length > 0)
    throw new NotPlain(path, 'an object with symbols as keys')
  const entries = Object.keys(item).map((name): [string, unknown] => {
    const property = Object.getOwnPropertyDescriptor(item, name)
    const inner = [...path, name]
    if (property === undefined || !('value' in property)) throw new NotPlain(inner, 'an accessor')
    return [name, plain(property.value, inner, depth)]
  })
  if (!isList) return Object.fromEntries(entries)
  if (entries.length !== item.length) throw new NotPlain(path, 'a list with holes')
  return entries.map(([, element]) => element)
}

function kindOf(item: unknown): string {
  return item === undefined ? 'undefined' : `a ${typeof item}`
}
