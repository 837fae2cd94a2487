/**
 * The shape of a document, judged by the published JSON Schema: which fields there are, which kind of
 * value each has. The validator is generated from the schema, so editors and loader agree.
 *
 * Findings of the validator name a place in the data; here they are turned into findings at the key or
 * value of the text, in words of scope policies. An endpoint with any finding is described as a whole
 * (endpoint-problem.ts), because "must be string" helps nobody there.
 */
import type { Report } from '../diagnostic/report.ts'
import { registeredMethod } from '../http/methods.ts'
import { describeEndpoint } from './endpoint-problem.ts'
import { describeField, type FieldProblem } from './field-problem.ts'
import { type ShapeError, validate } from './generated/validate.js'
import { type Document, type Entry, isNull, type MapNode, type Node, type ScalarNode } from './node.ts'

/** Reports everything about the document's shape that the schema refuses; true when there is nothing. */
export function checkShape(document: Document, report: Report): boolean {
  const { root } = document
  if (isNull(root)) {
    report({
      code: 'empty-document',
      span: root.span,
      message: 'there is no document here',
      help: 'write at least one scope',
    })
    return false
  }
  if (root.kind !== 'map') {
    report({
      code: 'not-a-mapping',
      span: root.span,
      message: `a scope policy is a mapping from scope names to scopes, and this is ${root.kind === 'list' ? 'a list' : 'a string'}`,
      help: 'write `name:` and below it, indented, `label:` and `endpoints:`',
    })
    return false
  }
  if (validate(toData(root))) return true
  const places = new Places()
  const described = new Set<Node>()
  let findings = 0
  const counting: Report = (finding) => {
    findings += 1
    report(finding)
  }
  for (const error of validate.errors ?? []) {
    // `if` only says that a branch failed, whose own findings are there, too.
    if (error.keyword === 'if') continue
    const path = pointer(error)
    const endpoint =
      path[1] === 'endpoints' && path.length > 2 ? places.node(root, path.slice(0, 3)) : undefined
    if (endpoint !== undefined) {
      if (!described.has(endpoint)) describeEndpoint(endpoint, counting)
      described.add(endpoint)
      continue
    }
    // `propertyNames` is reported for the name itself and once more by the keyword around it.
    if (isNameError(error)) continue
    const problem = problemAt(root, path, error, places)
    if (problem !== undefined) describeField(problem, counting)
  }
  if (findings === 0) {
    report({
      code: 'wrong-type',
      span: root.span,
      message: 'the document does not have the shape of a scope policy',
    })
  }
  return false
}

/**
 * The document as data for the validator: text stays text, but for nulls and for the two booleans. Shared
 * nodes (aliases) stay shared, so the data is never larger than the text.
 */
export function toData(root: MapNode): unknown {
  const known = new Map<Node, unknown>()
  const convert = (node: Node, key: string): unknown => {
    if (node.kind === 'scalar') return scalarData(node, key)
    const before = known.get(node)
    if (before !== undefined) return before
    if (node.kind === 'list') {
      const list = node.items.map((item) => convert(item, ''))
      known.set(node, list)
      return list
    }
    const map = Object.create(null) as Record<string, unknown>
    for (const { key: name, value } of node.entries) map[name.text] = convert(value, name.text)
    known.set(node, map)
    return map
  }
  return convert(root, '')
}

function scalarData(node: ScalarNode, key: string): unknown {
  if (isNull(node)) return null
  if (node.style === 'plain' && (key === 'optional' || key === 'caseSensitive')) {
    if (node.text === 'true') return true
    if (node.text === 'false') return false
  }
  // Methods in lower case are accepted with a warning; the schema, which guides editors, has upper case.
  return registeredMethod(node.text) ?? node.text
}

/** `propertyNames` reports the failing keyword with the name, then itself; the second is enough. */
function isNameError(error: ShapeError): boolean {
  return 'propertyName' in error && error.keyword !== 'propertyNames'
}

function pointer(error: ShapeError): readonly string[] {
  if (error.instancePath === '') return []
  return error.instancePath
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Nodes by path; keys of large mappings are looked up in an index made when first needed. */
class Places {
  readonly #indexes = new Map<MapNode, ReadonlyMap<string, Entry>>()

  node(root: Node, path: readonly string[]): Node | undefined {
    let node: Node | undefined = root
    for (const part of path) {
      if (node?.kind === 'map') node = this.entry(node, part)?.value
      else if (node?.kind === 'list') node = node.items[Number(part)]
      else return undefined
    }
    return node
  }

  entry(map: MapNode, key: string): Entry | undefined {
    let index = this.#indexes.get(map)
    if (index === undefined) {
      index = new Map(map.entries.map((entry) => [entry.key.text, entry]))
      this.#indexes.set(map, index)
    }
    return index.get(key)
  }
}

function problemAt(
  root: MapNode,
  path: readonly string[],
  error: ShapeError,
  places: Places,
): FieldProblem | undefined {
  const node = places.node(root, path)
  if (node === undefined) return undefined
  const parent = places.node(root, path.slice(0, -1))
  const own = parent?.kind === 'map' ? places.entry(parent, path.at(-1) ?? '')?.key : undefined
  const named = error.params['propertyName'] ?? error.params['additionalProperty']
  const child = typeof named === 'string' && node.kind === 'map' ? places.entry(node, named)?.key : undefined
  return { path, error, node, key: own, child }
}
