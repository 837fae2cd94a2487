/**
 * Building expressions in tests, and what they mean by definition: a matcher that tries every way, for
 * testing only.
 */
import { has } from '../../src/pattern/charset.ts'
import { EMPTY, type Expression, type Guard, literal } from '../../src/pattern/expression.ts'

export function seq(...items: readonly Expression[]): Expression {
  return { kind: 'sequence', items }
}

export function or(...items: readonly Expression[]): Expression {
  return { kind: 'choice', items }
}

export function star(item: Expression): Expression {
  return { kind: 'repeat', item, min: 0 }
}

export function plus(item: Expression): Expression {
  return { kind: 'repeat', item, min: 1 }
}

export function guard(name: Guard): Expression {
  return { kind: 'guard', guard: name }
}

export function text(characters: string): Expression {
  return literal(characters)
}

export const ANY: Expression = { kind: 'set', set: [0, 0xffff] }
export const NO_SLASH: Expression = { kind: 'set', set: [0, 0x2e, 0x30, 0xffff] }
export const NOTHING: Expression = EMPTY

/** The ends of all matches of `expression` in `path` that begin at `at`. */
function ends(expression: Expression, path: string, at: number): ReadonlySet<number> {
  switch (expression.kind) {
    case 'set':
      return new Set(at < path.length && has(expression.set, path.charCodeAt(at)) ? [at + 1] : [])
    case 'sequence': {
      let reached: ReadonlySet<number> = new Set([at])
      for (const item of expression.items) {
        reached = new Set([...reached].flatMap((from) => [...ends(item, path, from)]))
      }
      return reached
    }
    case 'choice':
      return new Set(expression.items.flatMap((item) => [...ends(item, path, at)]))
    case 'repeat': {
      const found = new Set(expression.min === 0 ? [at] : [])
      const pending = [at]
      const seen = new Set<number>()
      for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
        if (seen.has(from)) continue
        seen.add(from)
        for (const end of ends(expression.item, path, from)) {
          found.add(end)
          pending.push(end)
        }
      }
      return found
    }
    case 'guard':
      return new Set(holds(expression.guard, path, at) ? [at] : [])
  }
}

function holds(name: Guard, path: string, at: number): boolean {
  if (name === 'start') return at === 0
  if (name === 'end') return at === path.length
  if (name === 'more') return at < path.length
  const rest = path.slice(at).split('/', 1)[0] ?? ''
  return rest !== '' && rest !== '.'
}

/** Whether the expression matches the whole path, by definition. */
export function matchesByDefinition(expression: Expression, path: string): boolean {
  return ends(expression, path, 0).has(path.length)
}

/** Every text over the letters of up to `longest` characters, the empty one first. */
export function everyText(letters: readonly string[], longest: number): readonly string[] {
  const all = ['']
  let last = ['']
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((prefix) => letters.map((letter) => prefix + letter))
    all.push(...last)
  }
  return all
}
