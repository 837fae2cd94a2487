/** Spelling and house style of everything that people read in Markdown; new words are added to words.txt. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DOCS, documentationPages } from './blocks.ts'
import { proseProblems } from './prose.ts'

const pages = [
  ...documentationPages().map(({ name }) => name),
  ...[
    'guide.md',
    '../README.md',
    '../CONTRIBUTING.md',
    '../SECURITY.md',
    '../test/README.md',
    '../editors/vscode/README.md',
  ],
]

test.each(pages)('%s', (name) => {
  const found = proseProblems(readFileSync(join(DOCS, name), 'utf8'))
  expect(found.map(({ line, message }) => `line ${line}: ${message}`)).toEqual([])
})

test('finds words that are misspelled or avoided, and passes over code', () => {
  const found = proseProblems('It recieves `recieves` a blank.\n```\nrecieves\n```\nThe colour of its own.\n')
  expect(found.map(({ line, message }) => [line, /“(.+)”/.exec(message)?.[1]])).toEqual([
    [1, 'blank'],
    [1, 'recieves'],
    [5, 'of its own'],
    [5, 'colour'],
    [5, 'colour'],
  ])
})
