/**
 * `includes`: names resolved, circles refused, and the endpoints of a scope with all it includes.
 */
import type { Report } from '../diagnostic/report.ts'
import { closest, quote } from '../diagnostic/words.ts'
import type { Span } from '../source/span.ts'

/** One name in a list of `includes`. */
export interface Include {
  readonly name: string
  readonly span: Span
}

/** Reports names that no scope has, and circles; true when every list can be resolved. */
export function checkIncludes(includes: ReadonlyMap<string, readonly Include[]>, report: Report): boolean {
  let sound = true
  for (const list of includes.values()) {
    for (const { name, span } of list) {
      if (includes.has(name)) continue
      sound = false
      const near = closest(name, includes.keys())
      report({
        code: 'unknown-scope',
        span,
        message: `there is no scope ${quote(name)} in this document`,
        help: near === undefined ? 'name a scope of this document' : `did you mean ${quote(near)}?`,
      })
    }
  }
  return reportCircles(includes, report) && sound
}

/** Every scope with all that it includes, itself first, each once. */
export function closure(name: string, includes: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set([name])
  // A set that grows while it is walked is walked to its new end.
  for (const scope of found) for (const included of includes.get(scope) ?? []) found.add(included)
  return [...found]
}

/** Depth-first search with an explicit stack: a chain may be as long as the document. */
function reportCircles(includes: ReadonlyMap<string, readonly Include[]>, report: Report): boolean {
  const done = new Set<string>()
  let sound = true
  for (const root of includes.keys()) {
    const path: { readonly name: string; next: number }[] = [{ name: root, next: 0 }]
    const open = new Set([root])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const include = done.has(top.name) ? undefined : includes.get(top.name)?.[top.next++]
      if (include === undefined) {
        done.add(top.name)
        open.delete(top.name)
        path.pop()
      } else if (open.has(include.name)) {
        sound = false
        const circle = path.slice(path.findIndex(({ name }) => name === include.name))
        const names = [...circle.map(({ name }) => name), include.name]
        report({
          code: 'include-cycle',
          span: include.span,
          message:
            names.length === 2
              ? `scope ${quote(include.name)} includes itself`
              : `scopes include each other in a circle: ${shorten(names.map(quote)).join(' → ')}`,
          help: 'take one of them out; scopes that grant the same can be one scope',
        })
      } else if (includes.has(include.name) && !done.has(include.name)) {
        open.add(include.name)
        path.push({ name: include.name, next: 0 })
      }
    }
  }
  return sound
}

function shorten(names: readonly string[]): readonly string[] {
  return names.length <= 8 ? names : [...names.slice(0, 4), '…', ...names.slice(-3)]
}
