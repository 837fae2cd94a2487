/**
 * Requests are judged folder by folder where all names of a folder are allowed alike, and by bytes where a line has them:
 * against each decision.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { LogReader } from '../../src/usage/log-reader.ts'
import { UsageCollector } from '../../src/usage/usage.ts'

test('every request of a log is of the class that its own decision gives', () => {
  const pattern = fc.constantFrom(
    ...[
      '*',
      'a',
      'a/*',
      'a/b',
      'a/b*',
      'a/*/c',
      '*/b',
      'a*',
      'a/b/*',
      'a/b/c',
      'ab/*',
      'a/',
      'a/b/',
      '*b',
      'a*/b',
    ],
  )
  const path = fc.constantFrom(
    ...[
      '/a',
      '/b',
      '/a/b',
      '/a/c',
      '/a/b/c',
      '/a/b/d',
      '/ab/x',
      '/ab/y',
      '/a/',
      '/a/b/',
      '/a/x.json',
      '/a/.json',
    ],
    ...[
      '/a//b',
      '/a/../b',
      '/a/%62',
      '/%61/b',
      '/%61/c',
      '/a/b;c',
      'a/b',
      '*',
      '/a/b-1',
      '/a/b?c',
      '/a/#b',
      '/a/\u00e9/b',
      '/a/B',
      '/A/b',
      '/aa/b',
      '/x/b/c',
    ],
  )
  const options = fc.constantFrom(
    '',
    '$options: {trailingSlash: ignore}\n',
    '$options: {caseSensitive: false}\n',
    '$options: {basePath: /a}\n',
    '$options: {extensions: [json]}\n',
    '$options: {wildcard: segment}\n',
    '$options: {head: as-get}\n',
  )
  fc.assert(
    fc.property(
      options,
      fc.array(fc.uniqueArray(pattern, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.constantFrom('GET', 'POST', 'HEAD', 'TRACE'), path), {
        minLength: 1,
        maxLength: 20,
      }),
      (head, scopes, log) => {
        const document = scopes
          .map((some, at) => {
            const items = some.map((one, index) => `"${one}"${index % 2 === 0 ? ': GET' : ''}`).join(', ')
            return `s${at}: {label: Scope ${at}, endpoints: [${items}]}\n`
          })
          .join('')
        const policy = loadPolicy(`${head}${document}`)
        const names = [...policy.scopes.keys()]
        const collector = new UsageCollector(policy)
        for (const [method, target] of log) collector.add({ method, path: target, client: 'x' }, '')
        const { clients, unusedEndpoints } = collector.report()
        const fromLines = new UsageCollector(policy)
        const reader = new LogReader(fromLines, { format: '"$request" $remote_user' })
        const lines = log.map(([method, target]) => `"${method} ${target} HTTP/1.1" x\n`).join('')
        reader.push(new TextEncoder().encode(lines))
        reader.end()
        expect(fromLines.report()).toEqual(collector.report())
        const allowed = log.filter(([method, target]) => policy.authorize(names, method, target))
        const denied = clients[0]?.denied.reduce((sum, { count }) => sum + count, 0)
        expect(denied).toBe(log.length - allowed.length)
        // Alone or together: what a scope allows alone is counted for it.
        for (const name of names) {
          const alone = log.filter(([method, target]) => policy.authorize([name], method, target)).length
          const counted = clients[0]?.scopes.find(({ scope }) => scope === name)?.requests ?? 0
          expect(counted).toBeGreaterThanOrEqual(alone)
          if (!log.some(([, target]) => /\/(?:\.json)?$/.test(target))) expect(counted).toBe(alone)
          if (alone === 0) continue
          const own = policy.scopes.get(name)?.endpoints.length ?? 0
          expect(unusedEndpoints.filter(({ scope }) => scope === name).length).toBeLessThan(own)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('names in a folder that is written with an escape are not taken for each other', () => {
  const collector = new UsageCollector(loadPolicy('a: {label: Read b, endpoints: ["a/b*": GET]}'))
  for (const path of ['/%61/b', '/%61/c']) collector.add({ method: 'GET', path, client: 'x' }, '')
  expect(collector.report().clients[0]?.denied).toMatchObject([{ path: '/%61/c', count: 1 }])
})
