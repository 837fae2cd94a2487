/** Hundreds of requested scopes: of the real catalog where it is at hand, and of a made one. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareScopes } from '../../src/analysis/index.ts'
import { consent, renderConsent } from '../../src/consent/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import type { PlainDocument } from '../reference/document.ts'
import { readCatalog, toYaml } from '../catalogs/catalog.ts'

const GRAPH = join(import.meta.dirname, '../../../shared/data/catalogs/microsoft-graph.json')
const GUARD = 20_000

function check(policy: Policy, count: number, pairs: number): void {
  const requested = [...policy.scopes.keys()].slice(0, count)
  const view = consent(policy, requested)
  const items = view.groups.flatMap((group) => group.items)
  const places = items.flatMap((item) => [item.scope, ...item.includes.map(({ scope }) => scope)])
  expect([...places].sort()).toEqual([...requested].sort())
  const folded = items.flatMap((item) => item.includes.map(({ scope }) => [item.scope, scope] as const))
  expect(folded.length).toBeGreaterThan(10)
  for (const [big, small] of folded.slice(0, pairs)) {
    expect(['superset', 'equal'], `${small} in ${big}`).toContain(compareScopes(policy, big, small).relation)
  }
  expect(renderConsent(view, { action: '/x', client: { name: 'x' } }).length).toBeGreaterThan(count * 100)
}

describe('600 requested scopes', () => {
  test(
    'of a made policy',
    () => {
      const scopes = Array.from({ length: 600 }, (_, at): [string, object] => {
        const methods = at % 3 === 0 ? ['GET'] : ['GET', 'PUT']
        return [
          `s${at}`,
          { label: 'x', endpoints: [{ [`r${at >> 1}/*`]: methods }, { [`r${at >> 1}`]: methods }] },
        ]
      })
      check(loadPolicy(Object.fromEntries(scopes) as PlainDocument), 600, 40)
    },
    GUARD,
  )

  test.skipIf(!existsSync(GRAPH))(
    'of Microsoft Graph',
    () => {
      check(loadPolicy(toYaml(readCatalog(GRAPH))), 600, 200)
    },
    GUARD,
  )
})
