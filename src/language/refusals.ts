/**
 * The refusals of the language: for each rule of request paths, why a path is refused whatever the policy says. One
 * row per rule, data only; where a rule is applied, code names it.
 *
 * Every rule has the same reason: another server could read the path as a different one.
 *
 * - `of`: what is refused, a character or escape, a segment, or the form of the whole.
 * - `because`, `instead`: about a request, and what to send.
 * - `pattern`, `write`: about a pattern that only such requests could match, and what to write.
 */
export const REFUSALS = {
  'empty-target': {
    of: 'form',
    because: 'there is no path',
    instead: 'send at least `/`',
    pattern: 'it is empty',
    write: 'write the path',
  },
  'too-long': {
    of: 'form',
    because: 'it is longer than the limit for paths (8,192 characters)',
    instead: 'send a shorter path; what follows `?` does not count',
    pattern: 'it is longer than any accepted path',
    write: 'shorten it',
  },
  'asterisk-form': {
    of: 'form',
    because: '`*` asks about the server as a whole (OPTIONS *), not about a path',
    instead: 'send the path, beginning with `/`',
    pattern: '`*` as a request target is refused',
    write: 'write the path',
  },
  'absolute-form': {
    of: 'form',
    because: 'it is a whole URL, not a path',
    instead: 'send what follows the host, such as `/workers/me`',
    pattern: 'a request path has no scheme and host',
    write: 'write only the path',
  },
  'authority-form': {
    of: 'form',
    because: 'it is a host and port, as in a CONNECT request, not a path',
    instead: 'send the path, beginning with `/`',
    pattern: 'a request path has no host',
    write: 'write only the path',
  },
  'dot-segment': {
    of: 'segment',
    because: 'a segment is `.` or `..`, perhaps written as `%2e`, and servers resolve such segments',
    instead: 'send the path with the dot segments resolved',
    pattern: 'paths with dot segments are refused, since servers resolve them',
    write: 'write the resolved path',
  },
  'empty-segment': {
    of: 'segment',
    because: 'two slashes follow each other, and some servers merge them',
    instead: 'send a single slash; an empty value may be missing between the two',
    pattern: 'paths with empty segments are refused, since servers merge slashes',
    write: 'write one slash',
  },
  backslash: {
    of: 'character',
    because: 'it holds a backslash, which some servers read as a slash',
    instead: 'send `/` between segments',
    pattern: 'paths with `\\` are refused, since some servers read it as `/`',
    write: 'write `/`',
  },
  semicolon: {
    of: 'character',
    because: 'it holds `;`, and some servers cut the path or the segment there',
    instead: 'send the parameters in the query, or set `delimiters: data` if the API needs them',
    pattern: 'paths with `;` are refused, since servers cut parameters off in different ways',
    write: 'leave it out, or set `delimiters: data` in `$options`',
  },
  fragment: {
    of: 'character',
    because: 'it holds `#`, which begins a fragment and never belongs in a request',
    instead: 'send what is before `#`; a `#` that is data is written `%23` (needs `delimiters: data`)',
    pattern: 'a `#` never reaches the server as part of a path',
    write: 'leave it out, or write `%23` with `delimiters: data`',
  },
  space: {
    of: 'character',
    because: 'it holds a space, which is not allowed in a request',
    instead: 'send `%20`',
    pattern: 'a path on the wire has no spaces',
    write: 'write `%20`',
  },
  'control-character': {
    of: 'character',
    because: 'it holds a control character',
    instead: 'send the path without it',
    pattern: 'paths with control characters are refused',
    write: 'leave it out',
  },
  'non-ascii': {
    of: 'character',
    because: 'it holds a character outside ASCII, which is not allowed in a request',
    instead: 'send its UTF-8 bytes percent-encoded, such as `caf%C3%A9`',
    pattern: 'a path on the wire is percent-encoded ASCII',
    write: 'write its UTF-8 bytes percent-encoded',
  },
  'malformed-escape': {
    of: 'character',
    because: 'a `%` is not followed by two hexadecimal digits',
    instead: 'send `%25` for a percent sign',
    pattern: '`%` must be followed by two hex digits',
    write: 'write `%25` for a percent sign',
  },
  'encoded-slash': {
    of: 'character',
    because: 'it holds `%2F`, which some servers read as a slash',
    instead: 'send `/` between segments, or set `encodedSlash: data` if `%2F` is part of a name in the API',
    pattern: 'paths with `%2F` are refused, since some servers read it as `/`',
    write: 'write `/`, or set `encodedSlash: data` in `$options`',
  },
  'encoded-backslash': {
    of: 'character',
    because: 'it holds `%5C`, a backslash, which some servers read as a slash',
    instead: 'send `/` between segments',
    pattern: 'paths with `%5C` are refused, since some servers read it as `/`',
    write: 'leave it out',
  },
  'encoded-delimiter': {
    of: 'character',
    because: 'it holds `%3B`, `%3F` or `%23`, and a server that decodes early cuts the path there',
    instead: 'leave it out of the path, or set `delimiters: data` if it is part of a name in the API',
    pattern: 'paths with `%3B`, `%3F` or `%23` are refused, since a server that decodes early cuts there',
    write: 'leave it out, or set `delimiters: data` in `$options`',
  },
  'encoded-control': {
    of: 'character',
    because: 'it holds an encoded control character, such as `%00` or `%0A`',
    instead: 'send the path without it',
    pattern: 'paths with encoded control characters are refused',
    write: 'leave it out',
  },
  'double-encoding': {
    of: 'character',
    because:
      'it is encoded twice (`%25` before two hexadecimal digits or `u`), and servers differ in how often they decode',
    instead: 'encode the path once',
    pattern: 'paths that are still encoded after one decoding are refused',
    write: 'encode once: `%20`, not `%2520`',
  },
  'invalid-utf8': {
    of: 'character',
    because: 'its escapes are not valid UTF-8',
    instead: 'send the UTF-8 bytes of each character percent-encoded, such as `%C3%A9` instead of `%E9`',
    pattern: 'escapes must spell valid UTF-8',
    write: 'write all bytes of the character, percent-encoded',
  },
  'uri-form': {
    of: 'form',
    because: 'it is not a URI in the normal form that every reader of URIs reads alike',
    instead:
      'send an absolute URI: scheme and host in lower case, no default port, reserved characters as they are',
    pattern: 'only URIs in normal form are compared, since readers of URIs change others',
    write: 'write scheme and host in lower case, and no default port',
  },
} as const

type Rows = typeof REFUSALS

/** The rule that refused a path. */
export type Refusal = keyof Rows

/** The rules about single characters and escapes. */
export type CharacterRefusal = {
  readonly [Name in Refusal]: Rows[Name] extends { readonly of: 'character' } ? Name : never
}[Refusal]

export const REFUSAL_NAMES: readonly Refusal[] = Object.keys(REFUSALS) as Refusal[]
