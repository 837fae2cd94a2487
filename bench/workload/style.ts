/**
 * Styles of traffic: what the options and the path rules cost, priced one by one. All comparisons with
 * peers use `plain`; the others are measured for ours alone, because peers know nothing of them.
 */
import type { PlainOptions } from '../../test/reference/document.ts'
import type { Random } from './random.ts'

export interface Style {
  readonly name: string
  readonly about: string
  /** What the document says in `$options`; null for no such key. */
  readonly options: PlainOptions | null
  /** From the path of a request to its request target. */
  readonly target: (path: string, random: Random) => string
}

export const PLAIN: Style = {
  name: 'plain',
  about: 'default options, origin-form targets without query',
  options: null,
  target: (path) => path,
}

export const STYLES: readonly Style[] = [
  {
    name: 'nocase',
    about: 'caseSensitive: false',
    options: { caseSensitive: false },
    target: (path) => path,
  },
  {
    name: 'cerb',
    about: 'preset: cerb; under /rest, every third target ends in .json',
    options: { preset: 'cerb' },
    target: (path, random) => `/rest${path}${random.chance(1 / 3) ? '.json' : ''}`,
  },
  {
    name: 'query',
    about: 'every target has a query of about 30 characters',
    options: null,
    target: (path, random) => `${path}?page=${random.below(90)}&sort=created_at&limit=50`,
  },
  {
    name: 'escaped',
    about: 'every target has two percent-escapes, one of them of an unreserved character',
    options: null,
    target: (path, random) => `${path}%20${String(random.below(90))}%2D1`,
  },
]
