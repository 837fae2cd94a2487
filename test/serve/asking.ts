/** Starts the decision server for a test and asks it as a gateway would. */
import { onTestFinished } from 'vitest'
import type { AuthzenConfig } from '../../src/serve/authzen/config.ts'
import type { ParseOptions } from '../../src/load.ts'
import { createLog } from '../../src/serve/log.ts'
import type { PolicyChoice } from '../../src/serve/policies.ts'
import { type Running, serve } from '../../src/serve/serve.ts'
import { DEFAULTS, type Settings } from '../../src/serve/settings.ts'
import { AUDIENCE, ISSUER } from './issuer.ts'

/** A policy for an MCP server: names, a combination, and a name by which clients ask. */
export const MCP_GRANTS = `issues:read:
  label: Read issues
  tools: [get_issue, 'search_*']
  prompts: [triage]
  resources: ['repo://*/issues/*']
issues:write:
  label: Change issues
  requestAs: api://app/issues:write
  tools: [create_issue]
projects:write:
  label: Change projects
  tools: [create_project]
issues:write projects:write:
  tools: [move_issue]
$baseline:
  tools: [get_me]
`

export interface Served {
  readonly running: Running
  /** Entries of the log. */
  readonly log: Record<string, unknown>[]
  readonly ask: (
    method: string,
    target: string,
    token?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
}

export async function served(
  files: string | readonly PolicyChoice[],
  settings: Partial<Settings>,
  options: ParseOptions = {},
  now?: () => number,
  authzen?: AuthzenConfig,
): Promise<Served> {
  const log: Record<string, unknown>[] = []
  const choices = typeof files === 'string' ? [{ file: files, clients: [], audiences: [] }] : files
  const all = {
    ...DEFAULTS,
    listen: '127.0.0.1:0',
    issuer: [ISSUER],
    audience: [AUDIENCE],
    reload: 0,
    log: 'decisions' as const,
    ...settings,
  }
  const running = await serve(
    choices,
    all,
    options,
    createLog((line) => log.push(JSON.parse(line) as Record<string, unknown>)),
    { settledAge: 0, authzen, ...(now !== undefined && { now }) },
  )
  onTestFinished(() => running.stop())
  const ask: Served['ask'] = (method, target, token, headers = {}) =>
    fetch(`${running.url}/decide`, {
      headers: {
        'x-forwarded-method': method,
        'x-forwarded-uri': target,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
  return { running, log, ask }
}
