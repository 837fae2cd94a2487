/** The code blocks of the documentation, and what the words after the language of a block say about it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const DOCS: string = fileURLToPath(new URL('../../docs/', import.meta.url))

/** Pages with their own test. */
const OWN_TESTS = new Set(['guide.md', 'reference/cli.md', 'reference/rules.md'])

/**
 * Words that a block may have:
 *
 * - `file=NAME`: it is that file, in the folder of the page.
 * - `run`: the commands are executed, in the order of the page. `background`: the same, and it goes on running.
 * - `serves`, `serves=fetch`, `serves=route`, `serves=authorizer`: it is started, and gets four requests.
 * - `output`: what the script before it prints.
 * - `serve-config`, `lint-config`, `request-table`, `openapi`: YAML that is not a policy; `other` is of another program.
 * - `part`: lines of a policy or configuration, not a whole one.
 * - `not-run`: it needs what a test does not have. It is checked, and not executed.
 */
const WORDS = new Set([
  ...['run', 'background', 'serves', 'serves=fetch', 'serves=route', 'serves=authorizer', 'output'],
  ...['serve-config', 'lint-config', 'request-table', 'openapi', 'other', 'part', 'not-run'],
])

export interface Block {
  readonly language: string
  readonly words: ReadonlySet<string>
  readonly file: string | undefined
  readonly text: string
  /** Of its first line, from 1. */
  readonly line: number
}

export interface DocumentationPage {
  /** From `docs/`. */
  readonly name: string
  readonly source: string
  readonly blocks: readonly Block[]
}

export function documentationPages(): readonly DocumentationPage[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !OWN_TESTS.has(name))
    .sort()
    .map((name) => {
      const source = readFileSync(join(DOCS, name), 'utf8')
      return { name, source, blocks: blocksOf(name, source) }
    })
}

function blocksOf(name: string, source: string): readonly Block[] {
  return [...source.matchAll(/^```(\w*)([^\n]*)\n(.*?)^```$/gms)].map((match) => {
    const [, language = '', info = '', text = ''] = match
    const line = source.slice(0, match.index).split('\n').length
    const words = info
      .trim()
      .split(' ')
      .filter((word) => word !== '')
    const file = words.find((word) => word.startsWith('file='))?.slice(5)
    for (const word of words)
      if (!WORDS.has(word) && !word.startsWith('file='))
        throw new Error(`docs/${name}:${line}: unknown word ${word}`)
    return { language, words: new Set(words), file, text, line }
  })
}
