import { BASELINE, NAME_FIELDS } from '../language/scope-fields.ts'
import type { Grants, LocalizedText, Scope } from './model.ts'
import type { PolicyData } from './policy-data.ts'

/**
 * The policy as a document again: plain data in the form of the document, with every option and every
 * method written out. Read again, it gives the same decisions and the same fingerprint.
 */
export function toDocument(data: PolicyData): Record<string, unknown> {
  const scopes = [...data.scopes.values()].map((scope): [string, unknown] => [scope.name, toEntry(scope)])
  // fromEntries defines own properties: a scope may be called `__proto__`.
  const combinations = [...data.combinations].map(([key, one]): [string, unknown] => [key, toGrants(one)])
  const baseline: [string, unknown][] =
    data.baseline === undefined ? [] : [[BASELINE, toGrants(data.baseline)]]
  return Object.fromEntries([['$options', { ...data.options }], ...baseline, ...scopes, ...combinations])
}

function toEntry(scope: Scope): Record<string, unknown> {
  const text = (value: LocalizedText): unknown => (typeof value === 'string' ? value : { ...value })
  return {
    label: text(scope.label),
    ...(scope.description !== undefined && { description: text(scope.description) }),
    ...(scope.group !== undefined && { group: text(scope.group) }),
    ...(scope.risk !== undefined && { risk: scope.risk }),
    ...(scope.optional && { optional: true }),
    ...(scope.includes.length > 0 && { includes: [...scope.includes] }),
    ...toGrants(scope),
    ...(scope.aliases !== undefined && { aliases: [...scope.aliases] }),
    ...(scope.requestAs !== undefined && { requestAs: scope.requestAs }),
    ...(scope.deprecated !== undefined && {
      deprecated: Object.keys(scope.deprecated).length === 0 ? true : { ...scope.deprecated },
    }),
    ...(scope.consent !== undefined && { consent: scope.consent }),
  }
}

function toGrants(grants: Grants): Record<string, unknown> {
  const names = NAME_FIELDS.flatMap((field) => {
    const patterns = grants[field]
    return patterns === undefined ? [] : [[field, patterns.map(({ pattern }) => pattern)] as const]
  })
  return {
    endpoints: grants.endpoints.map(({ pattern, methods }) => Object.fromEntries([[pattern, [...methods]]])),
    ...Object.fromEntries(names),
  }
}
