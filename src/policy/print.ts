import type { LocalizedText, Scope } from './model.ts'
import type { PolicyData } from './policy-data.ts'

/**
 * The policy as a document again: plain data in the form of the document, with every option and every
 * method written out. Read again, it gives the same decisions and the same fingerprint.
 */
export function toDocument(data: PolicyData): Record<string, unknown> {
  const scopes = [...data.scopes.values()].map((scope): [string, unknown] => [scope.name, toEntry(scope)])
  // fromEntries defines own properties: a scope may be called `__proto__`.
  return Object.fromEntries([['$options', { ...data.options }], ...scopes])
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
    endpoints: scope.endpoints.map(({ pattern, methods }) => Object.fromEntries([[pattern, [...methods]]])),
  }
}
