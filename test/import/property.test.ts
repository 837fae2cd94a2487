/** Whatever a file of another tool has: what `import` writes is a policy without errors, and what it leaves out is named. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importFrom, type ImportFormatName } from '../../src/import/index.ts'
import { parsePolicy } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'

const HOSTILE = [
  'a b', '$baseline', '$options', '$x', '', ' ', 'é', '"', "'", '\\', 'a\nb', '__proto__', 'constructor', 'on', 'null', '~', '123', '1e3',
  '2024-01-01', '<<', '=', '- a', 'a: b', '#a', 'a #b', '{a}', '[a]', '*a', '&a', '!a', '%a', '@a', '`a`', '|', '>', '?', ': ', 'a:',
  'read:all', 'https://x.example/a', '\u0000', '\u0085', '\u2028', '\ufeff', '\ud800', '##', '${x}', 'y'.repeat(1100), '--', '...', '---',
  'openid', 'profile', '# scope-policy-disable-file', '::error::x',
] // prettier-ignore
const PATHS = [
  '/a', '/a/{id}', '/a/{id}/', 'a', '', '/', '//', '/a//b', '/a/..', '/a/./b', '/a%2Fb', '/a%zz', '/a b', '/é', '/a#b', '/a?b=c', '/a;b',
  '/{a}{b}', '/x{a}', '/{a}.json', "/drive/root(path='{p}')", '/a*', '/[a]', '/a|b', '/a\\b', '/(.*)', '/a/.*', '/a/[^/]+', '/a/[0-9]+', '/+a',
  '/$$a', '/^^', '/a(b)(c)', '/"a"', `/${'z'.repeat(1100)}`, `/${'a/'.repeat(600)}`, '/ab/{a}/**', '/!a', '/@(a)', '/a:b', '/{', '/}', '/\u0000',
] // prettier-ignore
const word = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 }))
const path = fc.oneof(
  fc.constantFrom(...PATHS),
  word.map((text) => `/${text}`),
)
const method = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('GET', 'get', 'POST', 'DELETE', 'CONNECT') },
  word,
)
const methods = fc.array(method, { maxLength: 3 })
const many = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 4 })
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined })
const record = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(key, value, { maxKeys: 4 })

const FORMATS: Readonly<Record<ImportFormatName, fc.Arbitrary<object>>> = {
  kibali: fc.record({
    permissions: record(
      word,
      fc.record({
        schemes: record(word, fc.record({ userDisplayName: word, adminDisplayName: word })),
        pathSets: many(
          fc.record({
            methods,
            schemeKeys: many(word),
            alsoRequires: maybe(word),
            paths: record(path, word),
          }),
        ),
      }),
    ),
  }),
  github: record(
    word,
    fc.record({
      displayTitle: word,
      permissions: many(
        fc.record({
          verb: method,
          requestPath: path,
          access: fc.oneof(fc.constantFrom('read', 'write', 'admin'), word),
          'additional-permissions': fc.oneof(fc.boolean(), many(word)),
        }),
      ),
    }),
  ),
  tyk: many(
    fc.record({
      id: maybe(word),
      name: word,
      access_rights: record(
        word,
        fc.record({ api_name: word, allowed_urls: many(fc.record({ url: path, methods })) }),
      ),
    }),
  ),
  oathkeeper: many(
    fc.record({
      id: word,
      match: fc.record({
        url: fc.oneof(
          path.map((one) => `https://api.example${one}`),
          fc.constantFrom('<http|https>://x/<.*>', 'https://x/a<b', '<', 'https://x/<[^/]+>/y', 'x'),
        ),
        methods,
      }),
      authenticators: many(
        fc.record({
          handler: fc.constantFrom('jwt', 'anonymous'),
          config: fc.record({ required_scope: many(word) }),
        }),
      ),
      authorizer: maybe(fc.record({ handler: fc.constantFrom('allow', 'deny') })),
    }),
  ),
  auth0: fc.record({
    resourceServers: many(
      fc.record({
        name: word,
        identifier: word,
        scopes: maybe(many(fc.record({ value: word, description: word }))),
      }),
    ),
  }),
  keycloak: fc.record({
    realm: word,
    clientScopes: many(
      fc.record({
        name: word,
        protocol: fc.constantFrom('openid-connect', 'openid-connect', 'saml'),
        description: word,
        attributes: fc.record({ 'consent.screen.text': word, 'include.in.token.scope': maybe(fc.boolean()) }),
      }),
    ),
    clients: many(
      fc.record({
        authorizationSettings: fc.record({ resources: many(fc.record({ name: word, uris: many(path) })) }),
      }),
    ),
  }),
}

/** The names of scopes that a file has, where these are what tokens carry. */
const NAMES: Partial<Record<ImportFormatName, (data: never) => readonly string[]>> = {
  kibali: ({ permissions }: { readonly permissions: object }) => Object.keys(permissions),
  auth0: ({ resourceServers }: { readonly resourceServers: readonly { scopes?: { value: string }[] }[] }) =>
    resourceServers.flatMap(({ scopes = [] }) => scopes.map(({ value }) => value)),
}

describe.each(Object.entries(FORMATS))('%s', (format, files) => {
  const name = format as ImportFormatName

  test('what is written loads, and has no error of lint', () => {
    let written = 0
    fc.assert(
      fc.property(files, (data) => {
        const { text, scopes, notes } = importFrom(name, data)
        const { policy, diagnostics } = parsePolicy(text)
        expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(policy?.scopes.size).toBe(scopes)
        expect(policy?.combinations.size).toBe(0)
        expect(policy?.baseline).toBeUndefined()
        expect(lint(text).filter(({ severity }) => severity === 'error')).toEqual([])
        written += scopes
        const refused = notes.filter(({ message }) => message.includes('cannot be the name of a scope'))
        const names = NAMES[name]?.(data as never)
        if (names === undefined) return
        expect(refused).toHaveLength(names.filter((one) => policy?.scopes.has(one) !== true).length)
      }),
      { numRuns: 150 },
    )
    expect(written).toBeGreaterThan(10)
  })
})
