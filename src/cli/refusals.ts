/**
 * Why a request path is refused whatever the policy says, and what to send instead: one row per rule of
 * the request paths. Every rule has the same reason behind it: another server could read the path as a
 * different one.
 */
import type { Refusal } from '../index.ts'

interface Explanation {
  readonly because: string
  readonly instead: string
}

export const REFUSALS: Readonly<Record<Refusal, Explanation>> = {
  'empty-target': {
    because: 'there is no path',
    instead: 'send at least `/`',
  },
  'absolute-form': {
    because: 'it is a whole URL, not a path',
    instead: 'send what follows the host, such as `/workers/me`',
  },
  'authority-form': {
    because: 'it is a host and port, as in a CONNECT request, not a path',
    instead: 'send the path, beginning with `/`',
  },
  'asterisk-form': {
    because: '`*` asks about the server as a whole (OPTIONS *), not about a path',
    instead: 'send the path, beginning with `/`',
  },
  'too-long': {
    because: 'it is longer than the limit for paths (8,192 characters)',
    instead: 'send a shorter path; what follows `?` does not count',
  },
  'dot-segment': {
    because: 'a segment is `.` or `..`, perhaps written as `%2e`, and servers resolve such segments',
    instead: 'send the path with the dot segments resolved',
  },
  'empty-segment': {
    because: 'two slashes follow each other, and some servers merge them',
    instead: 'send a single slash; an empty value may be missing between the two',
  },
  backslash: {
    because: 'it holds a backslash, which some servers read as a slash',
    instead: 'send `/` between segments',
  },
  semicolon: {
    because: 'it holds `;`, and some servers cut the path or the segment there',
    instead: 'send the parameters in the query, or set `delimiters: data` if the API needs them',
  },
  fragment: {
    because: 'it holds `#`, which begins a fragment and never belongs in a request',
    instead: 'send what stands before `#`; a `#` that is data is written `%23` (needs `delimiters: data`)',
  },
  space: {
    because: 'it holds a space, which is not allowed in a request',
    instead: 'send `%20`',
  },
  'control-character': {
    because: 'it holds a control character',
    instead: 'send the path without it',
  },
  'non-ascii': {
    because: 'it holds a character outside ASCII, which is not allowed in a request',
    instead: 'send its UTF-8 bytes percent-encoded, such as `caf%C3%A9`',
  },
  'malformed-escape': {
    because: 'a `%` is not followed by two hexadecimal digits',
    instead: 'send `%25` for a percent sign',
  },
  'encoded-slash': {
    because: 'it holds `%2F`, which some servers read as a slash',
    instead: 'send `/` between segments, or set `encodedSlash: data` if `%2F` is part of a name in the API',
  },
  'encoded-backslash': {
    because: 'it holds `%5C`, a backslash, which some servers read as a slash',
    instead: 'send `/` between segments',
  },
  'encoded-delimiter': {
    because: 'it holds `%3B`, `%3F` or `%23`, and a server that decodes early cuts the path there',
    instead: 'leave it out of the path, or set `delimiters: data` if it is part of a name in the API',
  },
  'encoded-control': {
    because: 'it holds an encoded control character, such as `%00` or `%0A`',
    instead: 'send the path without it',
  },
  'double-encoding': {
    because:
      'it is encoded twice (`%25` and two hexadecimal digits), and servers differ in how often they decode',
    instead: 'encode the path once',
  },
  'invalid-utf8': {
    because: 'its escapes are not valid UTF-8',
    instead: 'send the UTF-8 bytes of each character percent-encoded, such as `%C3%A9` instead of `%E9`',
  },
}
