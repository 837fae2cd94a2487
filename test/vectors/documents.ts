/**
 * The policies of the vectors: one for each option and meaning that a reader of scope policies has to get
 * right, and the words of which their requests are made.
 */
import type { PlainDocument } from '../reference/document.ts'

const scope = (...endpoints: readonly (string | Readonly<Record<string, string | readonly string[]>>)[]) => ({
  label: 'x',
  endpoints,
})

const SPECIFIED: PlainDocument = {
  profile: scope({ 'workers/me': 'GET' }),
  search: scope({ 'records/*/search': ['GET'] }),
  'api:read-only': scope({ '*': ['GET'] }),
  api: scope('*'),
}

const PLAIN: PlainDocument = {
  list: scope({ public: 'GET' }),
  below: scope({ 'public/*': ['GET', 'HEAD'] }),
  slashed: scope('dir/', 'dir/*/'),
  stars: scope('a*b*c', '*.pdf', 'x**y', '*/*/z'),
  escaped: scope('caf%C3%A9/*', 'a%20b', '%7Euser/*', 'per%25cent'),
  literal: scope('v1.0/items', 'a+b/$c', 'q(1)/[x]', 'odd:name/{id}'),
  unreachable: scope('a//b', 'a/../b', 'a?b', 'a;b'),
  included: { label: 'x', includes: ['list', 'slashed'] },
  nothing: scope(),
}

export const VECTOR_DOCUMENTS: Readonly<Record<string, PlainDocument>> = {
  specified: SPECIFIED,
  plain: PLAIN,
  'base-path': { $options: { basePath: '/rest/v2' }, ...SPECIFIED, root: scope('/') },
  extensions: {
    $options: { extensions: ['json', 'tar.gz', 'gz'] },
    ...SPECIFIED,
    dots: scope('a/*.b', 'file.json'),
  },
  'case-insensitive': {
    $options: { caseSensitive: false },
    ...SPECIFIED,
    mixed: scope('Dir/FILE', '%C3%A9/ABC*'),
  },
  'slash-ignored': {
    $options: { trailingSlash: 'ignore' },
    ...SPECIFIED,
    slashed: scope('dir/', 'public/*'),
  },
  segment: {
    $options: { wildcard: 'segment' },
    one: scope('records/*/search', 'v?/x', '[a-c]d/{e,fg}'),
    deep: scope('files/**', '**/end'),
    dots: scope('.well-known/*', '*.js'),
    escaped: scope('caf%C3%A9/*'),
    slashed: scope('dir/*/'),
    all: scope('**'),
  },
  'head-as-get': { $options: { head: 'as-get' }, ...SPECIFIED, post: scope({ form: 'POST' }) },
  'slash-as-data': {
    $options: { encodedSlash: 'data' },
    ...SPECIFIED,
    project: scope('projects/*/issues', 'x%2Fy'),
  },
  'delimiters-as-data': {
    $options: { delimiters: 'data' },
    ...SPECIFIED,
    matrix: scope('a;b=c/*', 'C%23/*'),
  },
  methods: {
    $options: { methods: ['GET', 'QUERY'] },
    bare: scope('a/*'),
    own: scope({ 'a/b': ['POST', 'PROPFIND'] }),
  },
  cerb: { $options: { preset: 'cerb' }, ...SPECIFIED, mixed: scope('Records/*/Search', 'a.b') },
  'odd-names': Object.fromEntries(
    ['__proto__', 'constructor', 'https://host/scope', 'a,b', "it's", '1', 'toString'].map((name, at) => [
      name,
      scope(`n${at}/*`),
    ]),
  ),
  'slash-opaque': {
    $options: { encodedSlash: 'opaque' },
    ...SPECIFIED,
    queues: scope({ 'queues/%2F/*': 'GET' }, 'cache/*/keys'),
  },
  'extra-methods': {
    $options: { extraMethods: ['PURGE'], methods: ['GET', 'PURGE'] },
    cache: scope({ 'cache/*': 'PURGE' }, 'bare'),
    read: scope({ 'cache/*': ['GET', 'PURGE'] }),
  },
}

/** Documents with names, a baseline, keys of several names, aliases and deprecated scopes. */
export const NAME_DOCUMENTS: Readonly<Record<string, PlainDocument>> = {
  names: {
    $baseline: { endpoints: [{ status: 'GET' }], tools: ['whoami'], prompts: ['help*'] },
    read: {
      label: 'x',
      endpoints: [{ 'issues/*': 'GET' }],
      tools: ['get_issue', 'search_*', '*_list', 'a*b*c'],
      resources: ['repo://*/issues/*', 'repo://a/b'],
      prompts: ['triage'],
      aliases: ['issues.read', 'r'],
    },
    write: {
      label: 'x',
      includes: ['read'],
      tools: ['set_issue', 'get/issue'],
      requestAs: 'api://app/write',
    },
    team: { label: 'x', tools: ['list_teams', 'caf\u00e9'], deprecated: true },
    'write team': { tools: ['add_team', '*_team'], endpoints: [{ teams: 'PUT' }] },
    'read team write': { prompts: ['all'], resources: ['team://*'] },
  },
  'names-only': {
    $options: { preset: 'cerb' },
    a: { label: 'x', tools: ['*'] },
    b: { label: 'x', tools: ['Get.json'] },
  },
  baseline: { $baseline: { endpoints: ['public/*'] }, a: { label: 'x', endpoints: ['dir/', 'public'] } },
}
