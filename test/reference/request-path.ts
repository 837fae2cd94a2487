/**
 * For testing only. Rule 1 of section 2, rule by rule: every reason to refuse a raw request target. The
 * answer lists all rules that are broken, because which of them is named first is not part of the
 * meaning. An empty list means that the path is accepted.
 */
import { byteOf, bytesOf, canonical, characters } from './characters.ts'
import { isWellFormedUtf8 } from './utf8.ts'

export interface PathOptions {
  readonly encodedSlash: 'refuse' | 'data' | 'opaque'
  readonly delimiters: 'refuse' | 'data'
}

export const LONGEST_PATH = 8192

/** What is before the first `?`. */
export function withoutQuery(target: string): string {
  const end = target.indexOf('?')
  return end === -1 ? target : target.slice(0, end)
}

/** The names of all rules that the target breaks. */
export function refusalsOf(
  target: string,
  options: PathOptions,
  longest: number = LONGEST_PATH,
): Set<string> {
  const path = withoutQuery(target)
  const broken = new Set<string>()

  if (path === '') broken.add('empty-target')
  if (path === '*') broken.add('asterisk-form')
  const [scheme = '', ...behind] = path.split(':')
  const isScheme = behind.length > 0 && /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)
  const isHttp = ['http', 'https'].includes(scheme.toLowerCase())
  if (isScheme && (isHttp || behind[0]?.startsWith('/') === true)) broken.add('absolute-form')
  if (!path.startsWith('/') && /^[^/]*:\d+$/.test(path)) broken.add('authority-form')
  if (path.length > longest) broken.add('too-long')

  for (const character of characters(path)) {
    const byte = byteOf(character)
    const rule = byte === undefined ? rawCharacter(character, options) : escaped(byte, options)
    if (rule !== undefined) broken.add(rule)
  }

  // Judged on the canonical text: `%25%32%46` and `%252F` are two spellings of one path.
  if (/%25(?:[0-9A-Fa-f]{2}|[uU])/.test(canonical(path))) broken.add('double-encoding')
  if (!isWellFormedUtf8(bytesOf(path))) broken.add('invalid-utf8')

  const segments = segmentsOf(path, options)
  if (segments.slice(0, -1).includes('')) broken.add('empty-segment')
  if (segments.some((segment) => isDotSegment(segment, options))) broken.add('dot-segment')
  return broken
}

function rawCharacter(character: string, options: PathOptions): string | undefined {
  const unit = character.charCodeAt(0)
  if (character === '\\') return 'backslash'
  if (character === ';') return options.delimiters === 'refuse' ? 'semicolon' : undefined
  if (character === '#') return 'fragment'
  if (character === ' ') return 'space'
  if (character === '%') return 'malformed-escape'
  if (unit < 0x20 || unit === 0x7f) return 'control-character'
  if (unit > 0x7f) return 'non-ascii'
  return undefined
}

function escaped(byte: number, options: PathOptions): string | undefined {
  const character = String.fromCharCode(byte)
  if (character === '/') return options.encodedSlash === 'refuse' ? 'encoded-slash' : undefined
  if (character === '\\') return 'encoded-backslash'
  if (';?#'.includes(character)) return options.delimiters === 'refuse' ? 'encoded-delimiter' : undefined
  if (byte < 0x20 || byte === 0x7f) return 'encoded-control'
  return undefined
}

/** Segments after the one optional leading slash; an encoded slash separates as well where it is data. */
export function segmentsOf(path: string, options: PathOptions): string[] {
  const relative = path.startsWith('/') ? path.slice(1) : path
  return (options.encodedSlash === 'data' ? relative.replace(/%2f/gi, '/') : relative).split('/')
}

/** `.` or `..` in any spelling; where delimiters are data, also what is before the first of them. */
export function isDotSegment(segment: string, options: PathOptions): boolean {
  const name = options.delimiters === 'data' ? segment.split(/;|%3b|%3f|%23/i)[0] : segment
  const decoded = name?.replace(/%2e/gi, '.')
  return decoded === '.' || decoded === '..'
}
