import type { UnreachableReason } from './pattern.ts'

/** For each reason: what is wrong with the underlined part, and what to write instead. */
export const UNREACHABLE: Readonly<Record<UnreachableReason, readonly [fact: string, help: string]>> = {
  'empty-target': ['it is empty', 'write the path'],
  'too-long': ['it is longer than any accepted path', 'shorten it'],
  'asterisk-form': ['`*` as a request target is refused', 'write the path'],
  'absolute-form': ['a request path has no scheme and host', 'write only the path'],
  'authority-form': ['a request path has no host', 'write only the path'],
  url: ['a request path has no scheme and host', 'write only the path behind the host'],
  method: ['a pattern is only a path', 'write the method behind the pattern, as in `users: GET`'],
  query: ['the query is cut off before paths are compared', 'leave out `?` and what follows it'],
  fragment: [
    'a `#` never reaches the server as part of a path',
    'leave it out, or write `%23` with `delimiters: data`',
  ],
  semicolon: [
    'paths with `;` are refused, since servers cut parameters off in different ways',
    'leave it out, or set `delimiters: data` in `$options`',
  ],
  backslash: ['paths with `\\` are refused, since some servers read it as `/`', 'write `/`'],
  space: ['a path on the wire has no spaces', 'write `%20`'],
  'control-character': ['paths with control characters are refused', 'leave it out'],
  'non-ascii': ['a path on the wire is percent-encoded ASCII', 'write its UTF-8 bytes percent-encoded'],
  'malformed-escape': ['`%` must be followed by two hex digits', 'write `%25` for a percent sign'],
  'encoded-slash': [
    'paths with `%2F` are refused, since some servers read it as `/`',
    'write `/`, or set `encodedSlash: data` in `$options`',
  ],
  'encoded-backslash': ['paths with `%5C` are refused, since some servers read it as `/`', 'leave it out'],
  'encoded-delimiter': [
    'paths with `%3B`, `%3F` or `%23` are refused, since a server that decodes early cuts there',
    'leave it out, or set `delimiters: data` in `$options`',
  ],
  'encoded-control': ['paths with encoded control characters are refused', 'leave it out'],
  'double-encoding': [
    'paths that are still encoded after one decoding are refused',
    'encode once: `%20`, not `%2520`',
  ],
  'invalid-utf8': ['escapes must spell valid UTF-8', 'write all bytes of the character, percent-encoded'],
  'empty-segment': ['paths with empty segments are refused, since servers merge slashes', 'write one slash'],
  'dot-segment': [
    'paths with dot segments are refused, since servers resolve them',
    'write the resolved path',
  ],
  extension: [
    'the options take this extension off every request path before it is compared',
    'leave the extension out',
  ],
  'trailing-slash': [
    '`trailingSlash: ignore` takes the slash off every request path before it is compared',
    'leave the slash out',
  ],
}
