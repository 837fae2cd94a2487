/** Every row of the tables of SECURITY.md is executed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/index.ts'
import type { ParseOptions, Policy } from '../../src/index.ts'
import { ROOT } from '../package/built.ts'

const page = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')

interface Row {
  readonly input: string
  readonly answer: string
  readonly reason: string
  readonly option: string
}

/** The rows of the tables under a heading that have these columns. */
function rowsOf(beginning: string): readonly Row[] {
  const from = page.indexOf(beginning)
  const lines = page.slice(from).split('\n')
  const first = lines.findIndex((line) => /^\| Input +\| Answer +\| Reason +\| Option +\|$/.test(line))
  const end = lines.findIndex((line, at) => at > first && !line.startsWith('|'))
  return lines.slice(first + 2, end).map((line) => {
    const [input = '', answer = '', reason = '', option = ''] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
    return { input, answer, reason, option }
  })
}

/** The inputs of a cell: JSON strings, each in backticks. */
function inputsOf({ input }: Row): readonly string[] {
  const longer = /^more than ([\d,]+) characters$/.exec(input)
  if (longer !== null) return [`/${'a'.repeat(Number(longer[1]?.replace(',', '')))}`]
  return [...input.matchAll(/`("[^`]*")`/g)].map(([, text = '']) => JSON.parse(text) as string)
}

const word = (cell: string): string | undefined => /`([^`]+)`/.exec(cell)?.[1]

function everything(options: ParseOptions = {}): Policy {
  const { policy } = parsePolicy('s: {label: x, endpoints: ["*"]}', options)
  if (policy === null) throw new Error('refused')
  return policy
}

/** An option as it is written in the table, as an option in code. */
function optionsOf(cell: string): ParseOptions {
  if (cell === 'limits.pathLength') return { limits: { pathLength: 1_000_000 } }
  const [name = '', value = ''] = cell.split(': ')
  expect(['encodedSlash', 'delimiters']).toContain(name)
  return { [name]: value }
}

const requests = rowsOf('## What is refused')
const documents = rowsOf('\nDocuments:')

test('the tables are read', () => {
  expect(requests.length).toBeGreaterThan(20)
  expect(documents.length).toBeGreaterThan(10)
})

describe('requests', () => {
  test.each(requests)('$input: $answer', (row) => {
    const inputs = inputsOf(row)
    expect(inputs.length).toBeGreaterThan(0)
    const granted = row.answer.startsWith('granted')
    for (const input of inputs) {
      const { allowed, path, refusal } = everything().explain(['s'], 'GET', input)
      expect(allowed, input).toBe(granted)
      expect(everything().authorize(['s'], 'GET', input)).toBe(granted)
      if (granted) expect(path).toBe(word(row.answer))
      else expect(refusal, input).toBe(word(row.answer))
    }
  })

  test.each(requests.filter(({ option }) => word(option) !== undefined))('$input: with $option', (row) => {
    const options = optionsOf(word(row.option) ?? '')
    const still = /with the option still `([^`]+)`/.exec(row.reason)?.[1]
    for (const input of inputsOf(row)) {
      const { allowed, refusal } = everything(options).explain(['s'], 'GET', input)
      expect([allowed, refusal]).toEqual([still === undefined, still])
    }
  })

  test.each(requests.filter(({ option }) => option === 'none'))('$input: no option allows it', (row) => {
    const lenient: ParseOptions = {
      encodedSlash: 'data',
      delimiters: 'data',
      trailingSlash: 'ignore',
      caseSensitive: false,
    }
    for (const input of inputsOf(row)) {
      expect(everything(lenient).authorize(['s'], 'GET', input)).toBe(false)
      expect(everything({ ...lenient, wildcard: 'segment' }).authorize(['s'], 'GET', input)).toBe(false)
    }
  })
})

describe('documents', () => {
  test.each(documents)('$input: $answer', (row) => {
    const depth = /in (\d+) levels/.exec(row.input)?.[1]
    const limits = depth === undefined ? {} : { depth: Number(depth) }
    for (const input of inputsOf(row)) {
      const { policy, diagnostics } = parsePolicy(input, { limits })
      expect(policy).toBeNull()
      expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain(
        word(row.answer),
      )
    }
  })
})
