/** For testing only. Gateways and networks at the edge. */
import { type Model, model, steps } from '../model.ts'
import {
  backslashAsSlash,
  cleanSegments,
  cutAt,
  decode,
  decodeBut,
  decodeUnreserved,
  fold,
  mergeSlashes,
  cleanKeepingSlash,
  removeDots,
} from '../steps.ts'

const CLOUDFLARE = 'developers.cloudflare.com/rules/normalization/how-it-works'
const kong: (path: string) => string = decodeBut("!*'();:@&=+$,/?%#[]")

export const EDGE: readonly Model[] = [
  model(
    'kong',
    'Kong Gateway, router',
    'decodes all but reserved characters, removes dot segments, merges slashes',
    ['source', 'Kong `kong/tools/uri.lua`, `normalize`'],
    steps(kong, removeDots, mergeSlashes),
    kong,
  ),
  model(
    'cloudflare-rfc3986',
    'Cloudflare, URL normalization `rfc3986`',
    'decodes unreserved characters, removes dot segments',
    ['documentation', CLOUDFLARE],
    steps(decodeUnreserved, removeDots),
  ),
  model(
    'cloudflare',
    'Cloudflare, URL normalization `cloudflare`',
    'takes a backslash for a slash and merges slashes as well',
    ['documentation', CLOUDFLARE],
    steps(backslashAsSlash, mergeSlashes, decodeUnreserved, removeDots),
  ),
  model(
    'api-gateway',
    'Amazon API Gateway, HTTP APIs',
    'decodes once, before routes are matched',
    ['memory', 'payload format 2.0, `rawPath`'],
    decode,
    decode,
  ),
  model(
    'caddy',
    'Caddy 2, `path` matcher',
    'decodes; removes empty and dot segments; ignores case',
    ['source', 'caddy `modules/caddyhttp/caddyhttp.go`, `CleanPath`; pull request 4407'],
    steps(cutAt('#'), decode, cleanKeepingSlash, fold),
    (literal) => fold(decode(literal)),
  ),
  model(
    'go-file-server',
    'Go `net/http`, `FileServer`',
    'decodes, then `path.Clean`: no empty or dot segments, no slash at the end',
    ['source', 'go `src/net/http/fs.go`, `fileHandler.ServeHTTP`'],
    steps(cutAt('#'), decode, cleanSegments),
    decode,
  ),
  model(
    'actix',
    'actix-web, `NormalizePath::trim`',
    'drops slashes at the end, merges slashes',
    ['source', 'actix-web `actix-web/src/middleware/normalize.rs`'],
    (path) => mergeSlashes(path.replace(/\/+$/, '')) || '/',
  ),
  model(
    'plug',
    'Plug and Phoenix on Cowboy',
    'splits at slashes, leaves empty segments out, decodes each segment',
    ['source', 'plug_cowboy `lib/plug/cowboy/conn.ex`, `split_path`; decoding from memory'],
    (path) =>
      `/${path
        .split('/')
        .filter((segment) => segment !== '')
        .map(decodeBut('/'))
        .join('/')}`,
    decodeBut('/'),
  ),
]
