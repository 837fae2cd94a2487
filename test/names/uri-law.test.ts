/**
 * The law of request paths, for URIs of resources: an accepted URI is read as the same one by RFC 3986 normalization,
 * by the WHATWG parser and after percent-decoding once. Exhaustive over small URIs made of dangerous pieces.
 */
import { describe, expect, test } from 'vitest'
import { readName } from '../../src/pattern/name.ts'

/** RFC 3986 §6.2.2 and §5.2.4, written down again, without anything of `src`. */
function normalized(uri: string): string {
  const [, scheme = '', authority, path = '', rest = ''] =
    /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/[^/?#]*)?([^?#]*)(.*)$/s.exec(uri) ?? []
  const escapes = (text: string): string =>
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => {
      const char = String.fromCharCode(Number.parseInt(hex, 16))
      return /[A-Za-z0-9\-._~]/.test(char) ? char : `%${hex.toUpperCase()}`
    })
  const segments: string[] = []
  const parts = escapes(path).split('/')
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (part === '.') {
      if (isLast) segments.push('')
    } else if (part === '..') {
      if (segments.length > 1 || (segments.length === 1 && segments[0] !== '')) segments.pop()
      if (isLast) segments.push('')
    } else segments.push(part)
  }
  return `${scheme.toLowerCase()}:${escapes((authority ?? '').toLowerCase())}${segments.join('/')}${escapes(rest)}`
}

const HEADS = [
  'repo://a',
  'file://',
  'file:',
  'http://h',
  'https://h:443',
  'http://h:80',
  'http://h:8080',
  'http://1',
  'http://0x7f.1',
  'http://127.0.0.1',
  'http://user@h',
  'http://H',
  'HTTP://h',
  'urn:',
  'x:/',
  'x://',
  'file://localhost',
  'ws://h:080',
  'mailto:',
  'repo://a:',
  'http://xn--a',
  'http://h.',
  'ftp://a_b',
  '//h',
  'x',
]
const PIECES = [
  '',
  '/',
  'a',
  '.',
  '..',
  '/../',
  '/./',
  '//',
  '%2e',
  '%2E%2e',
  '%2F',
  '%5C',
  '\\',
  '%41',
  '%20',
  ' ',
  ';',
  '..;',
  '%3f',
  '?',
  "?q='",
  '#',
  '%23',
  '%25',
  '%2541',
  '%C3%A9',
  '%C3',
  '%c3%a9',
  'é',
  '*',
  '[',
  '{',
  '|',
  '\t',
  '\n',
  ':',
  '@',
  'C:',
  '%00',
  '%zz',
  '\u3002',
  '\ufeff',
]

const uris = HEADS.flatMap((head) =>
  PIECES.flatMap((a) =>
    PIECES.flatMap((b) => [`${head}${a}${b}`, `${head}/${a}${b}`, `${head}/p/${a}/${b}`]),
  ),
)
const canonical = (uri: string): string => {
  const { path } = readName('resources/read', uri) as { readonly path?: string | null }
  return path ?? ''
}
const accepted = [...new Set(uris)].filter((uri) => readName('resources/read', uri).refusal === undefined)

describe('accepted URIs', () => {
  test('are some, and many are refused', () => {
    expect(accepted.length).toBeGreaterThan(1000)
    expect(accepted.length).toBeLessThan(uris.length / 2)
  })

  test('are their own normal form by RFC 3986', () => {
    expect(accepted.filter((uri) => canonical(normalized(uri)) !== canonical(uri))).toEqual([])
  })

  test('are read as they are by the WHATWG parser', () => {
    const changed = accepted.filter((uri) => {
      const read = URL.canParse(uri) ? new URL(uri).href : ''
      return canonical(read) !== canonical(uri)
    })
    expect(changed).toEqual([])
  })

  test('have no other structure after percent-decoding once', () => {
    const structure = (uri: string): string => uri.replace(/[^/\\?#;:@]/g, '')
    const changed = accepted.filter((uri) => {
      let decoded: string
      try {
        decoded = decodeURIComponent(uri)
      } catch {
        return true
      }
      const hidden = /(?:^|[/\\])\.\.?(?:[/\\;?#]|$)|%[0-9A-Fa-f]{2}|[\u0000-\u001f\u007f]/.test(
        decoded.split('?')[0] ?? '',
      )
      return structure(decoded) !== structure(uri) || hidden
    })
    expect(changed).toEqual([])
  })
})
