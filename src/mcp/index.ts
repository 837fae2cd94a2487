/**
 * scope-policy/mcp: for servers of the Model Context Protocol, and the gateways in front of them.
 *
 * It decides which tools, resources and prompts a token may use, in the revisions 2025-06-18, 2025-11-25 and
 * 2026-07-28. No SDK is imported.
 *
 * @module
 */
export { readMessages } from './read/read-messages.ts'
export { readMcpHeaders } from './read/headers.ts'
export type { McpHeaders } from './read/headers.ts'
export { mcpGuard } from './node.ts'
export type { McpMiddleware, NodeRequest } from './node.ts'
export type { NodeResponse } from './node-response.ts'
export { protectMcp } from './fetch.ts'
export type { ProtectMcpOptions } from './fetch.ts'
export { decisionOf } from './decisions.ts'
export type { McpDecisionRecord, McpOptions } from './guard.ts'
export { filterPrompts, filterResources, filterResourceTemplates, filterTools } from './lists/filter.ts'
export { mcpCoverage } from './coverage/coverage.ts'
export type {
  McpCoverage,
  McpItemCoverage,
  McpItemKind,
  McpLists,
  McpTool,
  MisleadingLabel,
  UnusedPattern,
} from './coverage/types.ts'
export { metadataUrl } from '../enforce/metadata.ts'
export type { BodyLimits, BodyRefusal, HeaderFields, McpAccess, McpBody, McpMessage } from './types.ts'
