/** The tables of the page are made of the models. `UPDATE_GOLDEN=1` writes them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { fooledBy } from './fooled.ts'
import { MODELS } from './models/all.ts'
import { ACT_ON_SEMICOLONS, DROP_A_DECODED_SLASH, NOT_COVERED } from './not-covered.ts'
import { REFUSALS } from './refusals.ts'

const FILE = fileURLToPath(new URL('README.md', import.meta.url))

/** As code; what cannot be seen is escaped. */
function code(text: string): string {
  const visible = text.replace(
    /[^\x21-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `\`${visible.replaceAll('|', '\\|')}\``
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `\n${lines.join('\n')}\n`
}

function tables(): Record<string, string> {
  const fooled = fooledBy(MODELS)
  return {
    models: table(
      ['model', 'product', 'what it does', 'a glob is fooled by', 'source', 'known from'],
      MODELS.map(({ id, product, does, source, evidence }) => {
        const { pattern = '', target = '', readAs = '' } = fooled.get(id) ?? {}
        const example = `${code(pattern)}: ${code(target)} is ${code(readAs)}`
        return [code(id), cell(product), cell(does), example, cell(source), evidence]
      }),
    ),
    data: table(
      ['option', 'servers for which the law does not hold'],
      [
        ['`encodedSlash: data`', DROP_A_DECODED_SLASH.map(code).join(', ')],
        ['`delimiters: data`', ACT_ON_SEMICOLONS.map(code).join(', ')],
      ],
    ),
    'not covered': table(
      ['model', 'product', 'what it does', 'example', 'what to do', 'source', 'known from'],
      NOT_COVERED.map(({ model, pattern, target, readAs, remedy }) => [
        code(model.id),
        cell(model.product),
        cell(model.does),
        `${code(pattern)}: ${code(target)} is ${code(readAs)}`,
        remedy,
        cell(model.source),
        model.evidence,
      ]),
    ),
    refusals: table(
      ['request target', 'refused as', 'why', 'accepted with'],
      REFUSALS.map(({ target, refusal, why, option, witness }) => [
        target.length > 100 ? 'over 8,192 characters' : code(target),
        code(refusal),
        witness === undefined ? why : `${why}: ${code(witness.readAs)} to ${code(witness.model)}`,
        option === undefined ? '' : `\`${option}\``,
      ]),
    ),
  }
}

test('the tables are those of the models', async () => {
  const page = readFileSync(FILE, 'utf8')
  const made = Object.entries(tables()).reduce(
    (text, [name, rows]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}${rows}\n${end}`,
      ),
    page,
  )
  const formatted = await format(made, { ...(await resolveConfig(FILE)), parser: 'markdown' })
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, formatted)
  expect(formatted).toBe(page)
})
