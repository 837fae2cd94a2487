/**
 * For testing only. What a pattern means: in `wildcard: any` the definition in `glob.ts` on characters,
 * in `wildcard: segment` picomatch itself on the canonical text. Slashes at the front: one is optional.
 */
import picomatch from 'picomatch'
import { bytesOf, canonical, characters, foldAscii } from './characters.ts'
import type { AllOptions } from './document.ts'
import { globMatches } from './glob.ts'
import { refusalsOf } from './request-path.ts'
import { isWellFormedUtf8 } from './utf8.ts'

export interface PlainPattern {
  /** Whether the pattern spells a slash at its end, which asks for the trailing slash. */
  readonly endsInSlash: boolean
  readonly matches: (testedPath: string) => boolean
}

export function readPattern(written: string, options: AllOptions): PlainPattern {
  const text = canonical(written.startsWith('/') ? written.slice(1) : written)
  if (text === '') return { endsInSlash: false, matches: (path) => path === '' }
  return {
    endsInSlash: text.endsWith('/'),
    matches: options.wildcard === 'any' ? anyPattern(text, options) : segmentPattern(text, options),
  }
}

function anyPattern(text: string, options: AllOptions): (path: string) => boolean {
  if (!isSpellable(text, options)) return () => false
  const read = (source: string): string[] =>
    options.caseSensitive ? characters(source) : characters(source).map(foldAscii)
  const pattern = read(text)
  return (path) => globMatches(pattern, read(path))
}

/**
 * Whether accepted paths can be spelled so at all: escapes well-formed and not refused, and each run
 * between stars valid UTF-8 on its own, so that no star can hold a part of a character.
 */
function isSpellable(text: string, options: AllOptions): boolean {
  const broken = refusalsOf(text, options)
  const escapes = [
    'malformed-escape',
    'encoded-slash',
    'encoded-backslash',
    'encoded-delimiter',
    'encoded-control',
  ]
  if (escapes.some((rule) => broken.has(rule))) return false
  return text.split('*').every((run) => isWellFormedUtf8(bytesOf(run)))
}

function segmentPattern(text: string, options: AllOptions): (path: string) => boolean {
  return picomatch(text, { dot: true, nonegate: true, noextglob: true, nocase: !options.caseSensitive })
}
