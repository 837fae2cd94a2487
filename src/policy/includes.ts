/**
 * `includes`: names resolved, cycles refused, and the endpoints of a scope with all it includes.
 */
import type { Finding, Report } from '../diagnostic/report.ts'
import { closest, quote } from '../diagnostic/words.ts'
import type { Scope } from './model.ts'
import type { Span } from '../source/span.ts'

/** Beyond so many unknown names nothing is suggested, since each is compared with all scopes. */
const MAX_SUGGESTIONS = 100

/** Names shown of a cycle. */
const MAX_CYCLE_SHOWN = 8

/** One name in a list of `includes`. */
export interface Include {
  readonly name: string
  readonly span: Span
}

/** Reports names that no scope has, and cycles; true when every list can be resolved. */
export function checkIncludes(includes: ReadonlyMap<string, readonly Include[]>, report: Report): boolean {
  let unknown = 0
  for (const [scope, list] of includes) {
    for (const { name, span } of list) {
      if (includes.has(name)) continue
      unknown += 1
      const others = unknown > MAX_SUGGESTIONS ? [] : [...includes.keys()].filter((other) => other !== scope)
      const near = closest(name, others)
      report(unknownScope({ name, span }, near))
    }
  }
  return reportCircles(includes, report) && unknown === 0
}

/** A name that no scope has, and the one that is close to it. */
export function unknownScope({ name, span }: Include, near: string | undefined): Finding {
  return {
    code: 'unknown-scope',
    span,
    message: `there is no scope ${quote(name)} in this document`,
    help: near === undefined ? 'name a scope of this document' : `did you mean ${quote(near)}?`,
  }
}

/** A scope with all that it includes, itself first, each once. */
export function withIncluded(
  name: string,
  scopes: ReadonlyMap<string, Pick<Scope, 'includes'>>,
): readonly string[] {
  const found = new Set([name])
  // A set that grows while it is walked is walked to its new end.
  for (const scope of found) for (const included of scopes.get(scope)?.includes ?? []) found.add(included)
  return [...found]
}

/** A scope on the way from the root, and which of its includes comes next. */
interface Step {
  readonly name: string
  next: number
}

/** Depth-first search with an explicit stack: a chain may be as long as the document. */
function reportCircles(includes: ReadonlyMap<string, readonly Include[]>, report: Report): boolean {
  const done = new Set<string>()
  let isValid = true
  for (const root of includes.keys()) {
    const path: Step[] = [{ name: root, next: 0 }]
    const depths = new Map([[root, 0]])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const include = done.has(top.name) ? undefined : includes.get(top.name)?.[top.next++]
      const depth = include === undefined ? undefined : depths.get(include.name)
      if (include === undefined) {
        done.add(top.name)
        depths.delete(top.name)
        path.pop()
      } else if (depth !== undefined) {
        isValid = false
        const length = path.length - depth
        report(describeCircle(include, path.slice(depth, depth + MAX_CYCLE_SHOWN), length, includes))
      } else if (includes.has(include.name) && !done.has(include.name)) {
        depths.set(include.name, path.length)
        path.push({ name: include.name, next: 0 })
      }
    }
  }
  return isValid
}

/** `last` closes a cycle of `length` scopes; `beginning` are the first of them. */
function describeCircle(
  last: Include,
  beginning: readonly Step[],
  length: number,
  includes: ReadonlyMap<string, readonly Include[]>,
): Finding {
  const name = quote(last.name)
  const names = beginning.map((step) => quote(step.name))
  const arrows = [...names, ...(length > names.length ? ['…'] : []), name].join(' → ')
  const first = includes.get(last.name)?.[(beginning[0]?.next ?? 0) - 1]
  return {
    code: 'include-cycle',
    span: last.span,
    message:
      length === 1 ? `scope ${name} includes itself` : `scopes include each other in a cycle: ${arrows}`,
    help: 'remove one of them; scopes that grant the same can be one scope',
    related: length === 1 || !first ? undefined : { message: 'the cycle begins here', span: first.span },
  }
}
