/**
 * For testing only. The ways in which a server behind us may read a path, one small function each. The
 * law of section 2: a path that is granted is still granted as each of them reads it. A reading gets the
 * raw path without its query; readings that decode are judged with patterns decoded as often.
 */
import { bytesOf, canonical, characters, foldAscii } from './characters.ts'
import { grantsOf, optionsOf } from './document.ts'
import type { AllOptions, PlainDocument } from './document.ts'
import { withoutBase } from './authorize.ts'
import { globMatches } from './glob.ts'

export interface Reading {
  readonly name: string
  /** How often this reading decodes percent-escapes. */
  readonly decodes: number
  readonly read: (path: string) => string
}

const reading = (name: string, read: (path: string) => string, decodes = 0): Reading => ({
  name,
  read,
  decodes,
})

export const READINGS: readonly Reading[] = [
  reading('dot segments removed', withoutDotSegments),
  reading('decoded once', decode, 1),
  reading('decoded twice', (path) => decode(decode(path)), 2),
  reading('backslash as slash', (path) => path.replaceAll('\\', '/')),
  reading('slashes merged', (path) => path.replace(/\/+/g, '/')),
  reading('parameters stripped', (path) => path.replace(/;[^/]*/g, '')),
  reading('cut at semicolon', (path) => cutAt(path, ';')),
  reading('cut at NUL', (path) => cutAt(path, '\0')),
  reading('cut at number sign', (path) => cutAt(path, '#')),
  reading('cut at line end', (path) => cutAt(cutAt(path, '\r'), '\n')),
  reading('NFKC', (path) => path.normalize('NFKC')),
  reading('high byte dropped', (path) => String.fromCharCode(...units(path).map((unit) => unit & 0xff))),
  reading('trailing slash dropped', (path) => path.replace(/\/$/, '')),
]

/** First one, then the other: a chain of two servers. */
export function composed(first: Reading, second: Reading): Reading {
  return {
    name: `${first.name}, then ${second.name}`,
    decodes: first.decodes + second.decodes,
    read: (path) => second.read(first.read(path)),
  }
}

/**
 * Whether the plain glob grants `path` as a server has read it: options applied, but nothing refused and
 * no second thought about trailing slashes. For `wildcard: any`.
 */
export function grantedAsRead(
  document: PlainDocument,
  scopes: readonly string[],
  method: string,
  path: string,
  decodes: number,
): boolean {
  const options = optionsOf(document)
  const tested = testedAsRead(decodes === 0 ? canonical(path) : path, options)
  if (tested === undefined) return false
  const cut = (text: string): string[] => {
    const list = decodes === 0 ? characters(text) : Array.from(text)
    return options.caseSensitive ? list : list.map(foldAscii)
  }
  return grantsOf(document).some((grant) => {
    if (!scopes.includes(grant.scope) || grant.method !== method) return false
    const pattern = canonical(grant.pattern.replace(/^\//, ''))
    const runs = pattern.split('*').map((run) => cut(decodeTimes(run, decodes)))
    // A star that a run decodes to is data, so it must not become a wildcard here.
    const star = '*'
    const literal = runs.map((run) => run.map((character) => (character === star ? 'literal *' : character)))
    const joined = literal.flatMap((run, index) => (index === 0 ? run : [star, ...run]))
    return globMatches(
      joined,
      cut(tested).map((character) => (character === star ? 'literal *' : character)),
    )
  })
}

function testedAsRead(path: string, options: AllOptions): string | undefined {
  let tested = withoutBase(path.replace(/^\//, ''), options)
  if (tested === undefined) return undefined
  if (options.trailingSlash === 'ignore') tested = tested.replace(/\/$/, '')
  for (;;) {
    const suffix: string | undefined = options.extensions
      .map((extension) => `.${extension}`)
      .find((extension) => tested?.endsWith(extension))
    if (suffix === undefined) return tested
    tested = tested.slice(0, -suffix.length)
  }
}

function decodeTimes(text: string, times: number): string {
  return times === 0 ? text : decodeTimes(decode(text), times - 1)
}

/** Lenient, as servers are: escapes that are no UTF-8 become U+FFFD, a `%` alone stays. */
export function decode(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(bytesOf(run)).toString('utf8'))
}

/** RFC 3986 §5.2.4, on whole segments. */
export function withoutDotSegments(path: string): string {
  const kept: string[] = []
  const segments = path.split('/')
  const root = path.startsWith('/') ? 1 : 0
  for (const [index, segment] of segments.entries()) {
    if (segment === '..' && kept.length > root) kept.pop()
    const isLast = index === segments.length - 1
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  }
  return kept.join('/')
}

function cutAt(path: string, character: string): string {
  return path.split(character)[0] ?? ''
}

function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}
