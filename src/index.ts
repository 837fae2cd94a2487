/**
 * scope-policy: one YAML document says which API calls each OAuth scope allows.
 *
 * @module
 */
export { loadPolicy, parsePolicy, PolicyError } from './load.ts'
export type { ParseOptions, ParseResult, PolicySource } from './load.ts'
export type { Decision, Grant, GrantedBy, Nearest, Policy, Reason, ScopesArgument } from './decision/types.ts'
export type { NamedPolicy } from './decision/named.ts'
export type {
  Combination,
  Deprecation,
  Endpoint,
  Grants,
  LocalizedText,
  NamePattern,
  PolicyOptions,
  Risk,
  Scope,
} from './policy/model.ts'
export type { GivenOptions } from './language/options.ts'
export type { NameField, NameMethod } from './language/scope-fields.ts'
export type { Diagnostic, Edit, Fix, Related, Severity } from './diagnostic/diagnostic.ts'
export type { DiagnosticCode } from './language/codes.ts'
export type { Position, Range, Span } from './source/span.ts'
export type { Refusal } from './pattern/request-path.ts'
export type { Limits } from './language/limits.ts'
