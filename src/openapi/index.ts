/**
 * scope-policy/openapi: a first policy from an OpenAPI document, and what a policy opens of an API.
 *
 * OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0, as text or as an object. Only paths, servers and security are looked
 * at; references inside of the document are followed, no others.
 *
 * Exact, on the automata of `scope-policy/analysis`: an operation is the set of requests that its template
 * matches. Nearly all patterns are text and stars, and for those two short cuts decide in linear time (see
 * `plain-intersection.ts`), so that ten thousand operations and some hundred scopes take seconds; the rest is the
 * product of two automata. Rejected: sample paths (no proof, and blind to what is reached in part), and
 * comparing templates with patterns as text (wrong where stars cross segments or options change paths).
 *
 * @module
 */
export { coverage } from './compare/coverage.ts'
export type { CoverageOptions } from './compare/coverage.ts'
export { OpenApiError } from './error.ts'
export { fromOpenApi } from './import/from-openapi.ts'
export type { FirstPolicy } from './import/from-openapi.ts'
export type { NoteCode, OpenApiNote } from './model.ts'
export { isUnread } from './model.ts'
export type { OpenApiSource } from './read/parse.ts'
export type { ReadOptions } from './read/read-openapi.ts'
export type { ResolveFile } from './read/references.ts'
export type {
  Coverage,
  EndpointCoverage,
  OperationCoverage,
  PathWitness,
  ReachKind,
  ScopeReach,
  UnmetRequirement,
} from './compare/types.ts'
