/** Which parts of the pattern language a pattern uses, read off its text and not off how it was made. */

type Test = (pattern: string) => boolean

const EVERYWHERE: readonly (readonly [name: string, test: Test])[] = [
  ['literal only', (text) => !/[*?[\]{}]/.test(text)],
  ['leading slash', (text) => text.startsWith('/')],
  ['trailing slash', (text) => text.length > 1 && text.endsWith('/')],
  ['root', (text) => text === '/'],
  ['escape kept', (text) => /%(?:20|22|25|C3|c3|f0)/.test(text)],
  ['escape decoded', (text) => /%(?:61|7e|2E)/.test(text)],
  ['capital letter', (text) => /[A-Z]/.test(text.replace(/%../g, ''))],
  ['extension', (text) => /\.(?:json|xml|zip|a|b|gz)$/.test(text)],
  ['segment that begins with a dot', (text) => /(?:^|\/)\.[a-z]/.test(text)],
]

const ANY: readonly (readonly [name: string, test: Test])[] = [
  ['no star', (text) => !text.includes('*')],
  ['one star', (text) => count(text) === 1],
  ['two stars', (text) => count(text) === 2],
  ['three or more stars', (text) => count(text) > 2],
  ['only a star', (text) => text === '*'],
  ['stars side by side', (text) => text.includes('**')],
  ['star at the front', (text) => text.startsWith('*')],
  ['star at the end', (text) => text.endsWith('*')],
  ['star inside a segment', (text) => /[^/*]\*[^/*]/.test(text)],
  ['brackets and braces as text', (text) => /[[{]/.test(text)],
]

const SEGMENT: readonly (readonly [name: string, test: Test])[] = [
  ['*', (text) => /(?:^|[^*])\*(?:[^*]|$)/.test(text)],
  ['**', (text) => /(?:^|\/)\*\*(?:\/|$)/.test(text)],
  ['** beside other text', (text) => /[^*/]\*\*|\*\*[^*/]/.test(text)],
  ['?', (text) => text.includes('?')],
  ['class', (text) => /\[[^\]!^[]/.test(text)],
  ['negated class', (text) => /\[[!^]/.test(text)],
  ['POSIX class', (text) => text.includes('[[:')],
  ['braces', (text) => /\{[^{}]*,[^{}]*\}/.test(text)],
  ['nested braces', (text) => /\{[^{}]*\{/.test(text)],
  ['range in braces', (text) => text.includes('..')],
]

function count(text: string): number {
  return text.split('*').length - 1
}

export function featuresOfPattern(pattern: string, wildcard: 'any' | 'segment'): string[] {
  const own = wildcard === 'any' ? ANY : SEGMENT
  return [
    ...EVERYWHERE.filter(([, test]) => test(pattern)).map(([name]) => `pattern: ${name}`),
    ...own.filter(([, test]) => test(pattern)).map(([name]) => `${wildcard}: ${name}`),
  ]
}

export const PATTERN_FEATURES: readonly string[] = [
  ...EVERYWHERE.map(([name]) => `pattern: ${name}`),
  ...ANY.map(([name]) => `any: ${name}`),
  ...SEGMENT.map(([name]) => `segment: ${name}`),
]
