/** First policies of generated documents: they decide as the document says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'
import { runs } from '../arbitrary/settings.ts'

function api(
  paths: object,
  scopes: Readonly<Record<string, string>> = { a: 'Label of a', b: 'Label of b' },
): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    components: { securitySchemes: { o: { type: 'oauth2', flows: { implicit: { scopes } } } } },
    paths,
  }
}

const by = (...alternatives: readonly string[][]): object => ({
  security: alternatives.map((scopes) => ({ o: scopes })),
})

describe('round trip', () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('/', '/', '/', '{id}', '{id}', '/{id}') },
    { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'me', '.json', '-') },
    { weight: 2, arbitrary: fc.constantFrom(...Array.from('*?!$&\'()+,:=@[]^|"`<>~_.\\;')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%20', '%C3%A9', 'é', ' ', '%2F', '##[x]', '**', '..', '#', '//'),
    },
  )
  const path = fc
    .array(piece, { minLength: 1, maxLength: 7 })
    .map((pieces) => `/${pieces.join('')}`.replace(/\{id\}\{id\}/g, '{id}'))
  const names = ['a', 'b:c', 'https://x.example/auth', '1e3', 'on', '__proto__', '-', '?', '[x]']

  test('each operation is reached by exactly the scopes that its document asks for, all of it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom(...names), { minLength: 4, maxLength: 4 }),
        (paths, scopes) => {
          const items = Object.fromEntries(
            paths.map((one, index) => [one, { get: by([scopes[index] ?? 'a']) }]),
          )
          const declared = Object.fromEntries(names.map((name) => [name, `Label of ${name}`]))
          const document = api(items, declared)
          const { text, notes } = fromOpenApi(document)
          const policy = loadPolicy(text)
          const wider = new Set(
            notes.filter(({ code }) => code === 'wider-than-documented').map(({ pointer }) => pointer),
          )
          const refused = new Set(
            notes.filter(({ code }) => code === 'unreachable-path').map(({ pointer }) => pointer),
          )
          for (const operation of coverage(policy, document).operations) {
            const { pointer, reach, unmet, undeclared } = operation
            if (refused.has(pointer)) {
              expect(reach).toBe('none')
              continue
            }
            expect([operation.path, text, reach]).toEqual([operation.path, text, 'full'])
            expect(unmet).toEqual([])
            if (!wider.has(pointer)) expect(undeclared).toEqual([])
          }
        },
      ),
      runs(300),
    )
  })

  test('a pattern allows nothing but what its template matches, and one slash behind a parameter', () => {
    fc.assert(
      fc.property(path, path, (written, other) => {
        const { text } = fromOpenApi(api({ [written]: { get: by(['a']) } }))
        const policy = loadPolicy(text)
        // Another template is reached only where both have a path in common, which its own policy shows.
        const twin = loadPolicy(fromOpenApi(api({ [other]: { get: by(['a']) } })).text)
        const there = coverage(policy, api({ [other]: { get: by(['a']) } })).operations[0]
        const back = coverage(twin, api({ [written]: { get: by(['a']) } })).operations[0]
        const slash =
          [written, other].some((one) => one.endsWith('}')) &&
          [written, other].some((one) => one.endsWith('/'))
        if (!slash)
          expect([written, other, there?.reach === 'none']).toEqual([written, other, back?.reach === 'none'])
      }),
      runs(300),
    )
  })
})
