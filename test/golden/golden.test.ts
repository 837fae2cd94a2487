/**
 * One pair of files per situation: a document and the page that `lint` prints for it. `UPDATE_GOLDEN=1`
 * rewrites the pages; what they must say is in `expectations.ts` and is never rewritten.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../src/language/codes.ts'
import { parsePolicy } from '../../src/index.ts'
import type { Diagnostic, Fix } from '../../src/index.ts'
import { byPlace } from '../../src/report/findings/report.ts'
import { runCli } from '../cli/run-cli.ts'
import { EXPECTATIONS } from './expectations.ts'

const FOLDER = import.meta.dirname
const NAMES = readdirSync(FOLDER)
const DOCUMENTS = NAMES.filter((name) => /\.(?:yaml|json|bin)$/.test(name))
const PAGES = NAMES.filter((name) => name.endsWith('.txt'))

/** Codes that no file can cause. */
const NOT_IN_FILES: ReadonlySet<string> = new Set([
  // The command line always gives bytes to the loader.
  'not-a-document',
])

function pageOf(document: string): string {
  return document.replace(/\.[a-z]+$/, '.txt')
}

function findings(document: string): { text: string; diagnostics: Diagnostic[] } {
  const bytes = readFileSync(join(FOLDER, document))
  const { diagnostics } = parsePolicy(bytes)
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), diagnostics: [...diagnostics].sort(byPlace) }
}

function applied(text: string, fix: Fix): string {
  const backwards = [...fix.edits].sort((a, b) => b.span.start - a.span.start)
  return backwards.reduce((left, { span, text }) => left.slice(0, span.start) + text + left.slice(span.end), text)
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('has the expected findings, each underlining exactly what it is about', () => {
    const { text, diagnostics } = findings(document)
    const expected = EXPECTATIONS[document] ?? []
    const actual = diagnostics.map(({ code, span }, at) => {
      return [code, expected[at]?.[1] === null ? null : text.slice(span.start, span.end)]
    })
    expect(actual).toEqual(expected)
  })

  test('is reported as its page says', async () => {
    const { code, stdout, stderr } = await runCli(['lint', document], { cwd: FOLDER })
    const page = join(FOLDER, pageOf(document))
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, stdout)
    expect(stderr).toBe('')
    expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(stdout)
    expect(code).toBe(/^\S+:\d+:\d+: error: /m.test(stdout) ? 1 : 0)
  })

  test('has fixes of which each removes its finding and adds none', () => {
    const { text, diagnostics } = findings(document)
    for (const found of diagnostics) {
      if (found.fix === undefined) continue
      const left = parsePolicy(applied(text, found.fix)).diagnostics.map(({ code }) => code)
      const others = diagnostics.filter((other) => other !== found).map(({ code }) => code)
      expect(left.sort()).toEqual(others.sort())
    }
  })

  test('has messages in one grammar, and a place inside the text', () => {
    const { text, diagnostics } = findings(document)
    for (const { message, help, severity, span, range } of diagnostics) {
      for (const sentence of [message, help ?? 'absent']) {
        expect(sentence).toMatch(/^[^A-Z\s]/u)
        expect(sentence).not.toMatch(/[.\s]$|[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u)
      }
      expect(['error', 'warning', 'info']).toContain(severity)
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.end).toBeGreaterThanOrEqual(span.start)
      expect(span.end).toBeLessThanOrEqual(text.length)
      expect(range.start.line).toBeGreaterThanOrEqual(1)
      expect(range.start.column).toBeGreaterThanOrEqual(1)
    }
  })
})

describe('the collection', () => {
  test('has one expectation and one page for each document, and no others', () => {
    expect(Object.keys(EXPECTATIONS).sort()).toEqual([...DOCUMENTS].sort())
    expect([...PAGES].sort()).toEqual(DOCUMENTS.map(pageOf).sort())
  })

  test('shows every code of the catalogue', () => {
    const pages = PAGES.map((name) => readFileSync(join(FOLDER, name), 'utf8')).join('\n')
    const missing = Object.keys(CATALOGUE).filter((code) => !NOT_IN_FILES.has(code) && !pages.includes(`[${code}]`))
    expect(missing).toEqual([])
  })

  test('holds no control or bidirectional character in any page, and no line over 200 columns of source', () => {
    for (const name of PAGES) {
      const page = readFileSync(join(FOLDER, name), 'utf8')
      expect(page, name).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/u)
      for (const line of page.split('\n')) if (/^[> ] +\d* \|/.test(line)) expect(line.length).toBeLessThan(200)
    }
  })
})
