/**
 * The words of the documentation: those that the house style avoids, and those that no dictionary has. What is between
 * backticks and in code blocks is not prose.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Each with what to write instead. */
const AVOIDED: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:as it stands|stands?|stood) (?:in|on|at|under|beside|behind|here|there|where|twice)\b/i,
    'is, appears',
  ],
  [/\bas it stands\b/i, 'verbatim'],
  [/(?<!\bthere )\bis no (?!longer|more|need|question|way)[a-z]+/i, 'is not a …; unknown …; invalid …'],
  [/\btells\b/i, 'reports, states'],
  [/\b(?:takes?|taken|taking) off\b/i, 'strips'],
  [/\bblanks?\b/i, 'space, whitespace'],
  [/\bcircles?\b/i, 'cycle'],
  [/\ba text\b|\btexts\b/i, 'a string, strings'],
  [/\bgives? up\b/i, 'bail out, abort'],
  [/\bnobody(?:'s business| has to know)\b/i, 'delete the sentence'],
  [/\bof (?:its|one's|their|your|our) own\b/i, 'separate, custom'],
  [/\b(?:hold|holds|held) \S+ (?:to|against)\b/i, 'check X against Y'],
  [/\bbrings? along\b/i, 'dependencies'],
  [/\bhears every\b/i, 'is called for every'],
  [/\bmistaken|\bunsaid\b/i, 'invalid, suppressed'],
  [
    /\b\w+(?:isation|ise[sd]?|ising)\b(?<!(?:otherwise|wise|rise|promise|exercise|precise|raise|noise|advise|revise|likewise|concise|comprise|enterprise|surprise|premise|disguise|franchise|expertise|arise)[sd]?)(?<!(?:raising|arising|rising|advising|revising))/i,
    'American spelling',
  ],
  [
    /\b(?:colour|behaviour|licence|favour|honour|centre|catalogue|cancelled|labelled|modelled|travelled|artefact|grey)\w*/i,
    'American spelling',
  ],
]

export interface ProseProblem {
  readonly line: number
  readonly message: string
}

interface Speller {
  correct(word: string): boolean
}

async function readDictionary(): Promise<Speller> {
  const require = createRequire(import.meta.url)
  const nspell = require('nspell') as (parts: {
    aff: Uint8Array
    dic: Uint8Array
  }) => Speller & { personal(text: string): void }
  const { default: files } = await import('dictionary-en')
  const made = nspell(files)
  made.personal(readFileSync(new URL('words.txt', import.meta.url), 'utf8'))
  return made
}

const dictionary = await readDictionary()

/** Of the text of a page in Markdown. */
export function proseProblems(markdown: string): readonly ProseProblem[] {
  return proseLines(markdown).flatMap(({ line, text }) => [
    ...AVOIDED.flatMap(([words, instead]) => {
      const [found] = words.exec(text) ?? []
      return found === undefined ? [] : [{ line, message: `“${found}”: write ${instead}` }]
    }),
    ...unknownWords(text).map((word) => ({ line, message: `unknown word “${word}”` })),
  ])
}

function unknownWords(text: string): readonly string[] {
  const words = text.match(/(?<![\p{L}\d_@#$/.-])\p{L}[\p{L}’']*\p{L}(?![\p{L}\d_/]|\.\p{L})/gu) ?? []
  return words
    .map((word) => word.replaceAll('’', "'").replace(/'s$/, ''))
    .filter((word) => !/\p{Ll}\p{Lu}|^\p{Lu}+s?$/u.test(word) && !dictionary.correct(word))
}

function proseLines(markdown: string): readonly { readonly line: number; readonly text: string }[] {
  let isCode = false
  return markdown.split('\n').flatMap((source, index) => {
    if (/^\s*```/.test(source)) isCode = !isCode
    if (isCode || /^\s*(?:```|<!--|\|[\s|:-]+$)/.test(source)) return []
    const text = source
      .replaceAll(/``.+?``|`[^`]*`/g, ' ')
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/https?:\S+|<[^>]+>/g, ' ')
    return text.trim() === '' ? [] : [{ line: index + 1, text }]
  })
}
