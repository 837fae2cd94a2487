/**
 * Operations to sets of request paths: the template behind each base path, without the paths that a concrete
 * one takes first.
 *
 * OpenAPI 3.1 §4.8.8.2: of `/users/me` and `/users/{id}` a request is matched with the concrete one. Routers
 * look at the method as well, and so does this: `DELETE /users/me` belongs to `/users/{id}` where `/users/me`
 * has no DELETE. Which of two templates comes first is left to tools there, so each keeps all of its paths.
 *
 * Concrete paths are a tree of their segments, walked once for each template.
 */
import type { Clock } from '../../automaton/clock.ts'
import { TemplateAutomaton, type TemplateItem } from '../../automaton/template-automaton.ts'
import type { PathRules } from '../../pattern/request-path.ts'
import type { Operation } from '../model.ts'
import type { Shape } from './reach.ts'
import { concretePath, itemsOfTemplate, readTemplate, type Template } from '../read/template.ts'

interface Node {
  readonly next: Map<string, Node>
  /** The concrete path that ends here, and the methods it has. */
  items?: readonly TemplateItem[]
  readonly methods: Set<string>
}

export class Shapes {
  readonly #rules: PathRules
  readonly #clock: Clock
  readonly #root: Node = { next: new Map(), methods: new Set() }
  readonly #templates = new Map<string, Template>()
  readonly #concretes = new Map<string, readonly Node[]>()

  constructor(
    operations: readonly { operation: Operation; basePaths: readonly string[] }[],
    rules: PathRules,
    clock: Clock,
  ) {
    this.#rules = rules
    this.#clock = clock
    for (const { operation, basePaths } of operations) {
      for (const basePath of basePaths) this.#insert(basePath + operation.path, operation.method)
    }
  }

  /** `path` with its base path. The key tells shapes apart. */
  of(path: string, method: string): { readonly key: string; readonly shape: Shape } {
    const template = this.#template(path)
    const excluded = this.#inside(path, template).filter(({ methods }) => methods.has(method))
    const items = excluded.flatMap(({ items }) => (items === undefined ? [] : [items]))
    return { key: `${path} ${items.join(' ')}`, shape: { template, excluded: items } }
  }

  #template(path: string): Template {
    const known = this.#templates.get(path) ?? readTemplate(path, this.#rules)
    this.#templates.set(path, known)
    return known
  }

  #insert(path: string, method: string): void {
    const template = this.#template(path)
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
  #inside(path: string, template: Template): readonly Node[] {
    if (template.refusal !== undefined || concretePath(template) !== undefined) return []
    const known = this.#concretes.get(path) ?? this.#search(template)
    this.#concretes.set(path, known)
    return known
  }

  #search(template: Template): readonly Node[] {
    const HOLE = '\u0000'
    const text = template.pieces.map((piece) => ('literal' in piece ? piece.literal : HOLE)).join('')
    let reached: Node[] = [this.#root]
    for (const segment of text.split('/')) {
      this.#clock.check()
      const isOpen = segment.includes(HOLE)
      reached = reached.flatMap(({ next }) => (isOpen ? [...next.values()] : (next.get(segment) ?? [])))
    }
    const candidates = reached.filter(({ items }) => items !== undefined)
    if (candidates.length === 0) return []
    const automaton = new TemplateAutomaton(itemsOfTemplate(template), [], this.#rules)
    return candidates.filter(({ items = [] }) => automaton.accepts(items))
  }
}
