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
export type { BodyLimits, BodyRefusal, HeaderFields, McpAccess, McpBody, McpMessage } from './types.ts'
