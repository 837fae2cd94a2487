/** What every adapter exports beside its own. */
export { metadataUrl } from '../enforce/metadata.ts'
export type { PolicyWithScopes, ResourceMetadataOptions } from '../enforce/metadata.ts'
export type {
  Awaitable,
  DecidingPolicy,
  DecisionReason,
  DecisionRecord,
  Mode,
  ScopePolicyOptions,
  ScopesOfRequest,
} from '../enforce/types.ts'
