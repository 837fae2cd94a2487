/** Policies whose denials are as dear as the language allows, and what ordinary ones look like. */

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

type Document = Record<string, unknown>

export interface DenialWorkload {
  readonly name: string
  readonly why: string
  /** Whether people write such policies: there, a denial is compared with an allowed request. */
  readonly ordinary?: true
  readonly document: () => Document
  readonly scopes: readonly string[]
  readonly allowed: readonly [method: string, path: string]
  readonly denied: readonly (readonly [method: string, path: string])[]
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))
const LONG_PATH = `/${times(24, () => 's'.repeat(338)).join('/')}`

/** Scopes that all allow the request that `low` is denied. */
function tiers(wildcard: 'any' | 'segment', scopes: number, endpoints: number, star = '*'): Document {
  const list = times(endpoints, (at) => ({ [`v1/res${at}/*/sub${at}/${star}`]: METHODS }))
  return {
    $options: { wildcard },
    ...Object.fromEntries(
      times(scopes, (at) => [
        `scope${at}`,
        { label: 'Tier', endpoints: [...list, { [`own${at}/*`]: METHODS }] },
      ]),
    ),
    low: { label: 'Low', endpoints: [{ 'low/*': 'GET' }] },
  }
}

/** `count` scopes with the endpoints that `of` makes, beside `low`. */
function policy(
  wildcard: 'any' | 'segment',
  count: number,
  of: (scope: number) => readonly unknown[],
): Document {
  return {
    $options: { wildcard },
    ...Object.fromEntries(times(count, (at) => [`scope${at}`, { label: 'Scope', endpoints: of(at) }])),
    low: { label: 'Low', endpoints: [{ 'low/*': 'GET' }] },
  }
}

const low = { scopes: ['low'], allowed: ['GET', '/low/x'] } as const

export const DENIAL_WORKLOADS: readonly DenialWorkload[] = [
  {
    name: 'three scopes',
    why: 'the first policy of the README',
    ordinary: true,
    document: () => ({
      low: { label: 'Low', endpoints: [{ 'low/*': 'GET' }] },
      search: { label: 'Search', endpoints: [{ 'records/*/search': ['GET'] }] },
      api: { label: 'All', endpoints: ['*'] },
    }),
    ...low,
    denied: [
      ['GET', '/records/a/search'],
      ['POST', '/low/x'],
      ['GET', '/a/b'],
    ],
  },
  {
    name: '20 scopes with 10 endpoints',
    why: 'an API of middling size',
    ordinary: true,
    document: () =>
      policy('any', 20, (scope) => times(10, (at) => ({ [`team${scope}/res${at}/*`]: ['GET', 'POST'] }))),
    ...low,
    denied: [
      ['GET', '/team3/res4/x'],
      ['PUT', '/team3/res4/x'],
      ['GET', '/other'],
    ],
  },
  {
    name: 'segment: 20 scopes with 10 endpoints',
    why: 'as imported from an OpenAPI document',
    ordinary: true,
    document: () =>
      policy('segment', 20, (scope) =>
        times(10, (at) => ({ [`team${scope}/*/res${at}/*`]: ['GET', 'POST'] })),
      ),
    ...low,
    denied: [
      ['GET', '/team3/a/res4/x'],
      ['PUT', '/team3/a/res4/x'],
      ['GET', '/other'],
    ],
  },
  {
    name: '2,000 scopes with 25 endpoints',
    why: 'the largest of the benchmark',
    ordinary: true,
    document: () =>
      policy('any', 2000, (scope) => times(25, (at) => ({ [`team${scope}/res${at}/*`]: ['GET', 'POST'] }))),
    ...low,
    denied: [
      ['GET', '/team3/res4/x'],
      ['GET', '/other'],
      ['GET', LONG_PATH],
    ],
  },
  ...([16, 32, 64] as const).map((scopes) => ({
    name: `segment: ${scopes} tiers of 25`,
    why: 'all scopes allow the request, and are compared with each other',
    document: () => tiers('segment', scopes, 25),
    ...low,
    denied: [
      ['GET', '/v1/res1/x/sub1/y'],
      ['GET', '/v1/res1/x/sub1/y/z'],
      ['GET', LONG_PATH],
    ] as const,
  })),
  {
    name: 'segment: 64 tiers of globstars',
    why: 'as before, with more states',
    document: () => tiers('segment', 64, 25, '**'),
    ...low,
    denied: [['GET', '/v1/res1/x/sub1/y/z']],
  },
  ...([25, 200] as const).map((endpoints) => ({
    name: `64 tiers of ${endpoints}`,
    why: 'the same with `wildcard: any`',
    document: () => tiers('any', 64, endpoints),
    ...low,
    denied: [['GET', '/v1/res1/x/sub1/y']] as const,
  })),
  {
    name: 'segment: 100 globstars, a long path',
    why: 'all patterns of a scope are run over the whole path',
    document: () =>
      policy('segment', 16, (scope) =>
        times(100, (at) => ({ [`**/${scope}res${at}/**/sub${at}/**`]: METHODS })),
      ),
    ...low,
    denied: [['GET', LONG_PATH]],
  },
  {
    name: 'segment: 2,000 globstars in a scope, a long path',
    why: 'one look at one scope takes longer than a denial may',
    document: () =>
      policy('segment', 2, (scope) =>
        times(2000, (at) => ({ [`**/${scope}r${at}*a*/**/s${at}/**`]: METHODS })),
      ),
    ...low,
    denied: [['GET', LONG_PATH]],
  },
  {
    name: 'segment: 500 stars in a segment, a long segment',
    why: 'each character moves hundreds of states',
    document: () => policy('segment', 16, (scope) => [{ [`${'*a'.repeat(500)}*${scope}*b`]: METHODS }]),
    ...low,
    denied: [['GET', `/${'a'.repeat(8000)}b`]],
  },
  {
    name: 'segment: 1,000 question marks',
    why: 'the subsets of states to compare are many, and each is large',
    document: () =>
      policy('segment', 16, (scope) => [
        { [`*a${'?'.repeat(1000)}${'b'.repeat(scope)}*`]: METHODS },
        { 'a*': 'GET' },
      ]),
    ...low,
    denied: [['GET', `/a${'x'.repeat(1200)}bbbbbbbbbbbbbbbb`]],
  },
  {
    name: 'segment: many letters',
    why: 'comparisons look at each letter that some class tells apart',
    document: () =>
      policy('segment', 32, (scope) => [
        {
          [`x*/${times(60, (at) => `[${String.fromCharCode(33 + 14 + (at % 40), 65 + (at % 26))}a-z]*`).join('')}${scope}*`]:
            METHODS,
        },
        { 'x*/**': ['GET'] },
      ]),
    ...low,
    denied: [['GET', `/x/${'abcdefgh'.repeat(60)}`]],
  },
  {
    name: 'segment: lists in braces',
    why: 'each alternative is a branch',
    document: () =>
      policy('segment', 32, (scope) => [
        { [`${'{a,b,c,d}/'.repeat(40)}{x,y}${scope}*/**`]: METHODS },
        { '**': ['GET'] },
      ]),
    ...low,
    denied: [
      ['GET', `/${'a/'.repeat(40)}x1/a`],
      ['GET', '/a'],
    ],
  },
  {
    name: 'long literals',
    why: 'texts of 4,000 characters are compared for each pair',
    document: () =>
      policy('any', 64, (scope) =>
        times(60, (at) => ({ [`a*${'b'.repeat(3900)}${at}*${scope % 8}*`]: METHODS })).concat([
          { '*': ['GET'] },
        ]),
      ),
    ...low,
    denied: [['GET', '/ab']],
  },
  {
    name: 'a thousand stars in each of 64 scopes',
    why: 'patterns are searched in patterns',
    document: () =>
      policy('any', 64, (scope) =>
        times(20, (at) => ({ [`${'*a'.repeat(1000)}*${at}*${scope}`]: METHODS })).concat([{ '*': ['GET'] }]),
      ),
    ...low,
    denied: [['GET', '/ab']],
  },
  {
    name: '100 combinations of eight',
    why: 'the sets that would allow it are made of providers',
    document: () => ({
      ...Object.fromEntries(
        times(40, (at) => [
          `scope${at}`,
          {
            label: 'Scope',
            endpoints: [{ [`own${at}/*`]: METHODS }],
            ...(at > 8 && { includes: [`scope${at % 8}`] }),
          },
        ]),
      ),
      ...Object.fromEntries(
        times(100, (at) => [
          times(8, (one) => `scope${(at + one * (1 + (at % 3))) % 40}`)
            .filter((name, i, all) => all.indexOf(name) === i)
            .join(' '),
          { endpoints: [{ 'both/*': METHODS }] },
        ]),
      ),
      low: { label: 'Low', endpoints: [{ 'low/*': 'GET' }] },
    }),
    ...low,
    denied: [
      ['GET', '/both/x'],
      ['GET', '/both/x/'],
    ],
  },
]
