/**
 * Requests for comparing an engine with `authorize`: made of the patterns of a policy, then spoiled: near misses, and
 * every form of target that is refused. The same numbers give the same requests.
 */
import { internalsOf } from '../../src/decision/internals.ts'
import type { Policy } from '../../src/index.ts'

/** A small generator of numbers below a bound. */
export type Numbers = (below: number) => number

export function numbers(seed: number): Numbers {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const FILLERS = [
  '', 'a', 'x1', 'a/b', '0', '20', 'a%20', '%2', 'b%C3%A9', 'me', 'ME', 'a.json', 'z/', '%E2%82%AC0', '%61', 'n', '%7E',
  '%c3%a9', 'on', '.json', 'json', 'l', 'son.xml', '~', '%2D', "'", '[x]', '%F0%9F%98%80', '.well', '..a', '%25', 'x%25g',
] // prettier-ignore
const SPOILERS = [
  '/', '//', '/.', '/..', '/../', '/%2e%2e/', '%2e', '%2F', '%5C', '\\', ';', ';a=1', '%3B', '#', '%23', ' ', '%20',
  '%', '%4', '%zz', '%00', '%1f', '\u0000', '\u00e9', '%C3%28', '%C0%AF', '%2541', '%25u0041', '%41', '%61', '.json',
  '.xml', '.json.xml', '.json/', '/.json', '?a=/b', '*', '0', 'x', ':443', '%C3%A9', '%c3%a9', '%7E', '/a', '\u212a',
  '%25%34%31', '%25%75', '%ED%A0%80', '%F4%90%80%80', '%7f', '%7F', '/.;x', '/..%3B', '%2F..%2F', '%2F%2F', '/..json',
  '/...json', '/.%2e.json/', '/.json.json', 'json', '%2Ejson', '.%6Ason', '\u007f', '\t', '\n', '"', '|', '^', '`',
  '/a.json/.xml', '%E2%82', '%F0%9F%98%80', '%2f', '%3f', '\ufeff', '%EF%BC%8F',
] // prettier-ignore

/** Whole targets that no policy grants. */
const FORMS = [
  '', '*', '/', '//', 'https://h.example/a', 'http:a', 'x:/a', 'h.example:443', '/*', '?', '/?', '/%', '/.', '/..', '/./',
  `/${'a'.repeat(8191)}`, `/${'a'.repeat(8192)}`, `/${'%61'.repeat(2730)}`,
] // prettier-ignore

const patternsOf = (policy: Policy): readonly string[] =>
  [
    ...policy.scopes.values(),
    ...policy.combinations.values(),
    ...(policy.baseline ? [policy.baseline] : []),
  ].flatMap(({ endpoints }) => endpoints.map(({ pattern }) => pattern))

/** Targets of a policy after its base path; in origin-form but for some. */
export function targetsOf(policy: Policy, next: Numbers): () => string {
  const patterns = patternsOf(policy)
  const base = internalsOf(policy)?.data.options.basePath ?? ''
  const prefix = base === '' ? '' : base.startsWith('/') ? base : `/${base}`
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T
  return () => {
    if (next(200) === 0) return pick(FORMS)
    const pattern = pick(patterns).replace(/^\//, '')
    let target = pattern.replace(/\*+|\{[^}]*\}|\[[^\]]*\]/g, () => pick(FILLERS))
    for (let count = pick([0, 1, 1, 2]); count > 0; count--) {
      const at = next(3) === 0 ? next(target.length + 1) : target.length
      const kind = next(7)
      if (kind === 0) target = target.slice(0, at) + target.slice(at + 1)
      else if (kind === 1) target = target.toUpperCase()
      else if (kind === 2 && at < target.length && /[\w/.-]/.test(target.charAt(at))) {
        const hex = target.charCodeAt(at).toString(16)
        target = `${target.slice(0, at)}%${next(2) === 0 ? hex : hex.toUpperCase()}${target.slice(at + 1)}`
      } else target = target.slice(0, at) + pick(SPOILERS) + target.slice(at)
    }
    const start = next(20)
    return start === 0 ? `//${target}` : start === 1 ? `/${target}` : `${prefix}/${target}`
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'get', 'OPTIONS', 'TRACE']

export interface Question {
  readonly scopes: readonly string[]
  readonly method: string
  readonly target: string
}

/** Half of the questions are asked by tokens with a scope that opens something like it. */
export function questionsOf(policy: Policy, seed: number): () => Question {
  const next = numbers(seed)
  const target = targetsOf(policy, next)
  const names = [
    ...policy.scopes.keys(),
    ...[...policy.scopes.values()].flatMap(({ aliases = [] }) => aliases),
    'none',
  ]
  const many = Math.max(3, Math.floor(names.length / 6))
  return () => {
    const path = target()
    const method = METHODS[next(next(2) === 0 ? 3 : METHODS.length)] as string
    const near = next(2) === 0 ? policy.scopesFor(method, path) : []
    const scopes = names.filter(() => next(many) === 0)
    const one = near[next(near.length)]
    return { scopes: one === undefined ? scopes : [...new Set([...scopes, one])], method, target: path }
  }
}

/** As engines are asked: up to the query. Without a leading slash a target is not in origin-form. */
export function pathOf(target: string): string {
  const query = target.indexOf('?')
  return query < 0 ? target : target.slice(0, query)
}

export const PLAIN = `
profile: { label: Profile, endpoints: [workers/me: GET, 'workers/me/*': [GET, PUT], /] }
files: { label: Files, endpoints: ['files/*', 'files/*/raw: GET', caf%c3%a9, 'caf%C3%A9/*/x', 'keys/*0', 'keys/*2F: GET'] }
public: { label: Public, endpoints: ['public/*': GET, slash/: GET, 'deep/*/*': GET, 'deep/*/': POST] }
folder: { label: Folder, endpoints: [public: GET, 'pub*': POST, slash, 'deep/*/a', '*/me: GET', 'n.js*': GET, 'n.js*on': PUT] }
all: { label: All, endpoints: ['*': OPTIONS] }
`
export const COMBINED = `
$baseline: { endpoints: [health: GET, 'docs/*': GET] }
read: { label: Read, aliases: ['urn:old:read', 'https://x.example/read'], endpoints: ['items/*': GET] }
write: { label: Write, includes: [read], endpoints: [items: POST, docs: GET] }
team: { label: Team, endpoints: ['teams/*': GET] }
all: { label: All, includes: [write, team], endpoints: ['all/*'] }
"read team": { endpoints: ['teams/*/items/*': GET, 'shared/*': [GET, PUT]] }
"write team": { endpoints: ['teams/*/items/*': POST, shared: GET] }
`
export const SEGMENTS = `
a: { label: A, endpoints: [workers/me: GET, 'files/**', caf%C3%A9/x.y, /, slash/, 'repos/*/*/issues', 'v[0-9]/x', '*'] }
b: { label: B, endpoints: ['files/a': PUT, slash: GET, 'slash/**': PUT, '{x,yy}/z': GET, 'u/**/z', 'q/*.txt', 'w/{,a}': GET, w: GET] }
`

export const OPTIONS: readonly string[] = [
  '{}',
  '{ trailingSlash: ignore, caseSensitive: false, basePath: /rest, extensions: [json, xml] }',
  '{ extensions: [json, xml] }',
  '{ extensions: [json], basePath: /rest/v1, caseSensitive: false }',
  '{ trailingSlash: ignore, extensions: [js, json] }',
  '{ caseSensitive: false, basePath: /rest }',
  '{ head: as-get, delimiters: data, encodedSlash: data }',
  '{ encodedSlash: opaque, trailingSlash: ignore }',
  '{ encodedSlash: data, extensions: [json] }',
  '{ delimiters: data, trailingSlash: ignore }',
]
