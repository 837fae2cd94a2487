/**
 * Names that a scope, a key of several names or `$baseline` grants more than once: listed twice, or covered by a wider
 * pattern there, in an included scope or in `$baseline`.
 *
 * A pattern covers another one exactly where it matches its text: a star of the narrower can be any character, so only
 * a star of the wider can take it. Cost: patterns with a star times names, bounded by {@link MAX_COMPARISONS}.
 */
import { BASELINE } from '../../language/scope-fields.ts'
import { matchesRuns } from '../../matcher/pattern-matcher.ts'
import { withIncluded } from '../../policy/includes.ts'
import type { Holder, LintName, Subject } from '../subject.ts'

const MAX_COMPARISONS = 2_000_000

interface RepeatedName {
  readonly holder: Holder
  readonly name: LintName
  readonly kind: 'duplicate' | 'covered'
  /** What grants it already. */
  readonly by: { readonly holder: Holder; readonly name: LintName }
}

export interface RepeatedNames {
  readonly repeated: readonly RepeatedName[]
  /** Whether the bound left comparisons out. */
  readonly open: boolean
}

const known = new WeakMap<Subject, RepeatedNames>()

export function repeatedNames(subject: Subject): RepeatedNames {
  const before = known.get(subject) ?? findAll(subject)
  known.set(subject, before)
  return before
}

function findAll({ holders, data }: Subject): RepeatedNames {
  const byName = new Map(holders.map((holder) => [holder.name, holder]))
  let left = MAX_COMPARISONS
  const repeated = holders.flatMap((holder): RepeatedName[] => {
    const others = [...withIncluded(holder.name, data.scopes), BASELINE].filter(
      (name) => name !== holder.name,
    )
    const around = others.flatMap((name) => byName.get(name) ?? [])
    const candidates = [holder, ...around].flatMap((one) => one.names.map((name) => ({ holder: one, name })))
    const wide = candidates.filter(({ name }) => runsOf(name).length > 1)
    const first = new Map<string, (typeof candidates)[number]>()
    for (const one of candidates) if (!first.has(keyOf(one.name))) first.set(keyOf(one.name), one)
    return holder.names.flatMap((name): RepeatedName[] => {
      if (name.pattern.meaning.kind !== 'runs') return []
      const same = first.get(keyOf(name))
      if (same !== undefined && same.name !== name) return [{ holder, name, kind: 'duplicate', by: same }]
      const elsewhere = candidates.find(
        (other) => other.holder !== holder && keyOf(other.name) === keyOf(name),
      )
      const text = runsOf(name).join('*')
      const by =
        elsewhere ??
        wide.find((other) => {
          if (other.name.field !== name.field || other.name === name) return false
          left -= 1
          return left > 0 && runsOf(other.name).join('*') !== text && matchesRuns(runsOf(other.name), text)
        })
      return by === undefined ? [] : [{ holder, name, kind: 'covered', by }]
    })
  })
  return { repeated, open: left <= 0 }
}

function runsOf({ pattern }: LintName): readonly string[] {
  return pattern.meaning.kind === 'runs' ? pattern.meaning.runs : []
}

function keyOf(name: LintName): string {
  return `${name.field} ${runsOf(name).join('*')}`
}
