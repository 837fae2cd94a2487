/**
 * Names instead of paths: tools, resources and prompts of the Model Context Protocol.
 *
 * Tools and prompts are compared exactly, character by character: no reader of JSON changes a string, and what a
 * name means is the server's business. Refused is only what cannot be a name.
 *
 * A resource is a URI, and the server behind us will read it as one. So the law of request paths holds here: a URI is
 * refused where a reader of URLs (normalization by RFC 3986 §6.2.2 and §6.2.3, the WHATWG parser, percent-decoding
 * once) could read another one than was compared. What is accepted is its own normal form, but for escapes, which
 * are compared as in paths: those of unreserved characters are decoded, others count as one character.
 *
 * Rejected: asking `URL` of the platform. It is one of the three readers, is missing in some runtimes of compiled
 * policies, and what it accepts differs between versions.
 */
import { type CharacterRules, DEFAULT_OPTIONS } from '../language/options.ts'
import type { NameMethod } from '../language/scope-fields.ts'
import type { Refusal } from '../language/refusals.ts'
import { canonicalise, DELIMITERS, printCanonical } from './canonical.ts'
import type { PathReading } from './request-path.ts'
import type { Pattern } from './pattern.ts'
import type { Unreachable } from './unreachable.ts'

/** The longest name and URI that is judged. */
export const MAX_NAME_LENGTH = 8192

/** Reads the name of a tool or prompt, or the URI of a resource, as patterns are compared with it. */
export function readName(method: NameMethod, name: string): PathReading {
  const refusal = name === '' ? 'empty-target' : name.length > MAX_NAME_LENGTH ? 'too-long' : undefined
  if (refusal !== undefined) return { refusal }
  return method === 'resources/read' ? readUri(name) : readExact(name)
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const UNPAIRED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function readExact(name: string): PathReading {
  if (CONTROL.test(name)) return { refusal: 'control-character' }
  // JSON text in UTF-8 cannot carry it: one reader replaces it, another one does not.
  if (UNPAIRED.test(name)) return { refusal: 'invalid-utf8' }
  return { refusal: undefined, path: name, withoutSlash: undefined }
}

const RULES: CharacterRules = { ...DEFAULT_OPTIONS, delimiters: 'data' }
/** The characters of RFC 3986 but `#` and brackets, which end a URI or belong to addresses. */
const NOT_URI = /[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/
const SCHEME = /^[a-z][a-z0-9+.-]*:/
/** Schemes that the WHATWG parser reads in its own way. */
const SPECIAL = /^(?:https?|wss?|ftp|file):/
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'ws:': '80',
  'https:': '443',
  'wss:': '443',
  'ftp:': '21',
}
/** A host in lower case and without escapes, and a port without leading zeros. */
const AUTHORITY = /^[a-z0-9\-._~!$&'()*+,;=]*(?::(?:0|[1-9][0-9]{0,4}))?$/
/** A host name of the WHATWG parser: its last label is no number, which would make it an IPv4 address. */
const SPECIAL_HOST = /^(?:[a-z0-9_-]+\.)*(?![0-9]+$|0x)[a-z0-9_-]+$/
const IPV4 = /^(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?!$)|$)){4}$/

function readUri(uri: string): PathReading {
  const refused = refusedCharacter(uri)
  if (refused !== undefined) return { refusal: refused }
  const { text, refusal } = canonicalise(uri, RULES)
  if (refusal !== undefined) return { refusal: refusal.rule }
  // Raw `;` is an ordinary character of URIs; its escape may end what a server reads.
  if (DELIMITERS.test(text.replaceAll(';', ''))) return { refusal: 'encoded-delimiter' }
  // As it was written: a scheme has no escapes.
  const scheme = SCHEME.exec(uri)?.[0]
  if (scheme === undefined) return { refusal: 'uri-form' }
  const rest = text.slice(scheme.length)
  const query = rest.indexOf('?')
  const before = query < 0 ? rest : rest.slice(0, query)
  const special = SPECIAL.test(scheme)
  // The WHATWG parser escapes it there.
  if (special && query >= 0 && rest.includes("'", query)) return { refusal: 'uri-form' }
  if (!before.startsWith('//')) {
    return special ? { refusal: 'uri-form' } : pathReading(text, before)
  }
  const end = before.indexOf('/', 2)
  const authority = end < 0 ? before.slice(2) : before.slice(2, end)
  // Who takes the slashes for those of a path would resolve such a host.
  if (!AUTHORITY.test(authority) || /^\.\.?(?:[:;]|$)/.test(authority)) return { refusal: 'uri-form' }
  if (special && !isSpecialAuthority(scheme, authority, end >= 0)) return { refusal: 'uri-form' }
  return pathReading(text, end < 0 ? '' : before.slice(end))
}

function refusedCharacter(uri: string): Refusal | undefined {
  const found = NOT_URI.exec(uri)?.[0]
  if (found === undefined) return undefined
  if (found === '#') return 'fragment'
  if (found === '\\') return 'backslash'
  if (found === ' ') return 'space'
  if (CONTROL.test(found)) return 'control-character'
  return found > '\u007f' ? 'non-ascii' : 'uri-form'
}

function isSpecialAuthority(scheme: string, authority: string, hasPath: boolean): boolean {
  const [host = '', port] = authority.split(':')
  // Without a path the parser adds one.
  if (!hasPath) return false
  if (scheme === 'file:') {
    if (port !== undefined || host === 'localhost') return false
    if (host === '') return true
  }
  if (port !== undefined && (port === DEFAULT_PORTS[scheme] || Number(port) > 65_535)) return false
  return IPV4.test(host) || (SPECIAL_HOST.test(host) && !/(?:^|\.)xn--/.test(host))
}

/** Judges the segments of the path, which readers resolve and merge. */
function pathReading(text: string, path: string): PathReading {
  const inner = path.startsWith('/') ? path.slice(1) : path
  const segments = inner.split('/')
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as string
    const cut = segment.indexOf(';')
    const name = cut < 0 ? segment : segment.slice(0, cut)
    if (name === '.' || name === '..') return { refusal: 'dot-segment' }
    if (segment === '' && index < segments.length - 1) return { refusal: 'empty-segment' }
  }
  return { refusal: undefined, path: text, withoutSlash: undefined }
}

/** Reads a non-empty name pattern without control characters: `*` is any run of characters. */
export function readNamePattern(method: NameMethod, written: string): Pattern {
  if (method !== 'resources/read') return { text: written, meaning: runsOf(written), endsInSlash: false }
  const { text, refusal } = canonicalise(written, RULES)
  const reason = refusal?.rule ?? refusedCharacter(written) ?? refusedPart(text)
  if (reason !== undefined) {
    const unreachable: Unreachable = {
      reason,
      start: refusal?.start ?? 0,
      end: refusal?.end ?? written.length,
    }
    return { text: written, meaning: { kind: 'never' }, endsInSlash: false, unreachable }
  }
  return { text: printCanonical(text), meaning: runsOf(text), endsInSlash: false }
}

function runsOf(text: string): Pattern['meaning'] {
  // Stars next to each other are one.
  return { kind: 'runs', runs: text.replace(/\*+/g, '*').split('*') }
}

/** What a literal part of a pattern has and no accepted URI: only what shows without trying. */
function refusedPart(text: string): Refusal | undefined {
  if (/\/\.\.?(?:\/|$)/.test(text)) return 'dot-segment'
  if (/[^/:]\/\//.test(text)) return 'empty-segment'
  const scheme = /^[^*/?]*:/.exec(text)?.[0]
  if (scheme !== undefined && !SCHEME.test(scheme)) return 'uri-form'
  return text.includes('*') ? undefined : readUri(printCanonical(text)).refusal
}
