/**
 * The shape of a document, judged by the published JSON Schema: which fields there are, which kind of
 * value each has. The validator is generated from the schema, so editors and loader agree.
 *
 * Findings of the validator name a place in the data; here they are turned into findings at the key or
 * value of the text, in words of scope policies. An endpoint with any finding is described as a whole
 * (endpoint-problem.ts), because "must be string" would not help there.
 */
import type { Report } from '../../diagnostic/report.ts'
import { quote } from '../../diagnostic/words.ts'
import { METHODS, registeredMethod } from '../../language/methods.ts'
import { OPTION_NAMES, optionRow } from '../../language/options.ts'
import { BASELINE, SCOPE_FIELD_NAMES, scopeFieldRow } from '../../language/scope-fields.ts'
import { pointerParts } from '../../yaml/json-pointer.ts'
import { checkScalar } from '../../yaml/characters.ts'
import { isMisnamedScope } from './combination.ts'
import { describeEndpoint } from './endpoint-problem.ts'
import { describeField } from './field-problem.ts'
import {
  type ShapeError,
  validateEndpoint,
  validateGrants,
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
} from '../../yaml/node.ts'
import type { Problem } from './problem.ts'

/**
 * Reports everything about the document's shape that the schema refuses; true when there is nothing, also
 * nothing that an error of YAML suppresses.
 */
export function checkShape(
  { root, text }: Document,
  report: Report,
  extraMethods: ReadonlySet<string>,
): boolean {
  if (root.unread && root.kind !== 'map') return false
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
  const shape = new ShapeCheck(root, text, report, extraMethods)
  for (const entry of root.entries) shape.entry(entry)
  return shape.isValid
}

/** Goes through the document entry by entry and endpoint by endpoint, so that cost stays linear. */
class ShapeCheck {
  readonly #root: MapNode
  readonly #text: string | undefined
  readonly #report: Report
  readonly #extraMethods: ReadonlySet<string>
  readonly #toData = dataReader(new Set())
  /** For places of methods. */
  readonly #toMethods: ReturnType<typeof dataReader>
  readonly #places = new Places()
  isValid = true

  constructor(root: MapNode, text: string | undefined, report: Report, extraMethods: ReadonlySet<string>) {
    this.#extraMethods = extraMethods
    this.#toMethods = dataReader(extraMethods)
    this.#root = root
    this.#text = text
    this.#report = report
  }

  entry(entry: Entry): void {
    const { key, value } = entry
    const isMisnamed = isMisnamedScope(entry, this.#root)
    if (isMisnamed || !validateName(key.text)) {
      this.isValid = false
      if (checkScalar(key, () => `scope name ${quote(key.text)}`, this.#report))
        this.#describe({ path: [], error: TYPE_ERROR, node: this.#root, key: undefined, child: key })
    }
    const isGrants = key.text === BASELINE || (!isMisnamed && key.text.includes(' '))
    if (isGrants) {
      this.#check(validateGrants, scopeData(value, this.#toData), key.text)
      this.#endpoints(value)
    } else if (key.text === '$schema') {
      if (value.kind !== 'scalar' || isNull(value))
        this.#describe({ path: [key.text], error: TYPE_ERROR, node: value, key, child: undefined })
    } else if (key.text === '$options') this.#check(validateOptions, this.#toMethods(value), key.text)
    else if (!key.text.startsWith('$')) {
      this.#check(validateScope, scopeData(value, this.#toData), key.text)
      this.#endpoints(value)
    }
  }

  #endpoints(scope: Node): void {
    const list = scope.kind === 'map' ? this.#places.entry(scope, 'endpoints')?.value : undefined
    if (list?.kind !== 'list') return
    for (const item of list.items) {
      if (isPlainEndpoint(item) || (validateEndpoint(this.#toMethods(item)) && !hasNullKey(item))) continue
      this.isValid = false
      describeEndpoint(item, this.#text, this.#report, this.#extraMethods)
    }
  }

  #check(validate: Validator, data: unknown, name: string): void {
    if (validate(data)) return
    this.isValid = false
    const errors = validate.errors ?? []
    for (const [index, error] of errors.entries()) {
      if (isRepeated(error, errors[index + 1])) continue
      const problem = problemAt(this.#root, [name, ...pointerParts(error.instancePath)], error, this.#places)
      if (problem !== undefined) this.#describe(problem)
    }
  }

  #describe(problem: Problem): void {
    this.isValid = false
    if (!(problem.child ?? problem.node).unread) describeField(problem, this.#report)
  }
}

/**
 * Whether an endpoint is so plainly right that the schema need not be asked: a document may have hundreds
 * of thousands. What this does not handle is left to the schema.
 */
function isPlainEndpoint(item: Node): boolean {
  if (item.kind === 'scalar') return isPlainPattern(item)
  const [entry, another] = item.kind === 'map' ? item.entries : []
  if (entry === undefined || another !== undefined || !isPlainPattern(entry.key)) return false
  const { value } = entry
  return value.kind === 'list' ? value.items.length > 0 && value.items.every(isMethod) : isMethod(value)
}

function isPlainPattern({ text }: ScalarNode): boolean {
  return /^[!-~]{5,}$/.test(text)
}

function isMethod(node: Node): boolean {
  return node.kind === 'scalar' && METHODS.has(node.text)
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
 * Nodes as data for the validators: text stays text, but for nulls, for the two booleans, and for methods that the
 * document declares, which are not in the schema and which are data as any other method. Shared
 * nodes (aliases) stay shared, so the data is never larger than the text.
 */
function dataReader(extraMethods: ReadonlySet<string>): (node: Node) => unknown {
  const known = new Map<Node, unknown>()
  const convert = (node: Node, key: string): unknown => {
    if (node.kind === 'scalar') return extraMethods.has(node.text) ? 'GET' : scalarData(node, key)
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

/** Keys whose plain `true` and `false` are booleans. */
const SWITCHES: ReadonlySet<string> = new Set([
  ...SCOPE_FIELD_NAMES.filter((name) => ['switch', 'deprecation'].includes(scopeFieldRow(name).kind)),
  ...OPTION_NAMES.filter((name) => optionRow(name).kind === 'switch'),
])

function scalarData(node: ScalarNode, key: string): unknown {
  if (isNull(node)) return null
  if (node.style === 'plain' && SWITCHES.has(key)) {
    if (node.text === 'true') return true
    if (node.text === 'false') return false
  }
  // Methods in lower case are accepted with a warning; the schema, which guides editors, has upper case.
  return registeredMethod(node.text) ?? node.text
}

/** In YAML `~: GET` has nothing as its key, in data the text `~`. */
function hasNullKey(endpoint: Node): boolean {
  return endpoint.kind === 'map' && endpoint.entries.some(({ key }) => isNull(key))
}

/**
 * Whether another finding says the same: `if` only says that a branch failed, `propertyNames` is reported
 * for the name itself and once more by the keyword around it, and what is of a wrong type is also none of
 * the allowed values.
 */
function isRepeated(error: ShapeError, next: ShapeError | undefined): boolean {
  if (error.keyword === 'if') return true
  if ('propertyName' in error && error.keyword !== 'propertyNames') return true
  return error.keyword === 'type' && next?.keyword === 'enum' && next.instancePath === error.instancePath
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
): Problem | undefined {
  const node = places.node(root, path)
  if (node === undefined) return undefined
  const parent = places.node(root, path.slice(0, -1))
  const own = parent?.kind === 'map' ? places.entry(parent, path.at(-1) ?? '')?.key : undefined
  const named = error.params['propertyName'] ?? error.params['additionalProperty']
  const child = typeof named === 'string' && node.kind === 'map' ? places.entry(node, named)?.key : undefined
  return { path, error, node, key: own, child }
}
