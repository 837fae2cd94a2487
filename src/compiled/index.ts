/**
 * `scope-policy/compiled`: a policy that decides without its document, as an ES module or as data.
 *
 * @module
 */
export { fromCompiled } from './from-compiled.ts'
export { toCompiled } from './to-compiled.ts'
export { toDeclarations } from './to-declarations.ts'
export { toModule } from './to-module.ts'
export type { CompiledData } from './data.ts'
export type { CompiledPolicyError } from './error.ts'
export type { PathRules } from '../pattern/request-path.ts'
export type { CompiledPolicy, NamedCompiledPolicy } from '../decision/named.ts'
