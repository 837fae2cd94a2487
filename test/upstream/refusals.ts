/**
 * For testing only. The table of refusals: what is refused, by which rule, why, and with which option it is
 * accepted. Each reason is a server that reads the target as a path which the pattern does not grant.
 */
import type { Refusal } from '../../src/index.ts'

export interface Witness {
  readonly pattern: string
  readonly model: string
  readonly readAs: string
}

export interface RefusalRow {
  readonly target: string
  readonly refusal: Refusal
  readonly why: string
  readonly option?: string
  readonly witness?: Witness
}

const row = (
  target: string,
  refusal: Refusal,
  why: string,
  witness?: readonly [pattern: string, model: string, readAs: string],
  option?: string,
): RefusalRow => ({
  target,
  refusal,
  why,
  ...(option === undefined ? {} : { option }),
  ...(witness === undefined
    ? {}
    : { witness: { pattern: witness[0], model: witness[1], readAs: witness[2] } }),
})

export const REFUSALS: readonly RefusalRow[] = [
  row('/public/../admin', 'dot-segment', 'most servers resolve it', ['public/*', 'nginx', '/admin']),
  row('/public/%2e%2E/admin', 'dot-segment', 'the same, as most servers decode it', [
    'public/*',
    'cloudflare',
    '/admin',
  ]),
  row('/records//search', 'empty-segment', 'many servers merge slashes', [
    'records/*/search',
    'apache',
    '/records/search',
  ]),
  row(
    '/public/..%2Fadmin',
    'encoded-slash',
    'some servers decode it before they split the path',
    ['public/*', 'istio', '/admin'],
    'encodedSlash: data',
  ),
  row('/public/..\\admin', 'backslash', 'URL parsers and Windows take it for a slash', [
    'public/*',
    'url-joined',
    '/admin',
  ]),
  row('/public/..%5Cadmin', 'encoded-backslash', 'the same, after decoding', ['public/*', 'iis', '/admin']),
  row(
    '/records/;v=1/search',
    'semicolon',
    'servlet containers strip parameters',
    ['records/*/search', 'tomcat', '/records/search'],
    'delimiters: data',
  ),
  row(
    '/records/%3Bv=1/search',
    'encoded-delimiter',
    'some servers decode `;`, `?` or `#` first and cut the path there',
    ['records/*/search', 'shiro', '/records/'],
    'delimiters: data',
  ),
  row('/records/#/search', 'fragment', 'many servers cut the path there', [
    'records/*/search',
    'symfony',
    '/records/',
  ]),
  row('/records/ /search', 'space', 'no request target holds one; some readers end there', [
    'records/*/search',
    'squid-chop',
    '/records/',
  ]),
  row('/public/.\t./admin', 'control-character', 'URL parsers take tabs and line ends out', [
    'public/*',
    'url-joined',
    '/admin',
  ]),
  row('/records/%00/search', 'encoded-control', 'NUL ends a string in C; line ends split requests', [
    'records/*/search',
    'php-file',
    '/records/',
  ]),
  row('/public/\u012e\u012e/admin', 'non-ascii', 'no request target holds it; it may lose its high byte', [
    'public/*',
    'node-client-8',
    '/admin',
  ]),
  row('/public/%u002e%u002e/admin', 'malformed-escape', 'servers repair it, each in its own way', [
    'public/*',
    'iis',
    '/admin',
  ]),
  row('/public/%252e%252e/admin', 'double-encoding', 'two decoding servers in a row read another path', [
    'public/*',
    'iis-double',
    '/admin',
  ]),
  row('/public/%C0%AE%C0%AE/admin', 'invalid-utf8', 'lenient decoders read other characters', [
    'public/*',
    'iis-overlong',
    '/admin',
  ]),
  row('http://host/public/a', 'absolute-form', 'its path begins elsewhere'),
  row('host:443', 'authority-form', 'it has no path'),
  row('*', 'asterisk-form', 'it has no path'),
  row('?a=b', 'empty-target', 'it has no path'),
  row(`/${'a'.repeat(8192)}`, 'too-long', 'no server has to accept it', undefined, 'limits.pathLength'),
]
