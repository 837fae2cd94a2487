/** For testing only. What products do to paths, one small step each; the models are made of these. */
import { bytesOf, characters, byteOf } from '../reference/characters.ts'
import { decode, withoutDotSegments } from '../reference/readings.ts'

export { decode }

/** Where the given characters stay escaped, as they were written. */
export function decodeBut(kept: string): (path: string) => string {
  return (path) => {
    let run = ''
    let read = ''
    for (const character of characters(path)) {
      const byte = byteOf(character)
      if (byte !== undefined && !kept.includes(String.fromCharCode(byte))) run += character
      else {
        read += decode(run) + character
        run = ''
      }
    }
    return read + decode(run)
  }
}

/** Only the given characters. */
export function decodeOnly(wanted: RegExp): (path: string) => string {
  return (path) =>
    path.replace(/%[0-9A-Fa-f]{2}/g, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      return wanted.test(character) ? character : escape
    })
}

/** RFC 3986 section 6.2.2.2. */
export const decodeUnreserved: (path: string) => string = decodeOnly(/[A-Za-z0-9._~-]/)

/** As decoders did that took UTF-8 in more bytes than needed. */
export function decodeOverlong(path: string): string {
  const bytes = bytesOf(path)
  let read = ''
  for (let at = 0; at < bytes.length; at++) {
    const [one = 0, two = 0, three = 0] = bytes.slice(at, at + 3)
    if (one >= 0xe0 && one < 0xf0 && two >> 6 === 2 && three >> 6 === 2) {
      read += String.fromCharCode(((one & 0x0f) << 12) | ((two & 0x3f) << 6) | (three & 0x3f))
      at += 2
    } else if (one >= 0xc0 && one < 0xe0 && two >> 6 === 2) {
      read += String.fromCharCode(((one & 0x1f) << 6) | (two & 0x3f))
      at += 1
    } else read += String.fromCharCode(one)
  }
  return read
}

/** RFC 3986 section 5.2.4; what would leave the root stays in it. */
export const removeDots: (path: string) => string = withoutDotSegments

/** The same, but what would leave the root is refused. */
export function removeDotsInside(path: string): string | null {
  let depth = 0
  for (const segment of path.split('/').slice(1)) {
    if (segment === '..') depth -= 1
    else if (segment !== '.') depth += 1
    if (depth < 0) return null
  }
  return removeDots(path)
}

/** Segments without empty ones and dots, as file servers join them; a slash at the end is lost. */
export function cleanSegments(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}`
}

/** The same, but with the slash at the end. */
export function cleanKeepingSlash(path: string): string {
  const clean = cleanSegments(path)
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean
}

export function mergeSlashes(path: string): string {
  return path.replace(/\/+/g, '/')
}

export function backslashAsSlash(path: string): string {
  return path.replaceAll('\\', '/')
}

/** From `;` to the end of its segment. */
export function stripParameters(path: string): string {
  return path.replace(/;[^/]*/g, '')
}

export function cutAt(...ends: readonly string[]): (path: string) => string {
  return (path) => ends.reduce((text, end) => text.split(end, 1)[0] ?? '', path)
}

/** One slash at the end, but never the root itself. */
export function dropSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** Every slash at the end. */
export function dropSlashes(path: string): string {
  return path.replace(/\/+$/, '') || '/'
}

/** ASCII letters in lower case. */
export function fold(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

export function refuseWhere(unwanted: RegExp): (path: string) => string | null {
  return (path) => (unwanted.test(path) ? null : path)
}

export const MALFORMED: RegExp = /%(?![0-9A-Fa-f]{2})/
