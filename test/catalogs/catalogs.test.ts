/** The catalog script on its own small catalog, and on the real ones where they are at hand. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCatalogs } from './catalogs.ts'

const REAL = join(import.meta.dirname, '../../../shared/data/catalogs')

function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'catalogs-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a catalog loads and decides as the reference, and what was substituted is said', () => {
  const catalog = {
    name: 'Small',
    scopes: {
      'files.read': { label: 'Read files', endpoints: [{ path: '/files/*', methods: ['GET'] }] },
      'files write': {
        endpoints: [
          { path: '/files', methods: ['POST'] },
          { path: '/files/*', methods: ['PUT', 'DELETE'] },
        ],
      },
    },
  }
  const report = inTemporaryFolder((folder) => {
    writeFileSync(join(folder, 'small.json'), JSON.stringify(catalog))
    return checkCatalogs(folder, 200, () => undefined)
  })
  expect(report.failures, report.text).toBe(0)
  expect(report.text).toContain('scope "files write" is no scope token; it is compared as files%20write')
  expect(report.text).toContain('1 of 2 scopes have no label')
  expect(report.text).toMatch(/^small +2 +3 /m)
})

test('a folder without catalogs is a failure', () => {
  expect(inTemporaryFolder((folder) => checkCatalogs(folder, 1, () => undefined)).failures).toBe(1)
})

if (existsSync(REAL)) {
  test('every real catalog at hand loads and decides as the reference', () => {
    const report = checkCatalogs(REAL, 8, () => undefined)
    expect(report.failures, report.text).toBe(0)
  })
}
