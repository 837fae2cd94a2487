/**
 * Requests to an MCP server whose body is not seen: its method and the name it is about, by the headers
 * `Mcp-Method` and `Mcp-Name` (revision 2026-07-28), or by the metadata of Envoy's MCP filter.
 *
 * The server has to refuse bodies that state something else than the headers, as that revision asks for;
 * Envoy's filter reads the body itself.
 */
import { ruleOf } from '../mcp/methods.ts'
import { readMcpHeaders } from '../mcp/read/headers.ts'
import { type McpQuestion, type Question, withoutQuery } from './question.ts'

/** What is to be authorized: a grant of the policy, any valid token, or nothing that is known. */
export type McpTarget =
  | { readonly kind: 'grant'; readonly method: string; readonly name: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown' }

const GRANTS: Readonly<Record<string, string>> = {
  tool: 'tools/call',
  prompt: 'prompts/get',
  resource: 'resources/read',
}

export function mcpTarget({ method, name }: McpQuestion): McpTarget {
  // Without the body a notification is known by its method alone.
  const rule = ruleOf(method, method.startsWith('notifications/'))
  if (rule === 'open') return { kind: 'open' }
  const grant = rule === undefined ? undefined : GRANTS[rule]
  return grant === undefined || name === undefined || name === ''
    ? { kind: 'unknown' }
    : { kind: 'grant', method: grant, name }
}

/**
 * By the headers, whichever protocol the question came by; undefined on other paths than that of the server.
 * Another spelling of its path is refused.
 *
 * A request with a body has to state its method; one without (the stream, the end of a session) has none.
 */
export function mcpOfRequest(
  { method: httpMethod, target, valuesOf }: Question,
  mcpPath: string,
): McpQuestion | { readonly problem: string } | undefined {
  const path = withoutQuery(target)
  if (path !== mcpPath) {
    return spelling(path) === spelling(mcpPath)
      ? { problem: `the path is another spelling of ${mcpPath}, which servers may take for it` }
      : undefined
  }
  const { method, name, refusal } = readMcpHeaders({
    'mcp-method': valuesOf('mcp-method'),
    'mcp-name': valuesOf('mcp-name'),
  })
  if (refusal !== undefined)
    return { problem: 'Mcp-Method or Mcp-Name is there twice, or not correctly encoded' }
  if (method !== undefined) return { method, name }
  if (httpMethod === 'GET' || httpMethod === 'DELETE') return { method: 'ping', name: undefined }
  return { problem: 'the gateway sent no Mcp-Method' }
}

/**
 * The same for paths that servers may take for one: escaped, in other letters, with a slash at the end. As
 * paths they would be judged without the name that the body calls.
 */
function spelling(path: string): string {
  const plain = (path.endsWith('/') ? path.slice(0, -1) : path).toLowerCase()
  try {
    return decodeURIComponent(plain).toLowerCase()
  } catch {
    return plain
  }
}

/** Namespaces under which Envoy's MCP filter leaves what it has read. */
const NAMESPACES: readonly string[] = ['mcp_proxy', 'envoy.filters.http.mcp']

/** Undefined where the filter has said nothing. Two namespaces that differ are an unknown method. */
export function mcpByMetadata(
  namespaces: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): McpQuestion | undefined {
  const found = NAMESPACES.flatMap((name) => {
    const metadata = namespaces.get(name)
    return metadata === undefined || metadata.size === 0 ? [] : [questionOf(metadata)]
  })
  const [first, second] = found
  if (first === undefined || second === undefined) return first
  return first.method === second.method && first.name === second.name
    ? first
    : { method: '', name: undefined }
}

function questionOf(metadata: ReadonlyMap<string, unknown>): McpQuestion {
  const method = metadata.get('method')
  const params = metadata.get('params')
  const member = (name: string): unknown => (params instanceof Map ? params.get(name) : undefined)
  const name = member('name') ?? member('uri')
  return {
    method: typeof method === 'string' ? method : '',
    name: typeof name === 'string' ? name : undefined,
  }
}
