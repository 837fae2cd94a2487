/**
 * Findings as test results, for build servers that show nothing else: a suite for each file, in it a case
 * for each finding. Errors and warnings are failures; an info is a case that passes and says something, and
 * a file without findings is a case that passes. Where a source was checked item by item, each item is a case.
 *
 * There is no standard; the members are those that Jenkins and GitLab read. Text is made visible before it
 * is escaped, so that it has no character that XML 1.0 §2.2 excludes.
 */
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { headLine, noteLines } from './lines.ts'
import type { Case, FileReport } from './report.ts'
import { sanitize } from '../safe.ts'

export function junit(files: readonly FileReport[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="scope-policy" ${counts(files.flatMap(casesOf))}>`,
    ...files.flatMap(suite),
    '</testsuites>',
  ]
  return `${lines.join('\n')}\n`
}

function suite(file: FileReport): readonly string[] {
  const name = escaped(sanitize(file.path))
  const cases = casesOf(file)
  return [
    `  <testsuite name="${name}" ${counts(cases)}>`,
    ...cases.flatMap((one) => testcase(one, file.path, name)),
    '  </testsuite>',
  ]
}

/** What was checked item by item, then a case for each finding that belongs to no item. */
function casesOf({ diagnostics, cases = [] }: FileReport): readonly Case[] {
  const told = new Set(cases.flatMap((one) => one.diagnostics))
  const others = diagnostics.filter((found) => !told.has(found))
  if (cases.length + others.length === 0) return [{ name: 'no findings', diagnostics }]
  const nameOf = ({ code, range: { start } }: Diagnostic<string>): string =>
    `${code} at ${start.line}:${start.column}`
  return [...cases, ...others.map((found) => ({ name: nameOf(found), diagnostics: [found] }))]
}

function testcase({ name, diagnostics }: Case, path: string, file: string): readonly string[] {
  const head = `    <testcase name="${escaped(sanitize(name))}" classname="${file}"`
  if (diagnostics.length === 0) return [`${head}/>`]
  return [`${head}>`, ...diagnostics.map((found) => `      ${outcome(found, path)}`), '    </testcase>']
}

function outcome(found: Diagnostic<string>, path: string): string {
  const { severity, message } = found
  const text = escaped([headLine(found, path), ...noteLines(found, path)].join('\n'))
  return severity === 'info'
    ? `<system-out>${text}</system-out>`
    : `<failure type="${severity}" message="${escaped(sanitize(message))}">${text}</failure>`
}

/** The attributes that count cases. */
function counts(cases: readonly Case[]): string {
  const failures = cases.filter((one) => one.diagnostics.some(({ severity }) => severity !== 'info'))
  return `tests="${cases.length}" failures="${failures.length}" errors="0" skipped="0"`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** For attributes and between tags alike. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}
