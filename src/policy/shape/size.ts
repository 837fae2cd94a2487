import type { Report } from '../../diagnostic/report.ts'
import { formatNumber } from '../../diagnostic/words.ts'
import { NAME_FIELDS } from '../../language/scope-fields.ts'
import type { Limits } from '../../language/limits.ts'
import { type Document, fieldOf, itemsOf } from '../../yaml/node.ts'

/** A list of methods this long costs as much as one more endpoint. */
const METHODS_PER_ENDPOINT = 64

/**
 * Bounds what aliases can multiply, before anything walks the document as if it were a tree. Reports and
 * returns false when the scopes have more endpoints than the limit allows.
 */
export function checkSize({ root }: Document, limits: Limits, report: Report): boolean {
  if (root.kind !== 'map') return true
  let endpoints = 0
  for (const { key, value } of root.entries) {
    if (value.kind !== 'map') continue
    for (const field of NAME_FIELDS) endpoints += itemsOf(fieldOf(value, field)).length
    const items = itemsOf(fieldOf(value, 'endpoints'))
    endpoints += items.length
    for (const item of items) {
      const methods = item.kind === 'map' ? item.entries[0]?.value : undefined
      if (methods?.kind === 'list') endpoints += Math.floor(methods.items.length / METHODS_PER_ENDPOINT)
      if (endpoints > limits.endpoints) break
    }
    if (endpoints > limits.endpoints) {
      report({
        code: 'limit-exceeded',
        span: key.span,
        message: `more than ${formatNumber(limits.endpoints)} endpoints, this scope's among them`,
        help: 'split the document, or raise `limits.endpoints` in code',
      })
      return false
    }
  }
  return true
}
