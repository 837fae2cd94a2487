/** CONTRIBUTING.md names files and commands: all of them exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')

test('every path is there', () => {
  const paths = [...PAGE.matchAll(/`((?:src|test|schema|docs|bench)\/[\w./-]+)`/g)].map(
    (match) => match[1] ?? '',
  )
  expect(paths.length).toBeGreaterThan(20)
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('every folder of src is in the map', () => {
  const map = PAGE.slice(PAGE.indexOf('| Folder'), PAGE.indexOf('`docs/` has'))
  const named = [...map.matchAll(/`([\w-]+(?:\.ts)?)`/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => !existsSync(join(ROOT, 'src', name)))).toEqual([])
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  expect(folders.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([])
})

test('every script is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
  const named = [...PAGE.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
