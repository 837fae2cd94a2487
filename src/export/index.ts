/**
 * Policies in the languages of other engines. A target is one row here, and listed only if it is proved against the
 * engine itself in the tests; what a target cannot express is reported and left out, never approximated.
 */
import type { Policy } from '../decision/types.ts'
import { toCedar } from './cedar.ts'
import { toCerbos } from './cerbos.ts'
import { toEnvoy } from './envoy.ts'
import { toIstio } from './istio.ts'
import { toOpa } from './opa.ts'
import type { Exported } from './model.ts'

export interface Target {
  /** For the help of the command. */
  readonly what: string
  /** Throws `TypeError` for what is not a loaded policy. */
  readonly write: (policy: Policy) => Exported
}

export type TargetName = 'cedar' | 'cerbos' | 'opa' | 'envoy' | 'istio'

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  cedar: { what: 'Cedar policies and their schema', write: toCedar },
  cerbos: { what: 'a resource policy of Cerbos', write: toCerbos },
  opa: { what: 'a bundle of the Open Policy Agent: Rego and data', write: toOpa },
  envoy: { what: "filters of Envoy's role-based access control", write: toEnvoy },
  istio: { what: 'an AuthorizationPolicy and an EnvoyFilter of Istio', write: toIstio },
}

export { toOpenApi } from './openapi/index.ts'
export { unexpressedText } from './model.ts'
export type { Exported, ExportedFile, Unexpressed } from './model.ts'
