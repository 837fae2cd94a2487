/** The schemas in an editor: what the modeline of the README promises. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LanguageServer, startLanguageServer } from './language-server.ts'

const schema = (name: string): string => fileURLToPath(new URL(`../../schema/${name}`, import.meta.url))
const MODELINE = `# yaml-language-server: $schema=${pathToFileURL(schema('scope-policy.schema.json')).href}\n`

const GOOD = `${MODELINE}profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
    - "*"
`

let server: LanguageServer
beforeAll(async () => {
  server = await startLanguageServer()
})
afterAll(() => {
  server.stop()
})

describe('yaml-language-server with the modeline', () => {
  test('is silent on a good document', async () => {
    expect(await server.open('file:///good.yaml', GOOD)).toEqual([])
  })

  test.each([
    ['a field that there is not', GOOD.replace('label:', 'lable:'), 2],
    ['a method that there is not', GOOD.replace('GET', 'GETS'), 4],
    ['an option that there is not', `${GOOD}$options:\n  basepath: /rest\n`, 7],
    ['endpoints that are no list', GOOD.replace(/endpoints:[^]*/, 'endpoints: workers/me\n'), 3],
  ])('underlines %s', async (name, text, line) => {
    const found = await server.open(`file:///${encodeURIComponent(name)}.yaml`, text)
    expect(found.length).toBeGreaterThan(0)
    expect(found.map(({ range }) => range.start.line)).toContain(line)
  })

  test('offers the fields of a scope, and the options', async () => {
    const text = `${MODELINE}profile:\n  label: Profile\n  \n$options:\n  \n`
    await server.open('file:///offer.yaml', text)
    expect(await server.complete('file:///offer.yaml', 3, 2)).toEqual(
      expect.arrayContaining(['endpoints', 'includes', 'description', 'group', 'risk', 'optional']),
    )
    expect(await server.complete('file:///offer.yaml', 5, 2)).toEqual(
      expect.arrayContaining(['basePath', 'extensions', 'wildcard', 'trailingSlash']),
    )
  })

  test('explains a field where the pointer rests on it', async () => {
    await server.open('file:///hover.yaml', GOOD)
    expect(await server.hover('file:///hover.yaml', 2, 4)).toMatch(/consent/i)
  })
})
