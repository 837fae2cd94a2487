/** The projects of vitest.config.ts: `npm run test:watch` needs no build, and no test is run twice or never. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import config, { BUILT } from '../../vitest.config.ts'

const ROOT = join(import.meta.dirname, '../..')
const TESTS = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .map((file) => join('test', file))

interface Project {
  readonly test: { readonly include: readonly string[]; readonly exclude?: readonly string[] }
}

const matches = (file: string, globs: readonly string[] = []): boolean =>
  globs.some((glob) => matchesGlob(file, glob))

/** Whether a file of `test`, or one that it imports, starts or imports what was built. */
function needsBuild(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false
  seen.add(file)
  if (!relative(join(ROOT, 'test'), file).startsWith('..')) {
    const text = readFileSync(file, 'utf8')
    if (/['"`/]dist['"`/]|from 'scope-policy[/']/.test(text)) return true
    for (const [, to = ''] of text.matchAll(/from\s*'(\.[^']+)'/g))
      if (needsBuild(resolve(dirname(file), to), seen)) return true
  }
  return false
}

test('every test is in one project', () => {
  const projects = (config as { test: { projects: readonly Project[] } }).test.projects
  const times = TESTS.map((file) => [
    file,
    projects.filter(({ test: { include, exclude } }) => matches(file, include) && !matches(file, exclude))
      .length,
  ])
  expect(times.filter(([, count]) => count !== 1)).toEqual([])
})

test('what needs a build is in the project for it', () => {
  const outside = TESTS.filter((file) => needsBuild(join(ROOT, file)) && !matches(file, BUILT))
  expect(outside).toEqual([])
})
