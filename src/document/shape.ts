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
import {
  type ShapeError,
  validateEndpoint,
  validateName,
  validateOptions,
  type Validator,
  validateScope,
} from './generated/validate.js'
import {
  type Document,
  type Entry,
  isNull,
  kindName,
  type MapNode,
  type Node,
  type ScalarNode,
} from './node.ts'

/** Reports everything about the document's shape that the schema refuses; true when there is nothing. */
export function checkShape({ root }: Document, report: Report): boolean {
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
      message: `a scope policy is a mapping from scope names to scopes, and this is ${kindName(root)}`,
      help: 'write `name:` and below it, indented, `label:` and `endpoints:`',
    })
    return false
  }
  const shape = new ShapeCheck(root, report)
  for (const entry of root.entries) shape.entry(entry)
  return shape.sound
}

/** Goes through the document entry by entry and endpoint by endpoint, so that cost stays linear. */
class ShapeCheck {
  readonly #root: MapNode
  readonly #report: Report
  readonly #toData = dataReader()
  readonly #places = new Places()
  sound = true

  constructor(root: MapNode, report: Report) {
    this.#root = root
    this.#report = report
  }

  entry({ key, value }: Entry): void {
    if (key.text === '$schema') {
      if (value.kind !== 'scalar')
        this.#field({ path: [key.text], error: TYPE_ERROR, node: value, key, child: undefined })
    } else if (key.text === '$options') this.#check(validateOptions, this.#toData(value), key.text)
    else {
      if (!validateName(key.text)) {
        this.#field({ path: [], error: TYPE_ERROR, node: this.#root, key: undefined, child: key })
      }
      this.#check(validateScope, scopeData(value, this.#toData), key.text)
      this.#endpoints(value)
    }
  }

  #endpoints(scope: Node): void {
    const list = scope.kind === 'map' ? this.#places.entry(scope, 'endpoints')?.value : undefined
    if (list?.kind !== 'list') return
    for (const item of list.items) {
      if (validateEndpoint(this.#toData(item))) continue
      this.sound = false
      describeEndpoint(item, this.#report)
    }
  }

  #check(validate: Validator, data: unknown, name: string): void {
    if (validate(data)) return
    this.sound = false
    for (const error of validate.errors ?? []) {
      // `if` only says that a branch failed, whose own findings are there, too; and `propertyNames` is
      // reported for the name itself and once more by the keyword around it.
      if (error.keyword === 'if' || isNameError(error)) continue
      const problem = problemAt(this.#root, [name, ...pointer(error)], error, this.#places)
      if (problem !== undefined) describeField(problem, this.#report)
    }
  }

  #field(problem: FieldProblem): void {
    this.sound = false
    describeField(problem, this.#report)
  }
}

const TYPE_ERROR: ShapeError = { instancePath: '', keyword: 'type', params: {} }

/** A scope without its endpoints, which are validated one by one. */
function scopeData(scope: Node, toData: (node: Node) => unknown): unknown {
  if (scope.kind !== 'map') return toData(scope)
  const data = Object.create(null) as Record<string, unknown>
  for (const { key, value } of scope.entries) {
    data[key.text] = key.text === 'endpoints' && value.kind === 'list' ? [] : toData(value)
    if (value.kind === 'scalar') data[key.text] = scalarData(value, key.text)
  }
  return data
}

/**
 * Nodes as data for the validators: text stays text, but for nulls and for the two booleans. Shared
 * nodes (aliases) stay shared, so the data is never larger than the text.
 */
function dataReader(): (node: Node) => unknown {
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
  return (node) => convert(node, '')
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
