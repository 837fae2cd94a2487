/**
 * One golden file for each situation and format; `UPDATE_GOLDEN=1` rewrites them. All end in `.txt`, so that
 * nobody reformats them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/report/findings/formats.ts'
import { SETTINGS, SITUATIONS } from './situations.ts'

const FOLDER = join(import.meta.dirname, 'golden')

describe.each([...FORMATS])('%s', (name, format) => {
  test.each(Object.keys(SITUATIONS))('of %s is as its golden file', (situation) => {
    const written = format(SITUATIONS[situation] ?? [], SETTINGS)
    const file = join(FOLDER, `${situation}.${name}.txt`)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, written)
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'no golden file').toBe(written)
  })

  test('ends in a line end, or is nothing', () => {
    for (const files of Object.values(SITUATIONS)) expect(format(files, SETTINGS)).toMatch(/^$|[^\n]\n$/)
  })
})

test('every golden file belongs to a situation and a format', () => {
  const wanted = [...FORMATS.keys()].flatMap((name) =>
    Object.keys(SITUATIONS).map((situation) => `${situation}.${name}.txt`),
  )
  expect(readdirSync(FOLDER).sort()).toEqual(wanted.sort())
})

test('formats are listed in the order of the help', () => {
  expect([...FORMATS.keys()]).toEqual(['pretty', 'compact', 'json', 'sarif', 'github', 'gitlab', 'junit'])
})
