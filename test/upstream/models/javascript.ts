/** For testing only. JavaScript runtimes and frameworks; where they are installed, their own code. */
import { createRequire } from 'node:module'
import { getPath } from 'hono/utils/url'
import { type Model, model, steps } from '../model.ts'
import {
  cleanKeepingSlash,
  decode,
  decodeUnreserved,
  dropSlash,
  fold,
  mergeSlashes,
  refuseWhere,
} from '../steps.ts'

const load = createRequire(import.meta.url)
const parseurl = load('parseurl') as (request: { url: string }) => { pathname: string | null }
const { safeDecodeURI } = load('find-my-way/lib/url-sanitizer.js') as {
  safeDecodeURI: (path: string, semicolon: boolean) => { path: string }
}

/** What throws is a refusal: the request ends with an error. */
function orNull(read: (path: string) => string | null): Model['read'] {
  return (path) => {
    try {
      return read(path)
    } catch {
      return null
    }
  }
}

const pathname = (path: string): string | null => parseurl({ url: path }).pathname
const getPathOf = getPath as (request: { url: string }) => string
const hono = (path: string): string => getPathOf({ url: new URL(`http://host${path}`).href })
const findMyWay = (path: string): string => safeDecodeURI(path, true).path

/** What a reader makes of the escapes in a literal, and of nothing else in it. */
function escapesBy(read: (path: string) => string): (literal: string) => string {
  return (literal) =>
    literal.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
      try {
        return read(`/x${run}`).slice(2)
      } catch {
        return run
      }
    })
}

/** What the URL parser escapes: the path percent-encode set. */
const escapedByUrl = (literal: string): string =>
  literal.replace(/[\0-\x20"<>^`{|}\x7f-\u{10ffff}]+/gu, (text) => encodeURIComponent(text))

export const JAVASCRIPT: readonly Model[] = [
  model(
    'url-joined',
    '`new URL("http://host" + target).pathname`',
    'cuts at `#`; takes tabs and line ends out; takes a backslash for a slash; removes dot segments, also `%2e`',
    ['run', 'WHATWG URL, path state; Deno, Bun, Workers and Node'],
    orNull((path) => new URL(`http://host${path}`).pathname),
    escapedByUrl,
  ),
  model(
    'url-with-base',
    '`new URL(target, "http://host").pathname`',
    'the same, and what follows `//` is a host',
    ['run', 'WHATWG URL, relative slash state'],
    orNull((path) => new URL(path, 'http://host').pathname),
    escapedByUrl,
  ),
  model(
    'express-router',
    'Express 5',
    'takes the path by `parseurl` (cut at `#`, in Node `url.parse` where there is white space); ignores case and a slash at the end',
    ['run', 'parseurl; router `lib/layer.js`'],
    orNull(steps(pathname, decodeUnreserved, dropSlash, fold)),
    fold,
  ),
  model(
    'serve-static',
    'Express `express.static`',
    'decodes, refuses NUL and `..`, normalises as a file name',
    ['source', 'send `index.js`'],
    orNull(
      steps(pathname, decodeURIComponent, refuseWhere(/\0|(?:^|[\\/])\.\.(?:[\\/]|$)/), cleanKeepingSlash),
    ),
    decode,
  ),
  model(
    'fastify',
    'Fastify 5 and find-my-way, with every `ignore…` option and `useSemicolonDelimiter`',
    'cuts at `#` and `;`; decodes all but reserved characters; merges slashes; ignores case and a slash at the end',
    ['run', 'find-my-way `lib/url-sanitizer.js`, `index.js`'],
    orNull(steps(mergeSlashes, findMyWay, dropSlash, fold)),
    (literal) => fold(escapesBy(findMyWay)(literal)),
  ),
  model(
    'hono',
    'Hono 4 on Node',
    'WHATWG URL, then `decodeURI`; with `strict: false` a slash at the end is dropped',
    ['run', 'hono `utils/url`, `getPath`'],
    orNull(steps(hono, dropSlash)),
    escapesBy(hono),
  ),
  {
    ...model(
      'node-client-8',
      'a proxy on Node 8 or older',
      'drops the high byte of each character when it forwards; the next server removes dot segments',
      ['documentation', 'CVE-2018-12116'],
      orNull((path) => {
        const bytes = Array.from(path, (character) => String.fromCharCode(character.charCodeAt(0) & 0xff))
        return new URL(`http://host${bytes.join('')}`).pathname
      }),
      escapedByUrl,
    ),
    onlyRaw: true,
  },
]
