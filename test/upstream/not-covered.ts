/**
 * For testing only. Where the law cannot hold, and why. First, models of servers that do not read as data what
 * a policy declares to be data; then what is not a reading of a path at all, but a mapping of names.
 */
import type { PlainOptions } from '../reference/document.ts'
import { type Model, model, steps } from './model.ts'
import { cleanKeepingSlash, decode, mergeSlashes } from './steps.ts'

/** Decode `%2F`, and drop a slash at the end afterwards: `a%2F*` grants `/a%2F`, which they read as `/a`. */
export const DROP_A_DECODED_SLASH: readonly string[] = [
  'go-file-server',
  'spring-mvc-5',
  'django-static',
  'rack-files',
  'laravel',
]

/** Take `;` for the start of parameters, or for the end of the path: `a;*` grants `/a;`, which they read as `/a`. */
export const ACT_ON_SEMICOLONS: readonly string[] = [
  'tomcat',
  'tomcat-lenient',
  'jetty-legacy',
  'undertow',
  'shiro',
  'spring-mvc-5',
  'spring-path-pattern',
  'fastify',
]

export interface NotCovered {
  readonly model: Model
  readonly options?: PlainOptions
  /** A policy, a target that it grants, and what the server takes it for, which the policy does not grant. */
  readonly pattern: string
  readonly target: string
  readonly readAs: string
  /** What the operator can do about it. */
  readonly remedy: string
}

const decodeAs = (change: (decoded: string) => string): Model['read'] =>
  steps(decode, change, cleanKeepingSlash)

export const NOT_COVERED: readonly NotCovered[] = [
  {
    model: model(
      'suffix',
      'Rails `(.:format)`, Struts, Spring MVC before 5.3',
      'takes `.json` at the end for a format, not for a part of the path',
      ['memory', 'Rails routing guide; Spring `useSuffixPatternMatch`'],
      (path) => path.replace(/\.json$/, ''),
    ),
    pattern: '*.json',
    target: '/admin.json',
    readAs: '/admin',
    remedy: '`extensions: [json]`',
  },
  {
    model: model(
      'suffix-ignoring-case',
      'a server that takes formats off, and ignores their case',
      'takes `.json` at the end off in any case; the policy has `extensions: [json]`, which minds it',
      ['memory', 'Spring `AntPathMatcher.setCaseSensitive`'],
      (path) => path.replace(/\.json$/i, ''),
    ),
    options: { extensions: ['json'] },
    pattern: '*.JSON',
    target: '/admin.JSON',
    readAs: '/admin',
    remedy: 'name no format in a pattern where `extensions` takes it off',
  },
  {
    model: model(
      'front-controller',
      'PHP, `index.php/PATH_INFO`',
      'takes the script off the front of the path',
      ['memory', 'CGI `SCRIPT_NAME` (RFC 3875 section 4.1.13)'],
      (path) => path.replace(/^\/index\.php(?=\/|$)/, ''),
    ),
    pattern: 'index.php/*',
    target: '/index.php/admin',
    readAs: '/admin',
    remedy: 'grant the paths that the application routes, not those of the script',
  },
  {
    model: model(
      'strip-prefix',
      'Traefik `StripPrefix`, nginx `proxy_pass` with a path',
      'takes a prefix off before the next server',
      ['documentation', 'CVE-2026-48020, CVE-2026-40912'],
      (path) => path.replace(/^\/api(?=\/|$)/, ''),
    ),
    pattern: 'api/*',
    target: '/api/admin',
    readAs: '/admin',
    remedy: 'decide on the target before it is rewritten, with `basePath`',
  },
  {
    model: model(
      'windows-names',
      'files on Windows',
      'drops dots and spaces at the end of a name',
      ['source', 'nginx `ngx_http_parse_complex_uri` under `NGX_WIN32`'],
      steps((path) => path.replace(/[. ]+(?=\/|$)/g, ''), mergeSlashes),
    ),
    pattern: 'records/*/search',
    target: '/records/.../search',
    readAs: '/records/search',
    remedy: 'do not serve files of Windows by path',
  },
  {
    model: model(
      'compatibility',
      'a server that normalises decoded paths to NFKC, or to a code page by best fit',
      'U+FF0E becomes `.`, U+FF0F becomes `/`',
      ['memory', 'Unicode Technical Report 36, section 3.7; CVE-2024-4577'],
      decodeAs((decoded) => decoded.normalize('NFKC')),
    ),
    pattern: 'public/*',
    target: '/public/%EF%BC%8E%EF%BC%8E/admin',
    readAs: '/admin',
    remedy: 'normalise no paths',
  },
  {
    model: model(
      'narrow',
      'a server that keeps the low byte of each decoded character',
      'U+012E becomes `.`',
      ['documentation', 'CVE-2018-12116, after decoding'],
      decodeAs((decoded) =>
        Array.from(decoded, (character) => String.fromCharCode(character.charCodeAt(0) & 0xff)).join(''),
      ),
    ),
    pattern: 'public/*',
    target: '/public/%C4%AE%C4%AE/admin',
    readAs: '/admin',
    remedy: 'decode to Unicode',
  },
  {
    model: model(
      'raw-space',
      'a proxy that forwards a decoded space as it is, to a server that ends the target there',
      'decodes, and cuts at the first space',
      ['memory', 'RFC 9112 section 3, on lenient request lines'],
      steps(decode, (path) => path.split(' ', 1)[0] ?? ''),
      decode,
    ),
    pattern: 'notes/*%20draft',
    target: '/notes/a%20draft',
    readAs: '/notes/a',
    remedy: 'forward the target as it was sent',
  },
  {
    model: model(
      'trimmed-space',
      'a server that forwards decoded characters, to one that takes white space of Unicode off the end',
      'decodes, and drops U+00A0 and U+FEFF at the end, as `url.parse` of Node does',
      ['memory', 'Node `lib/url.js`; a request line is read as Latin-1 there, so only U+00A0 arrives'],
      steps(decode, (path) => path.replace(/[\u00a0\ufeff]+$/, '')),
      decode,
    ),
    pattern: 'notes/*%C2%A0',
    target: '/notes/a%C2%A0',
    readAs: '/notes/a',
    remedy: 'forward the target as it was sent',
  },
]
