/** Policies and paths that are as bad as the language allows. */
import type { ParseOptions } from '../../src/index.ts'

export interface Workload {
  readonly name: string
  readonly why: string
  readonly endpoints: readonly string[]
  readonly options?: ParseOptions
  /** A path of about this length; most are near misses, which are read to their end. */
  readonly pathOf: (length: number) => string
}

const repeated = (unit: string, length: number, end = ''): string =>
  `/${unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 1 - end.length)}${end}`

const LETTERS = 'a b c d e f g h'.split(' ')

/**
 * Paths end as the patterns do, since what ends otherwise is denied after a look at the last two characters;
 * what makes them miss is in the middle.
 */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'literal',
    why: 'for comparison: the path is read to its end, for the query',
    endpoints: ['workers/me'],
    pathOf: (length) => repeated('workers/', length, '/me'),
  },
  {
    name: 'one star',
    why: 'for comparison: what a star stands for is looked at',
    endpoints: ['*'],
    pathOf: (length) => repeated('ab/', length, 'x'),
  },
  {
    name: 'escapes',
    why: 'each is read, and the path is written anew',
    endpoints: ['*x'],
    pathOf: (length) => `/${'%C3%A9'.repeat(Math.floor((length - 2) / 6))}x`,
  },
  {
    name: 'a thousand stars',
    why: 'a search that backtracks tries every place for every star',
    endpoints: [`${'*a'.repeat(1000)}*c*b`],
    pathOf: (length) => repeated('a', length, 'b'),
  },
  {
    name: 'a thousand stars, two letters',
    why: 'as before, with runs that begin to match everywhere',
    endpoints: [`${'*ab'.repeat(1000)}*c*b`],
    pathOf: (length) => repeated('aab', length, 'b'),
  },
  {
    name: 'a long run between stars',
    why: 'a naive search compares it anew at each place',
    endpoints: [`*${'a'.repeat(200)}b*c`],
    pathOf: (length) => repeated('a', length, 'c'),
  },
  {
    name: 'union of 64',
    why: 'the deterministic automaton of 64 patterns of three runs has some 4^64 states',
    endpoints: LETTERS.flatMap((a) => LETTERS.map((b) => `*${a}x${b}*${b}y${a}*${a}${b}z*!*.`)),
    pathOf: (length) => repeated('axbbyaabz', length, '.'),
  },
  {
    name: 'twenty segments of stars',
    why: 'segments multiply the ways to match',
    endpoints: [`${'*/'.repeat(20)}c*/x`],
    pathOf: (length) => repeated('a/', length - (length % 2), '/x'),
  },
  {
    name: 'segment: globstars',
    why: 'the same for the other dialect',
    endpoints: [`${'**/'.repeat(12)}c/x`],
    options: { wildcard: 'segment' },
    pathOf: (length) => repeated('a/', length - (length % 2), '/x'),
  },
  {
    name: 'segment: stars',
    why: 'the same in one segment',
    endpoints: [`${'*a'.repeat(40)}c*b`],
    options: { wildcard: 'segment' },
    pathOf: (length) => repeated('a', length, 'b'),
  },
  {
    name: 'segment: union of 64',
    why: 'the same for many patterns',
    endpoints: LETTERS.flatMap((a) => LETTERS.map((b) => `**/*${a}*${b}*${a}/**/{${a},${b}}x`)),
    options: { wildcard: 'segment' },
    pathOf: (length) => repeated('abab/', length, '/y'),
  },
]
