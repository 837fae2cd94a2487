/** What every adapter exports beside its own. */
export { metadataUrl } from './metadata.ts'
export type { PolicyWithScopes, ResourceMetadataOptions } from './metadata.ts'
export type {
  Awaitable,
  DecidingPolicy,
  DecisionReason,
  DecisionRecord,
  Mode,
  ScopePolicyOptions,
  ScopesOfRequest,
} from './types.ts'
