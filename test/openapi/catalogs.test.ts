/**
 * The real permission tables, where they are at hand: as OpenAPI documents, to policies and back. Each
 * operation must be reached by every scope that lists it, in full.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'
import { readCatalog } from '../catalogs/catalog.ts'
import { openApiOf } from './from-catalog.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data/catalogs')
/** Takes long; `bench/openapi.ts` measures it. */
const LARGE = 'microsoft-graph.json'

if (existsSync(FOLDER)) {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== LARGE)
  test.each(names)('%s', (name) => {
    const document = openApiOf(readCatalog(join(FOLDER, name)))
    const { text, notes } = fromOpenApi(document)
    const left = new Set(notes.filter(({ code }) => /path|method/.test(code)).map(({ pointer }) => pointer))
    const { operations } = coverage(loadPolicy(text), document)
    expect(operations.length).toBeGreaterThan(0)
    for (const { pointer, path, reach, unmet } of operations) {
      if (!left.has(pointer)) expect([path, reach, unmet]).toEqual([path, 'full', []])
    }
  })
} else test.skip('the tables are not at hand', () => undefined)
