/**
 * From a loaded policy to data. Deterministic: the same policy always gives the same data.
 */
import type { Policy } from '../decision/types.ts'
import { internalsOf } from '../decision/internals.ts'
import { canonicalise } from '../pattern/canonical.ts'
import type { PathRules } from '../pattern/request-path.ts'
import type { Tables } from '../matcher/tables.ts'
import { holdingOf } from '../policy/holding.ts'
import { nameGrants } from '../policy/name-grants.ts'
import type { PolicyData } from '../policy/policy-data.ts'
import { automatonNumbers } from './automaton-numbers.ts'
import { type CompiledData, seal } from './data.ts'
import { type Entry, writeEntries } from './entries.ts'
import type { UnpackedMore } from './open-more.ts'
import { packTables } from './tables.ts'

/** A policy between its document and a stored or transferred form. */
export interface PolicyContent {
  readonly fingerprint: string
  readonly rules: PathRules
  /** A copy, which belongs to the caller. */
  readonly tables: Tables
  /** As in {@link CompiledData}. */
  readonly endpoints: readonly string[]
  readonly more?: UnpackedMore
}

/**
 * The compiled form of a policy as plain data, for `JSON.stringify` and `fromCompiled`.
 * Throws `TypeError` for anything but a policy that `loadPolicy` or `parsePolicy` gave.
 */
export function toCompiled(policy: Pick<Policy, 'fingerprint'>): CompiledData {
  const { tables, more, ...content } = contentOf(policy)
  const names = more?.names && { ...more.names, tables: packTables(more.names.tables) }
  return seal({
    ...content,
    tables: packTables(tables),
    ...(more !== undefined && { more: { ...more, names: names ?? null } }),
  })
}

/** Throws as {@link toCompiled} does. */
export function contentOf(policy: Pick<Policy, 'fingerprint'>): PolicyContent {
  const internals = internalsOf(policy)
  if (internals === undefined) throw new TypeError('not a policy that `loadPolicy` or `parsePolicy` gave')
  const { data } = internals
  const tables = internals.tables()
  // JSON has no Infinity, and no string is as long.
  const pathLength = Math.min(data.rules.pathLength, Number.MAX_SAFE_INTEGER)
  return {
    fingerprint: policy.fingerprint,
    rules: { ...data.rules, pathLength },
    tables,
    endpoints: entriesOf(data, tables.scopes).map(writeEntries),
    ...moreOf(data, internals.names()),
  }
}

/** What policies without these words do not have, so that their data is what it always was. */
function moreOf(data: PolicyData, nameTables: Tables | undefined): Pick<PolicyContent, 'more'> {
  const holding = holdingOf(data) ?? null
  const scopes = [...data.scopes]
  const requestAs = scopes.flatMap(([name, scope]) =>
    scope.requestAs === undefined ? [] : [[name, scope.requestAs] as const],
  )
  const deprecated = scopes.flatMap(([name, scope]) => (scope.deprecated === undefined ? [] : [name]))
  const isPlain = requestAs.length === 0 && deprecated.length === 0
  if (isPlain && holding === null && nameTables === undefined) return {}
  const names = nameTables && {
    tables: nameTables,
    endpoints: nameEntries(data, nameTables.scopes).map(writeEntries),
  }
  return { more: { holding, names: names ?? null, requestAs: Object.fromEntries(requestAs), deprecated } }
}

function nameEntries(data: PolicyData, rows: readonly string[]): readonly (readonly Entry[])[] {
  const grants = nameGrants(data)
  return rows.map((row) =>
    (grants?.get(row) ?? []).flatMap(({ endpoint: { methods }, pattern: { meaning } }) =>
      meaning.kind === 'runs' ? [{ methods, text: meaning.runs.join('*') }] : [],
    ),
  )
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
