/**
 * From a loaded policy to data. Deterministic: the same policy always gives the same data.
 */
import type { Policy } from '../decision/types.ts'
import { internalsOf } from '../decision/internals.ts'
import { canonicalise } from '../pattern/canonical.ts'
import { holdingOf } from '../policy/holding.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { automatonNumbers } from './automaton-numbers.ts'
import { type CompiledData, seal } from './data.ts'
import { type Entry, writeEntries } from './entries.ts'
import { packTables } from './tables.ts'

/**
 * The compiled form of a policy as plain data, for `JSON.stringify` and `fromCompiled`.
 * Throws `TypeError` for anything but a policy that `loadPolicy` or `parsePolicy` gave.
 */
export function toCompiled(policy: Pick<Policy, 'fingerprint'>): CompiledData {
  const internals = internalsOf(policy)
  if (internals === undefined) throw new TypeError('not a policy that `loadPolicy` or `parsePolicy` gave')
  const { data } = internals
  if (internals.names() !== undefined || holdingOf(data) !== undefined) {
    throw new TypeError('policies with names, combinations, aliases or a baseline have no compiled form yet')
  }
  const tables = internals.tables()
  // JSON has no Infinity, and no string is as long.
  const pathLength = Math.min(data.rules.pathLength, Number.MAX_SAFE_INTEGER)
  return seal({
    fingerprint: policy.fingerprint,
    rules: { ...data.rules, pathLength },
    tables: packTables(tables),
    endpoints: entriesOf(data, tables.scopes).map(writeEntries),
  })
}

/** The entries of each scope, in the order of the tables. */
function entriesOf(data: PolicyData, names: readonly string[]): readonly (readonly Entry[])[] {
  const alive = names.map((name) =>
    (data.grants.get(name) ?? []).filter(({ pattern }) => pattern.meaning.kind !== 'never'),
  )
  if (data.rules.wildcard === 'any') {
    return alive.map((list) =>
      list.map(({ endpoint: { pattern, methods } }) => ({
        methods,
        text: canonicalise(pattern.replace(/^\//, ''), data.rules).text,
      })),
    )
  }
  const numberOf = automatonNumbers(alive.flat())
  return alive.map((list) =>
    list.map(({ endpoint, pattern }) => ({
      methods: endpoint.methods,
      text: `${numberOf(pattern.text)} ${endpoint.pattern}`,
    })),
  )
}
