/**
 * The path rules: from a raw request target to the path that patterns are compared with, or a refusal.
 *
 * We judge a request that another server will read for itself. So a target that some server could read
 * as a different path is refused, never repaired; only spellings that RFC 3986 §6.2.2 calls equal are
 * made equal. Read in this order:
 *
 * | step | input                                               | answer                | option            |
 * |------|-----------------------------------------------------|-----------------------|-------------------|
 * | 0    | `a?b`                                               | `a`, the query is cut |                   |
 * | 1    | nothing before the query                            | `empty-target`        |                   |
 * | 1    | over 8,192 characters                               | `too-long`            | limits.pathLength |
 * | 1    | `*`                                                 | `asterisk-form`       |                   |
 * | 1    | `https://host/a`, `x:/a`, `http:a`                  | `absolute-form`       |                   |
 * | 1    | `host:443`                                          | `authority-form`      |                   |
 * | 1    | `\`                                                 | `backslash`           |                   |
 * | 1    | `;`                                                 | `semicolon`           | delimiters: data  |
 * | 1    | `#`                                                 | `fragment`            |                   |
 * | 1    | a space                                             | `space`               |                   |
 * | 1    | U+0000 to U+001F, U+007F                            | `control-character`   |                   |
 * | 1    | raw non-ASCII                                       | `non-ascii`           |                   |
 * | 1    | `%`, `%4`, `%zz`                                    | `malformed-escape`    |                   |
 * | 1    | `%2F`                                               | `encoded-slash`       | encodedSlash      |
 * | 1    | `%5C`                                               | `encoded-backslash`   |                   |
 * | 1    | `%3B` `%3F` `%23`                                   | `encoded-delimiter`   | delimiters: data  |
 * | 1    | `%00` to `%1F`, `%7F`                               | `encoded-control`     |                   |
 * | 1    | `%25` and two hex digits, or `u`                    | `double-encoding`     |                   |
 * | 1    | `%C3%28`, `%C0%AF`, `%ED%A0%80`                     | `invalid-utf8`        |                   |
 * | 1    | `//`                                                | `empty-segment`       |                   |
 * | 1    | a segment `.` or `..`, also `%2E`                   | `dot-segment`         |                   |
 * | 2    | `m%65`, `caf%c3%a9`                                 | `me`, `caf%C3%A9`     |                   |
 * | 3    | one leading slash                                   | stripped              |                   |
 * | 3    | the base path, as a whole and on a segment boundary | stripped              | basePath          |
 * | 3    | one slash at the end                                | stripped              | trailingSlash     |
 * | 3    | `.json`, `.xml` … at the end, as long as there is one | stripped            | extensions        |
 *
 * Step 3 compares base path and extensions exactly, whatever `caseSensitive` says. When an extension is
 * stripped and leaves a dot segment (`a/...json`), the path is refused like any other dot segment.
 *
 * With `trailingSlash: strict` a path that ends in `/` has a second reading, the one without it; see
 * {@link PathReading.withoutSlash}.
 *
 * Cost: linear in the target; the query is not looked at.
 */
import type { CharacterRules, ReadingOptions } from '../language/options.ts'
import type { Refusal } from '../language/refusals.ts'
import { canonicalise, ENCODED_SLASH, foldCase, printCanonical } from './canonical.ts'

export type { Refusal }

/**
 * The options of a policy that say how request paths are read: its base path in canonical form, without a slash at
 * either end. With `wildcard: segment` the path is compared as text, as picomatch does: `%20` is three characters.
 */
export interface PathRules extends ReadingOptions {
  readonly pathLength: number
}

export type PathReading = AcceptedPath | { readonly refusal: Refusal }

/**
 * All members are the object's own, also those that are undefined: what somebody has written to
 * `Object.prototype` must not be taken for the reading of a path.
 */
export interface AcceptedPath {
  readonly refusal?: undefined
  /** The path to compare with patterns: canonical, folded when case does not matter; null outside the base path. */
  readonly path: string | null
  /**
   * Set when `path` ends in a slash that a server may drop (`trailingSlash: strict`): the same path
   * without it. The request is then granted where a pattern ending in a literal slash matches `path`, or
   * where `path` and this one are both granted; null when dropping it leaves another slash at the end.
   */
  readonly withoutSlash?: string | null | undefined
}

/** A scheme and its path (RFC 3986 §4.3); behind `http:` readers of URLs do not even need the slash. */
const ABSOLUTE_FORM = /^(?:[a-z][a-z0-9+.-]*:\/|https?:)/i
/** A segment `.` or `..`; and where delimiters are data, one that a server may cut down to it. */
const DOTS = /(?:^|\/)\.\.?(?:\/|$)/
const DOTS_OR_CUT = /(?:^|\/)\.\.?(?:[/;\ue03b\ue03f\ue023]|$)/
const AUTHORITY_FORM = /^[^/]*:[0-9]+$/

/** Reads a raw request target by the rules of the module header. */
export function readPath(target: string, rules: PathRules): PathReading {
  const query = target.indexOf('?')
  const raw = query < 0 ? target : target.slice(0, query)
  const form = refusedForm(raw, rules)
  if (form !== undefined) return { refusal: form }
  const { text, refusal } = canonicalise(raw, rules)
  if (refusal !== undefined) return { refusal: refusal.rule }
  const canonical = text.startsWith('/') ? text.slice(1) : text
  const segments = refusedSegment(canonical, rules)
  if (segments !== undefined) return { refusal: segments }

  let path = canonical
  if (rules.basePath !== '') {
    const inside = stripBasePath(canonical, rules.basePath)
    if (inside === null) return { refusal: undefined, path: null, withoutSlash: undefined }
    path = inside
  }
  if (rules.trailingSlash === 'ignore' && path.endsWith('/')) path = path.slice(0, -1)
  if (rules.extensions.length > 0) {
    const trimmed = stripExtensions(path, rules.extensions)
    if (trimmed.length < path.length && isDotted(trimmed, rules)) return { refusal: 'dot-segment' }
    path = trimmed
  }
  if (rules.trailingSlash === 'ignore' || !path.endsWith('/')) return accepted(rules, path)

  let shorter = path.slice(0, -1)
  if (rules.extensions.length > 0) {
    shorter = stripExtensions(shorter, rules.extensions)
    if (isDotted(shorter, rules)) return { refusal: 'dot-segment' }
  }
  return accepted(rules, path, shorter.endsWith('/') ? null : comparable(shorter, rules))
}

function accepted(rules: PathRules, path: string, withoutSlash?: string | null): AcceptedPath {
  return { refusal: undefined, path: comparable(path, rules), withoutSlash }
}

/** The base path of an option in the form of {@link PathRules}, or the rule it breaks. */
export function readBasePath(
  raw: string,
  rules: CharacterRules,
): string | { readonly refusal: Refusal | 'query' } {
  if (raw === '' || raw === '/') return ''
  if (raw.includes('?')) return { refusal: 'query' }
  const { text, refusal } = canonicalise(raw, rules)
  if (refusal !== undefined) return { refusal: refusal.rule }
  const start = text.startsWith('/') ? 1 : 0
  const end = text.endsWith('/') ? text.length - 1 : text.length
  const path = text.slice(start, end)
  const segments = path === '' || path.endsWith('/') ? 'empty-segment' : refusedSegment(path, rules)
  return segments === undefined ? path : { refusal: segments }
}

/** The forms of RFC 9112 §3.2 other than origin-form, and targets that are empty or too long. */
function refusedForm(raw: string, rules: PathRules): Refusal | undefined {
  if (raw === '') return 'empty-target'
  if (raw.length > rules.pathLength) return 'too-long'
  if (raw.startsWith('/')) return undefined
  if (raw === '*') return 'asterisk-form'
  if (ABSOLUTE_FORM.test(raw)) return 'absolute-form'
  if (AUTHORITY_FORM.test(raw)) return 'authority-form'
  return undefined
}

/** Judges the segments of a canonical path without leading slash; the last one may be empty. */
function refusedSegment(
  canonical: string,
  rules: CharacterRules,
): 'empty-segment' | 'dot-segment' | undefined {
  // With `data` these characters are matched as data, but another server may still act on them; with `opaque` none does.
  const text = rules.encodedSlash === 'data' ? canonical.replaceAll(ENCODED_SLASH, '/') : canonical
  if (text.startsWith('/') || text.includes('//')) return 'empty-segment'
  const dots = rules.delimiters === 'data' ? DOTS_OR_CUT : DOTS
  return dots.test(text) ? 'dot-segment' : undefined
}

function stripBasePath(canonical: string, basePath: string): string | null {
  if (!canonical.startsWith(basePath)) return null
  if (canonical.length === basePath.length) return ''
  return canonical.charCodeAt(basePath.length) === 0x2f ? canonical.slice(basePath.length + 1) : null
}

function comparable(path: string, rules: PathRules): string {
  // A `segment` pattern says itself which letters it takes in both cases.
  if (rules.wildcard === 'segment') return printCanonical(path)
  return rules.caseSensitive ? path : foldCase(path)
}

/** Takes extensions off the end until there is none; `extensions` lists longer ones first. */
function stripExtensions(path: string, extensions: readonly string[]): string {
  let end = path.length
  for (let at = 0; at < extensions.length; at++) {
    const extension = extensions[at] as string
    const dot = end - extension.length - 1
    if (path.charCodeAt(dot) === 0x2e && path.startsWith(extension, dot + 1)) {
      end = dot
      at = -1
    }
  }
  return path.slice(0, end)
}

function isDotted(path: string, rules: PathRules): boolean {
  return refusedSegment(path, rules) === 'dot-segment'
}
