/** For testing only. The policies of the small world: one scope for each pattern, under many options. */
import type { PlainDocument, PlainOptions } from '../reference/document.ts'

/** Over the letters of `pieces.ts`; a star at each place, slashes at each end, escapes and extensions. */
export const PATTERNS: readonly string[] = [
  '*',
  'a',
  'a/*',
  '*/b',
  'a/*/b',
  'a*b',
  '*/*',
  'a/',
  'a/*/',
  'a/b',
  '*e',
  'a.*',
  'b/a.a',
  'a%2Fb',
  '*%2Fb',
  'a;*',
  'a/*%3Bb',
  'a%2F*',
  '*%A9',
]

export function documentWith(options: PlainOptions, patterns: readonly string[] = PATTERNS): PlainDocument {
  return {
    $options: options,
    ...Object.fromEntries(
      patterns.map((pattern) => [
        `x${Buffer.from(pattern).toString('hex')}`,
        { label: pattern, endpoints: [{ [pattern]: 'GET' }] },
      ]),
    ),
  }
}

const CHOICES = {
  trailingSlash: [undefined, 'ignore'],
  extensions: [undefined, ['a']],
  basePath: [undefined, '/a'],
  caseSensitive: [undefined, false],
} as const satisfies { [Name in keyof PlainOptions]?: readonly PlainOptions[Name][] }

/** Every combination of the options that say how paths are read, those for data apart. */
export const OPTIONS: readonly PlainOptions[] = Object.entries(CHOICES).reduce<PlainOptions[]>(
  (sets, [name, values]) =>
    sets.flatMap((set) => values.map((value) => (value === undefined ? set : { ...set, [name]: value }))),
  [{}],
)
