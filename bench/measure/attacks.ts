/**
 * Policies and paths that make backtracking matchers slow: by hand of an attacker, who chooses the path,
 * under patterns that somebody wrote in good faith. The last three end as the pattern asks, so that no
 * matcher gets away by looking at the end of the path.
 */
export interface Attack {
  readonly name: string
  readonly patterns: readonly string[]
  /** A path of about this many characters, without the leading slash. */
  readonly path: (length: number) => string
  readonly allowed: boolean
}

const ALPHABET = 'abcdefghijklmnopqrstuvwx'

function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** The attack that is plotted. */
export const PLOTTED = '*a*a*a*a*a*c*b, right end'

export const ATTACKS: readonly Attack[] = [
  {
    name: '*a*a*a*a*a*b',
    patterns: ['*a*a*a*a*a*b'],
    path: (length) => repeated('a', length),
    allowed: false,
  },
  {
    name: '24 patterns *x*x*!',
    patterns: Array.from(ALPHABET, (letter) => `*${letter}*${letter}*!`),
    path: (length) => repeated(ALPHABET, length),
    allowed: false,
  },
  {
    name: 'orgs/*/repos/*/issues',
    patterns: ['orgs/*/repos/*/issues'],
    path: (length) => `orgs/${repeated('repos/', length - 5).slice(0, -1)}s`,
    allowed: false,
  },
  {
    name: '*a*a*a*a*a*c*b, right end',
    patterns: ['*a*a*a*a*a*c*b'],
    path: (length) => `${repeated('a', length - 1)}b`,
    allowed: false,
  },
  {
    name: '24 patterns *x*x*z*!, right end',
    patterns: Array.from(ALPHABET, (letter) => `*${letter}*${letter}*z*!`),
    path: (length) => `${repeated(ALPHABET, length - 1)}!`,
    allowed: false,
  },
  {
    name: 'a run of 1,000 letters',
    patterns: [`*${repeated('a', 1000)}b*c`],
    path: (length) => `${repeated('a', length - 1)}c`,
    allowed: false,
  },
]
