/** Tables of small policies, made from patterns as the loader would make them. */
import { buildTables } from '../../src/matcher/build.ts'
import type { Tables } from '../../src/matcher/tables.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import type { PolicyData } from '../../src/policy/policy-data.ts'
import { RULES } from '../pattern/rules.ts'

export type Grants = Readonly<Record<string, readonly (readonly [pattern: string, ...methods: string[]])[]>>

export function dataOf(grants: Grants, options: Partial<PathRules> = {}): PolicyData {
  const rules = { ...RULES, ...options }
  const lists = Object.entries(grants).map(([name, endpoints]) => {
    const interpreted = endpoints.map(([pattern, ...methods]) => ({
      endpoint: { pattern, methods },
      pattern: readPattern(pattern, rules),
    }))
    return [name, interpreted] as const
  })
  const scopes = lists.map(([name, list]) => {
    const endpoints = list.map(({ endpoint }) => endpoint)
    return [name, { name, label: name, optional: false, includes: [], endpoints }] as const
  })
  return {
    options: { ...rules, head: 'explicit', methods: ['GET'], extraMethods: [] },
    rules,
    scopes: new Map(scopes),
    combinations: new Map(),
    grants: new Map(lists),
  }
}

export function tablesOf(grants: Grants, options: Partial<PathRules> = {}): Tables {
  return buildTables(dataOf(grants, options))
}
