/** Documents that made a command slow or large once, and the most that it may take on them. */

export interface CommandWorkload {
  readonly name: string
  readonly files: () => Readonly<Record<string, string>>
  readonly argumentsOf: readonly string[]
  /** Bounds, for the whole process with some time to start it; other programs may double the time. */
  readonly seconds: number
  readonly mebibytes: number
  /** Whether the budget may end before there is an answer. */
  readonly mayBeUndecided?: boolean
}

interface Api {
  readonly scopes: number
  /** Paths with the scopes of which each is enough. */
  readonly paths: readonly (readonly [path: string, scopes: readonly number[]])[]
}

function range(count: number): readonly number[] {
  return [...Array(count).keys()]
}

function openApi({ scopes, paths }: Api): string {
  const declared = Object.fromEntries(range(scopes).map((scope) => [`s${scope}`, `Scope ${scope}`]))
  const flows = { implicit: { authorizationUrl: 'https://example.com', scopes: declared } }
  const operations = paths.map(([path, own]) => {
    return [path, { get: { security: own.map((scope) => ({ o: [`s${scope}`] })) } }] as const
  })
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'N', version: '1' },
    components: { securitySchemes: { o: { type: 'oauth2', flows } } },
    paths: Object.fromEntries(operations),
  })
}

/** The policy that grants each of the paths, in JSON, which is YAML. */
function policyOf({ scopes, paths }: Api, extra: object = {}): string {
  const endpoints = new Map(range(scopes).map((scope) => [scope, [] as object[]]))
  for (const [path, own] of paths) {
    const pattern = path.replaceAll(/\{[^{}]*\}/g, '*')
    for (const scope of own) endpoints.get(scope)?.push({ [pattern]: ['GET'] })
  }
  const granted = [...endpoints].filter(([, list]) => list.length > 0)
  return JSON.stringify({
    $options: { wildcard: 'segment', ...extra },
    ...Object.fromEntries(
      granted.map(([scope, list]) => [`s${scope}`, { label: `Scope ${scope}`, endpoints: list }]),
    ),
  })
}

const SLASHES: Api = {
  scopes: 40,
  paths: range(2_000).map((path) => [`/r${path % 50}/{a}/{b}/{c}/${path}/`, [path % 40]]),
}

const TEN_THOUSAND: Api = {
  scopes: 800,
  paths: range(10_000).map((path) => [
    `/r${path % 300}/{a}/t${path % 7}/{b}/t${path % 20}/{c}/e${path}`,
    range(4).map((step) => (path + 17 * step) % 800),
  ]),
}

/** As many scopes, endpoints and characters as the permissions of Microsoft Graph have. */
const LARGE_TABLE: Api = {
  scopes: 601,
  paths: range(7_000).map((path) => [
    `/collection${path % 90}/{a}/resources/{b}/relationships/{c}/actions/action${path}`,
    path % 3 === 0 ? [path % 601, (path * 7) % 601] : [path % 601],
  ]),
}

function questionMarks(first: string): string {
  const endpoints = [`*${first}${'?'.repeat(900)}`]
  return JSON.stringify({ $options: { wildcard: 'segment' }, s: { label: 'x', endpoints } })
}

export const COMMAND_WORKLOADS: readonly CommandWorkload[] = [
  {
    name: '`check` of 601 scopes in `segment` mode',
    files: () => ({ 'policy.yaml': policyOf(LARGE_TABLE) }),
    argumentsOf: ['check', 'policy.yaml', '--scopes', 's1', 'GET', '/a'],
    seconds: 6,
    mebibytes: 400,
  },
  {
    name: '`coverage` of 2,000 paths that end in a slash',
    files: () => ({ 'policy.yaml': policyOf(SLASHES), 'api.json': openApi(SLASHES) }),
    argumentsOf: ['coverage', 'policy.yaml', 'api.json'],
    seconds: 12,
    mebibytes: 500,
  },
  {
    name: '`coverage` of 10,000 operations',
    files: () => ({ 'policy.yaml': policyOf(TEN_THOUSAND), 'api.json': openApi(TEN_THOUSAND) }),
    argumentsOf: ['coverage', 'policy.yaml', 'api.json'],
    seconds: 40,
    mebibytes: 600,
  },
  {
    name: '`import` of 10,000 operations',
    files: () => ({ 'api.json': openApi(TEN_THOUSAND) }),
    argumentsOf: ['import', 'api.json', '-o', 'policy.yaml'],
    seconds: 40,
    mebibytes: 600,
  },
  {
    name: '`diff` of a thousand question marks after a star',
    files: () => ({ 'a.yaml': questionMarks('a'), 'b.yaml': questionMarks('b') }),
    argumentsOf: ['diff', 'a.yaml', 'b.yaml'],
    seconds: 30,
    mebibytes: 600,
    mayBeUndecided: true,
  },
]
