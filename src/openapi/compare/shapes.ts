/**
 * Operations to sets of request paths: the template after each base path, without the paths that a concrete
 * one takes first.
 *
 * OpenAPI 3.1 §4.8.8.2: of `/users/me` and `/users/{id}` a request is matched with the concrete one. Routers
 * look at the method as well, and so does this: `DELETE /users/me` belongs to `/users/{id}` where `/users/me`
 * has no DELETE. Which of two templates comes first is left to tools there, so each keeps all of its paths.
 *
 * Concrete paths are a tree of their segments, walked once for each template.
 */
import type { SearchBudget } from '../../automaton/search-budget.ts'
import { TemplateAutomaton, type TemplateItem } from '../../automaton/template-automaton.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import type { Operation, TemplatePart } from '../model.ts'
import type { Shape } from './reach.ts'
import { readSyntax } from '../read/template-syntax.ts'
import { concretePath, itemsOfTemplate, readTemplate, type Template } from '../read/template.ts'

/** The template of an operation with its base path, which may have parameters as well. */
function partsBelow(basePath: string, { template }: Operation): readonly TemplatePart[] {
  return basePath === '' ? template : [...readSyntax(basePath).parts, ...template]
}

function nodesBelow({ next }: Node): Node[] {
  return [...next.values()].flatMap((node) => [node, ...nodesBelow(node)])
}

interface Node {
  readonly next: Map<string, Node>
  /** The concrete path that ends here, and the methods it has. */
  items?: readonly TemplateItem[]
  readonly methods: Set<string>
}

export class Shapes {
  readonly #rules: PathRules
  readonly #searchBudget: SearchBudget
  readonly #root: Node = { next: new Map(), methods: new Set() }
  readonly #concretes = new Map<string, readonly Node[]>()

  constructor(
    operations: readonly { operation: Operation; basePaths: readonly string[] }[],
    rules: PathRules,
    searchBudget: SearchBudget,
  ) {
    this.#rules = rules
    this.#searchBudget = searchBudget
    for (const { operation, basePaths } of operations) {
      for (const basePath of basePaths) this.#insert(partsBelow(basePath, operation), operation.method)
    }
  }

  /** What an operation is at one of its base paths. The key identifies the shape. */
  of(basePath: string, operation: Operation): { readonly key: string; readonly shape: Shape } {
    const parts = partsBelow(basePath, operation)
    const name = JSON.stringify(parts)
    const template = readTemplate(parts, this.#rules)
    const excluded = this.#inside(name, template).filter(({ methods }) => methods.has(operation.method))
    const items = excluded.flatMap(({ items }) => (items === undefined ? [] : [items]))
    return { key: `${name} ${items.join(' ')}`, shape: { template, excluded: items } }
  }

  #insert(parts: readonly TemplatePart[], method: string): void {
    const template = readTemplate(parts, this.#rules)
    const concrete = template.refusal === undefined ? concretePath(template) : undefined
    if (concrete === undefined) return
    let node = this.#root
    for (const segment of concrete.split('/')) {
      const next: Node = node.next.get(segment) ?? { next: new Map(), methods: new Set() }
      node.next.set(segment, next)
      node = next
    }
    node.items ??= itemsOfTemplate(template)
    node.methods.add(method)
  }

  /** The concrete paths that a template with parameters has. */
  #inside(name: string, template: Template): readonly Node[] {
    if (template.refusal !== undefined || concretePath(template) !== undefined) return []
    const known = this.#concretes.get(name) ?? this.#search(template)
    this.#concretes.set(name, known)
    return known
  }

  #search(template: Template): readonly Node[] {
    const HOLE = '\u0000'
    const SPAN = '\u0001'
    const text = template.pieces
      .map((piece) => ('literal' in piece ? piece.literal : piece.spans ? SPAN : HOLE))
      .join('')
    let reached: Node[] = [this.#root]
    for (const segment of text.split('/')) {
      this.#searchBudget.check()
      if (segment.includes(SPAN)) {
        reached = reached.flatMap(nodesBelow)
        break
      }
      const isOpen = segment.includes(HOLE)
      reached = reached.flatMap(({ next }) => (isOpen ? [...next.values()] : (next.get(segment) ?? [])))
    }
    const candidates = reached.filter(({ items }) => items !== undefined)
    if (candidates.length === 0) return []
    const automaton = new TemplateAutomaton(itemsOfTemplate(template), [], this.#rules)
    return candidates.filter(({ items = [] }) => automaton.accepts(items))
  }
}
