/** The real permission tables, where they are at hand: relations hold for the requests that they list. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareScopes, redundantEndpoints } from '../../src/analysis/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { readCatalog, toYaml } from '../catalogs/catalog.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data/catalogs')
const FEW = 24

const NAMES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : []

test.skipIf(NAMES.length === 0)(
  'the tables',
  () => {
    for (const name of NAMES) {
      const catalog = readCatalog(join(FOLDER, name))
      const policy = loadPolicy(toYaml(catalog))
      const names = [...policy.scopes.keys()]
      const step = Math.max(1, Math.floor(names.length / FEW))
      const some = names.filter((_, index) => index % step === 0)
      for (const a of some) {
        for (const b of some) {
          const { relation, onlyInA } = compareScopes(policy, a, b)
          expect(relation).not.toBe('undecided')
          if (onlyInA !== undefined) continue
          // A proof that `b` allows all of `a` holds for every request that `a` spells out.
          for (const { pattern, methods } of policy.scopes.get(a)?.endpoints ?? []) {
            for (const star of ['x', '7/y']) {
              const path = `/${pattern.replace(/^\//, '').replaceAll('*', star)}`
              for (const method of methods) {
                if (policy.authorize([a], method, path))
                  expect(policy.authorize([b], method, path)).toBe(true)
              }
            }
          }
        }
      }
      expect(redundantEndpoints(policy).every(({ coveredBy }) => coveredBy.length > 0)).toBe(true)
    }
  },
  120_000,
)
