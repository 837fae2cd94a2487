/**
 * Where a document names a scope: its key, keys of several names, `includes`, and `use` of `deprecated`.
 *
 * Read off the tree and not off the policy, so that references and rename also work in a document that has an
 * error elsewhere. Aliases (other names of a scope in tokens) are not references.
 */
import { SCOPE_TOKEN } from '../language/scope-token.ts'
import type { Edit } from '../diagnostic/diagnostic.ts'
import { fieldOf, itemsOf, type MapNode, type ScalarNode, spanInside } from '../yaml/node.ts'
import { rewriteScalar } from '../yaml/rewrite-scalar.ts'
import type { Span } from '../source/span.ts'

export interface ScopeName {
  readonly name: string
  /** Of this name alone, also in a key of several names. */
  readonly span: Span
  readonly node: ScalarNode
  /** The key of the scope itself. */
  readonly isDefinition: boolean
}

/** In the order of the text, by scope. */
export function scopeNames(root: MapNode): readonly ScopeName[] {
  return root.entries.flatMap(({ key, value }) => [
    ...(key.text.startsWith('$') ? [] : namesInKey(key)),
    ...(value.kind === 'map' ? namesInScope(value) : []),
  ])
}

/** Every place that names the scope at `offset`; none where no scope is named. */
export function sameName(root: MapNode, offset: number): readonly ScopeName[] {
  const all = scopeNames(root)
  const here = all.find(({ span }) => span.start <= offset && offset <= span.end)
  return here === undefined ? [] : all.filter(({ name }) => name === here.name)
}

/** The edit that gives a place another name; undefined where the source does not spell the name. */
export function renameAt({ node, name, span }: ScopeName, to: string): Edit | undefined {
  if (node.text === name) return rewriteScalar(node, to)
  const spelled = span.end - span.start === name.length && !/["'\\]/.test(to)
  return spelled ? { span, text: to } : undefined
}

/** `scope-token` of RFC 6749 §3.3 that no key of the language claims. */
export function isScopeName(text: string): boolean {
  return SCOPE_TOKEN.test(text) && !text.startsWith('$')
}

function namesInKey(key: ScalarNode): ScopeName[] {
  const parts = key.text.split(' ')
  let start = 0
  return parts.flatMap((name) => {
    const span = spanInside(key, start, start + name.length)
    start += name.length + 1
    return name === '' ? [] : [{ name, span, node: key, isDefinition: parts.length === 1 }]
  })
}

function namesInScope(scope: MapNode): ScopeName[] {
  const use = fieldOf(fieldOf(scope, 'deprecated'), 'use')
  const nodes = [fieldOf(scope, 'includes'), use].flatMap(itemsOf).filter((item) => item.kind === 'scalar')
  return nodes.map((node) => ({
    name: node.text,
    span: spanInside(node, 0, node.text.length),
    node,
    isDefinition: false,
  }))
}
