/**
 * Patterns, rich in stars and in what may go wrong beside one: hex digits (a star must not split an
 * escape), dots, slashes at either end, escapes in every spelling, characters that no accepted path has.
 */
import fc from 'fast-check'
import { BOUNDS } from './settings.ts'

const STRUCTURE = ['*', '*', '*', '/', '/', '/', '.']
const WORDS = [
  'a',
  'b',
  'A',
  'ab',
  'me',
  'workers',
  'records',
  '.json',
  '.xml',
  '-',
  '~',
  '(x=1)',
  '{id}',
  ':id',
  '+',
  '$',
]
const HEX = ['0', '2', '5', 'F', 'e', 'C3', 'A9', '20', '25']
const ESCAPES = ['%20', '%C3%A9', '%c3%a9', '%61', '%7e', '%2E', '%2A', '%25', '%22', '%f0%9f%98%80']
const UNREACHABLE = [
  '//',
  '..',
  '?',
  '#',
  ';',
  '\\',
  ' ',
  'é',
  '%',
  '%2F',
  '%2f',
  '%3B',
  '%C3',
  '%A9',
  '%00',
  '%zz',
  '%2541',
]

/** A pattern for `wildcard: any`. */
export const anyPattern: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(...STRUCTURE) },
      { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
      { weight: 3, arbitrary: fc.constantFrom(...HEX) },
      { weight: 2, arbitrary: fc.constantFrom(...ESCAPES) },
      { weight: 1, arbitrary: fc.constantFrom(...UNREACHABLE) },
    ),
    { minLength: 1, maxLength: BOUNDS.patternPieces },
  )
  .map((pieces) => pieces.join(''))

const SEGMENT_STRUCTURE = ['*', '*', '**', '/', '/', '/', '/**', '**/', '/**/', '?', '.']
const CLASSES = [
  '[ab]',
  '[a-c]',
  '[!a]',
  '[^b]',
  '[[:alpha:]]',
  '{a,b}',
  '{a,b/c}',
  '{me,*.json}',
  '{a,{b,ab}}',
  '{1..3}',
  '{a..c}',
]
const SEGMENT_LITERALS = [
  'a',
  'b',
  'ab',
  'A',
  'me',
  '.json',
  '2',
  '5',
  '%20',
  '%C3%A9',
  '%c3%a9',
  '%61',
  '!',
  '-',
  '+',
  '@',
  '^',
  '$',
  '~',
]
/** What picomatch reads in ways of its own, or not at all; the core may refuse such a pattern. */
const SEGMENT_ODDITIES = [
  '[',
  ']',
  '{',
  '}',
  ',',
  '+(a)',
  '@(a|b)',
  '!(a)',
  './',
  '"a"',
  '\\*',
  '\\',
  '(a|b)',
  '|',
  '[z-a]',
  '(',
  ')',
  '(?!a)',
  '(?=a)',
  '{2}',
  '(a)+',
]

function segmentPieces(oddities: number): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        { weight: 10, arbitrary: fc.constantFrom(...SEGMENT_STRUCTURE) },
        { weight: 8, arbitrary: fc.constantFrom(...SEGMENT_LITERALS) },
        { weight: 4, arbitrary: fc.constantFrom(...CLASSES) },
        { weight: oddities, arbitrary: fc.constantFrom(...SEGMENT_ODDITIES) },
      ),
      { minLength: 1, maxLength: BOUNDS.patternPieces },
    )
    .map((pieces) => pieces.join(''))
}

/** A pattern for `wildcard: segment`, in the syntax that everybody knows. */
export const segmentPattern: fc.Arbitrary<string> = segmentPieces(0)

/** The same with whatever else picomatch may make of a character. */
export const oddSegmentPattern: fc.Arbitrary<string> = segmentPieces(4)
