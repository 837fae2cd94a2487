/** For testing only. Web servers and reverse proxies. */
import { type Model, model, steps } from '../model.ts'
import {
  backslashAsSlash,
  cleanKeepingSlash,
  cutAt,
  decode,
  decodeBut,
  decodeOnly,
  decodeUnreserved,
  MALFORMED,
  mergeSlashes,
  refuseWhere,
  removeDots,
  removeDotsInside,
} from '../steps.ts'

const NGINX = 'nginx `src/http/ngx_http_parse.c`, `ngx_http_parse_complex_uri`'
const nginx = (merge: boolean): Model['read'] =>
  steps(
    refuseWhere(/[\0-\x20\x7f]/),
    cutAt('#'),
    refuseWhere(MALFORMED),
    refuseWhere(/%00/),
    decode,
    merge ? mergeSlashes : (path) => path,
    removeDotsInside,
  )

/** What `proxy_pass` with a path writes again after decoding. */
const escapeAgain = (path: string): string =>
  path.replace(/[^!-"$&->@-~]+/gu, (text) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )

const lighttpd: (path: string) => string = decodeBut('/?"%<>[\\]^`{|}\x7f ')

export const PROXIES: readonly Model[] = [
  model(
    'nginx',
    'nginx, locations and `$uri`',
    'refuses control characters, `%00` and malformed escapes; cuts at `#`; decodes; merges slashes; removes dot segments, refuses those above the root',
    ['run', NGINX],
    nginx(true),
    decode,
  ),
  model(
    'nginx-unmerged',
    'nginx with `merge_slashes off`',
    'the same without merging slashes',
    ['run', NGINX],
    nginx(false),
    decode,
  ),
  model(
    'nginx-proxied',
    'behind nginx, `proxy_pass` with a path',
    'as nginx, then escaped again: the next server gets the clean path',
    ['documentation', 'docs.rs/url-parse-nginx, "decode-then-encode flow"'],
    steps(nginx(true), escapeAgain),
    (literal) => escapeAgain(decode(literal)),
  ),
  model(
    'apache',
    'Apache httpd 2.4',
    'refuses `%2F`, `%00` and malformed escapes; merges slashes; removes dot segments; decodes',
    ['documentation', 'httpd 2.4 core, AllowEncodedSlashes and MergeSlashes; commit 98246aa9'],
    steps(refuseWhere(MALFORMED), refuseWhere(/%2f|%00/i), decode, mergeSlashes, removeDotsInside),
    decode,
  ),
  model(
    'apache-slashes',
    'Apache httpd 2.4, `AllowEncodedSlashes On`, `MergeSlashes Off`',
    'decodes `%2F` as well, removes dot segments',
    ['documentation', 'httpd 2.4 core, AllowEncodedSlashes'],
    steps(refuseWhere(MALFORMED), refuseWhere(/%00/), decode, removeDotsInside),
    decode,
  ),
  model(
    'apache-nodecode',
    'Apache httpd 2.4, `AllowEncodedSlashes NoDecode`',
    'decodes all but `%2F`, merges slashes, removes dot segments',
    ['documentation', 'httpd 2.4 core, AllowEncodedSlashes'],
    steps(refuseWhere(MALFORMED), refuseWhere(/%00/), decodeBut('/'), mergeSlashes, removeDotsInside),
    decodeBut('/'),
  ),
  model(
    'lighttpd',
    'lighttpd 1.4, `url-normalize-required`, `url-path-2f-decode`, `url-path-dotseg-remove`',
    'cuts at `#`; decodes what needs no escape; refuses control characters; decodes `%2F`; removes empty and dot segments',
    ['source', 'lighttpd1.4 `src/burl.c`'],
    steps(
      cutAt('#'),
      refuseWhere(/[\0-\x1f]|%[01]|%7f/i),
      lighttpd,
      decodeOnly(/\//),
      mergeSlashes,
      removeDots,
    ),
    (literal) => decodeOnly(/\//)(lighttpd(literal)),
  ),
  model(
    'haproxy',
    'HAProxy, every `http-request normalize-uri`, with `option accept-invalid-http-request`',
    'strips the fragment, decodes unreserved characters, removes `.` and `..`, merges slashes',
    ['run', 'haproxy `src/uri_normalizer.c`; configuration manual, normalize-uri'],
    steps(cutAt('#'), decodeUnreserved, removeDots, mergeSlashes),
  ),
  model(
    'envoy',
    'Envoy, `normalize_path` and `merge_slashes`',
    'cuts at `#`; takes a backslash for a slash; removes dot segments, also `%2e`; merges slashes',
    ['source', 'envoy `source/common/http/path_utility.cc`; Istio, Authorization Policy Normalization'],
    steps(cutAt('#'), refuseWhere(/%00/), backslashAsSlash, decodeUnreserved, removeDots, mergeSlashes),
  ),
  model(
    'istio',
    'Istio `DECODE_AND_MERGE_SLASHES`, Envoy `UNESCAPE_AND_FORWARD`',
    'decodes `%2F` and `%5C` first, then as Envoy',
    ['documentation', 'istio.io, Authorization Policy Normalization'],
    steps(
      refuseWhere(/%00/),
      decodeOnly(/[/\\]/),
      backslashAsSlash,
      decodeUnreserved,
      removeDots,
      mergeSlashes,
    ),
    decodeOnly(/[/\\]/),
  ),
  model(
    'traefik',
    'Traefik 3.6',
    'decodes unreserved characters, removes empty and dot segments',
    ['documentation', 'doc.traefik.io/traefik/v3.6/security/request-path'],
    steps(decodeUnreserved, cleanKeepingSlash),
  ),
  model(
    'squid-strip',
    'Squid, `uri_whitespace strip`, before a server that removes dot segments',
    'takes white space out',
    ['documentation', 'squid-cache.org, uri_whitespace'],
    steps((path) => path.replace(/[\t-\r ]/g, ''), removeDots),
  ),
  model(
    'squid-chop',
    'Squid, `uri_whitespace chop`',
    'cuts at the first white space',
    ['documentation', 'squid-cache.org, uri_whitespace'],
    (path) => path.replace(/[\t-\r ].*$/s, ''),
  ),
]
