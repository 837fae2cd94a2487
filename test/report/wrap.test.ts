/** Sentences in the width of a terminal: no line is wider, and no character is lost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitHelp } from '../../src/cli/help-text.ts'
import { lint } from '../../src/lint/index.ts'
import { createColors } from '../../src/report/colors.ts'
import { toCells } from '../../src/report/findings/cells.ts'
import { pretty } from '../../src/report/findings/pretty.ts'
import { wrap } from '../../src/report/findings/wrap.ts'

const widthOf = (line: string): number => toCells(line).columns.at(-1) ?? 0

test('words fill lines, and a longer one has a line of its own', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('one two three', 20, 7)).toEqual(['one', 'two three'])
  expect(wrap('one two', 20, 2)).toEqual(['', 'one two'])
  expect(wrap('a-long-word b', 4)).toEqual(['a-long-word', 'b'])
  expect(wrap('書書 書書 a', 9)).toEqual(['書書 書書', 'a'])
  expect(wrap('`a  b` c', 40)).toEqual(['`a  b` c'])
})

test('every word stays, in order, and only a single word is wider than a line', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '書', '`'), minLength: 1, maxLength: 12 })
  const words = fc.array(word, { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 30 }),
      (given, width, first) => {
        const lines = wrap(given.join(' '), width, first)
        expect(lines.filter((line) => line !== '').join(' ')).toBe(given.join(' '))
        for (const [at, line] of lines.entries()) {
          const room = at === 0 && first !== width ? first - 1 : width
          if (line.includes(' ')) expect(widthOf(line)).toBeLessThanOrEqual(room)
        }
      },
    ),
  )
})

const text = `"profile":
  label: Access your profile information
  endpoints:
    - { path: /a, methods: [GET] }
    - "users/{id}/of/a/path/that/is/longer/than/the/terminal/is/wide/{name}": GET
"書書書書書書":
  label: x
  endpoints: []
`

test.each([20, 60, 80, 200])('findings fit a terminal of %d columns, in colors as without', (columns) => {
  const file = { path: 'policies/scopes.yaml', text, diagnostics: lint(text) }
  const plain = pretty([file], { colors: createColors(false), columns })
  const colored = pretty([file], { colors: createColors(true), columns })
  expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(plain)
  for (const line of plain.split('\n')) {
    // The place is one word, and a terminal is seldom narrower than the words of a message.
    if (columns >= 40) expect(widthOf(line), line).toBeLessThanOrEqual(columns)
  }
  expect(plain).toMatch(/^policies\/scopes\.yaml:4:7: error:/)
  const asInFile = pretty([file], { colors: createColors(false) })
  expect(asInFile).not.toContain('error:  ')
  expect(plain.replace(/\n +(?=[^ >|=\d])/g, ' ')).toContain('without `path:` and `methods:` [endpoint-keys]')
})

test('prose and tables of help fit, and commands stay in one line', () => {
  const command = `  scope-policy lint ${'a'.repeat(50)}`
  const help = `Usage: x\n\nPaths are what is given to the command, and more.\nSecond line.\n\n  name    a long text\n          about the name\n${command}\n`
  expect(fitHelp(help, 30)).toBe(
    `Usage: x\n\nPaths are what is given to the\ncommand, and more. Second\nline.\n\n  name    a long text about\n          the name\n${command}\n`,
  )
  const fits = help.replace(command, '')
  expect(fitHelp(fits, 80)).toBe(fits)
})
