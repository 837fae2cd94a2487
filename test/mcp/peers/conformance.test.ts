/**
 * Transparency: the server scenarios of `@modelcontextprotocol/conformance` give the same results with and
 * without the guard in front of the server.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { tablePolicy } from '../table-policy.ts'
import { CONFORMANCE, missingPeers, startEverything, startGuarded } from './peers.ts'
import type { Running } from './peers.ts'

const running: Running[] = []
afterAll(() => {
  for (const { stop } of running) stop()
})

/** For each scenario the result of each of its checks. */
async function results(url: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-conformance-'))
  try {
    await new Promise<void>((resolve) => {
      const parameters = [CONFORMANCE, 'server', '--url', url, '--output-dir', folder]
      // Scenarios that the server does not pass make it exit with 1: they are compared like all others.
      execFile(process.execPath, parameters, { cwd: folder, maxBuffer: 1 << 26 }, () => {
        resolve()
      })
    })
    const found: Record<string, unknown> = {}
    for (const name of readdirSync(folder)) {
      const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')) as {
        readonly id: string
        readonly status: string
        readonly errorMessage?: string
      }[]
      // The name of the folder ends in the time of the run.
      found[name.replace(/-\d{4}-\d\d-\d\dT.*$/, '')] = checks.map(({ id, status, errorMessage }) => ({
        id,
        status,
        errorMessage: errorMessage?.replaceAll(/:\d{4,5}\b/g, ''),
      }))
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const everything = { ...tablePolicy({}), authorize: () => true }

describe.skipIf(missingPeers !== undefined)(
  `conformance scenarios${missingPeers === undefined ? '' : ` (${missingPeers})`}`,
  () => {
    test('give the same results with and without the guard', async () => {
      const server = await startEverything()
      running.push(server)
      const guarded = await startGuarded(
        { policy: everything, scopes: () => 'all', filterLists: true },
        server.port,
      )
      running.push(guarded)
      const without = await results(`http://127.0.0.1:${String(server.port)}/mcp`)
      const withGuard = await results(`http://127.0.0.1:${String(guarded.port)}/mcp`)
      expect(Object.keys(without).length).toBeGreaterThan(25)
      expect(withGuard).toEqual(without)
    }, 120_000)
  },
)
