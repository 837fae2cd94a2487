/**
 * For testing only. The alphabet of the small world: two letters and what servers read in different ways.
 */
export const LETTERS: readonly string[] = ['a', 'b']

export const DANGEROUS: readonly string[] = [
  '/',
  '.',
  '..',
  '//',
  '%2e',
  '%2f',
  '%5c',
  '%3b',
  '%00',
  '%252e',
  '%C3%A9',
  'é',
  '\\',
  ';',
  '?',
  '#',
]

export const ALPHABET: readonly string[] = [...LETTERS, ...DANGEROUS]

/** Alphabets small enough for six pieces: the structure of paths, and what may hide in it. */
export const SMALL_ALPHABETS: readonly (readonly string[])[] = [
  ['a', 'b', '/', '.', '%2e', '%2f', '\\', ';'],
  ['a', 'b', '/', '..', '%252e', '%5c', '?', '#'],
  ['a', 'B', '/', '%2E', '%3b', '%00', '%C3%A9', 'é'],
]

/** What is an escape only after it was decoded, and characters that some readers take for white space. */
export const DECODED_LATER: readonly string[] = [
  'a',
  '/',
  '.',
  '%25u002e',
  '%25%75005c',
  '%25U002F',
  '%25u',
  '%E2%80%A8',
  '%E3%80%80',
]

/** More of what a naive reader lets through, for the models of old and odd servers. */
export const ODD: readonly string[] = [
  '%u002e',
  '%c0%ae',
  '\u012e',
  '\u012f',
  ' ',
  '\t',
  '\n',
  '%0a',
  '+',
  'B',
]

/** Every target of up to `longest` pieces, each with a slash in front. */
export function* targets(alphabet: readonly string[], longest: number, shortest = 0): Generator<string> {
  for (let length = shortest; length <= longest; length++) {
    const places = new Array<number>(length).fill(0)
    for (;;) {
      let text = '/'
      for (const place of places) text += alphabet[place] as string
      yield text
      let at = length - 1
      while (at >= 0 && places[at] === alphabet.length - 1) places[at--] = 0
      if (at < 0) break
      places[at] = (places[at] as number) + 1
    }
  }
}

/** Whether to take the hours that the whole small world needs. */
export const ALL: boolean = process.env['SCOPE_POLICY_UPSTREAM'] === 'all'
/** For `vitest`, in milliseconds. */
export const TIMEOUT: number = ALL ? 7_200_000 : 60_000
