/** Whatever documents and file names hold, a report says the same findings, and nothing else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compact } from '../../src/report/findings/compact.ts'
import { FORMATS } from '../../src/report/findings/formats.ts'
import { github } from '../../src/report/findings/github.ts'
import { gitlab } from '../../src/report/findings/gitlab.ts'
import { json } from '../../src/report/findings/json.ts'
import { junit } from '../../src/report/findings/junit.ts'
import { pretty } from '../../src/report/findings/pretty.ts'
import type { FileReport } from '../../src/report/findings/report.ts'
import { sanitize } from '../../src/report/safe.ts'
import { sarif } from '../../src/report/findings/sarif.ts'
import { runs } from '../arbitrary/settings.ts'
import { hostileReports } from './hostile.ts'
import { readRunnerLine } from './readers/github-runner.ts'
import { readXml } from './readers/xml.ts'
import type { Element } from './readers/xml.ts'
import { SETTINGS } from './situations.ts'

/** Every finding of the files, one after the other. */
function findings<T>(
  files: readonly FileReport[],
  view: (found: FileReport['diagnostics'][number], path: string) => T,
): T[] {
  return files.flatMap(({ path, diagnostics }) => diagnostics.map((found) => view(found, path)))
}

/** A name where the colon before a digit would be taken for that of the line. */
function shownPath(path: string): string {
  const shown = sanitize(path)
  return (/^\s*[:#]/.test(shown) ? `./${shown}` : shown).replace(/:(?=\d)/g, '\\u{3A}')
}

function forAll(check: (files: readonly FileReport[]) => void): void {
  fc.assert(fc.property(hostileReports, check), runs(300))
}

const unpaired = /\p{Cs}/gu

describe.each([...FORMATS])('%s', (name, format) => {
  test('has no control, invisible or unpaired character', () => {
    forAll((files) => {
      expect(format(files, SETTINGS).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
      )
    })
  })

  test('has no command to a build server beside its own', () => {
    forAll((files) => {
      const text = format(files, SETTINGS)
      expect(text).not.toMatch(/##\w*\[/)
      const commands = text.split('\n').flatMap((line) => readRunnerLine(line) ?? [])
      expect(commands).toHaveLength(name === 'github' ? findings(files, () => 0).length : 0)
    })
  })
})

test('compact says the same findings', () => {
  forAll((files) => {
    const read = compact(files)
      .split('\n')
      .slice(0, -1)
      .map((line) => /^(.*?):(\d+):(\d+): (error|warning|info): (.*) \[([^\]]*)\]$/u.exec(line)?.slice(1))
    expect(read).toEqual(
      findings(files, ({ code, severity, message, range: { start } }, path) => {
        return [shownPath(path), String(start.line), String(start.column), severity, sanitize(message), code]
      }),
    )
  })
})

test('pretty says the same findings', () => {
  forAll((hostile) => {
    // A name that begins like a line of an excerpt would only confuse this reader.
    const files = hostile.map((file) => ({ ...file, path: `f${file.path}` }))
    const heads = pretty(files, SETTINGS)
      .split('\n')
      .slice(0, -2)
      .filter((line) => /^[^\s>]/.test(line))
    expect(heads).toEqual(compact(files).split('\n').slice(0, -1))
  })
})

test('json says the same findings, unit by unit', () => {
  forAll((files) => {
    const read = JSON.parse(json(files)) as { files: FileReport[] }
    expect(read.files).toEqual(files.map(({ path, diagnostics }) => ({ path, diagnostics })))
  })
})

test('github says the same findings', () => {
  forAll((files) => {
    const read = github(files, SETTINGS)
      .split('\n')
      .slice(0, -1)
      .map((line) => readRunnerLine(line))
    expect(read).toEqual(
      findings(files, ({ code, severity, message, help, related = [], range }, path) => {
        const { start, end } = range
        const file = sanitize(path)
        const oneLine = start.line === end.line
        return {
          name: { error: 'error', warning: 'warning', info: 'notice' }[severity],
          properties: {
            file: /^[\s=]/.test(file) ? `./${file}` : file,
            line: String(start.line),
            endLine: String(end.column === 1 && !oneLine ? end.line - 1 : end.line),
            ...(oneLine && { col: String(start.column), endColumn: String(end.column) }),
            title: `scope-policy (${code})`,
          },
          data: [
            sanitize(message),
            ...(help === undefined ? [] : [`help: ${sanitize(help)}`]),
            ...related.map((other) => {
              const { line, column } = other.range.start
              return `see: ${shownPath(path)}:${line}:${column}: ${sanitize(other.message)}`
            }),
          ].join('\n'),
        }
      }),
    )
  })
})

test('gitlab says the same findings, each under a name of its own', () => {
  forAll((files) => {
    const read = JSON.parse(gitlab(files, SETTINGS)) as Record<string, unknown>[]
    expect(new Set(read.map(({ fingerprint }) => fingerprint)).size).toBe(read.length)
    expect(read).toEqual(
      findings(files, ({ code, severity, message, range: { start, end } }, path) => ({
        description: sanitize(message),
        check_name: code,
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}:\d+$/) as string,
        severity: { error: 'major', warning: 'minor', info: 'info' }[severity],
        location: {
          path: path.replace(unpaired, '\ufffd'),
          lines: {
            begin: start.line,
            end: end.column === 1 && end.line > start.line ? end.line - 1 : end.line,
          },
        },
      })),
    )
  })
})

test('junit says the same findings in well-formed XML', () => {
  forAll((files) => {
    const root = readXml(junit(files))
    const cases = (suite: Element): readonly unknown[] =>
      suite.children.map(({ name, attributes, children: [inside] }) => [
        name,
        attributes,
        inside?.name,
        inside?.attributes,
      ])
    expect(root.attributes).toMatchObject({ tests: String(root.children.flatMap(cases).length) })
    expect(root.children.map((suite) => [suite.attributes['name'], cases(suite)])).toEqual(
      files.map(({ path, diagnostics }) => {
        const classname = sanitize(path)
        const clean = [['testcase', { name: 'no findings', classname }, undefined, undefined]]
        const found = diagnostics.map(({ code, severity, message, range: { start } }) => [
          'testcase',
          { name: `${code} at ${start.line}:${start.column}`, classname },
          severity === 'info' ? 'system-out' : 'failure',
          severity === 'info' ? {} : { type: severity, message: sanitize(message) },
        ])
        return [classname, diagnostics.length === 0 ? clean : found]
      }),
    )
    const texts = root.children.flatMap(({ children }) =>
      children.flatMap((test) => test.children.map(({ text }) => text)),
    )
    expect(texts.map((text) => text.split('\n')[0])).toEqual(compact(files).split('\n').slice(0, -1))
  })
})

interface SarifResult {
  readonly ruleId: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly { physicalLocation: { artifactLocation: { uri: string }; region: unknown } }[]
  readonly fixes?: readonly { artifactChanges: { replacements: { insertedContent: { text: string } }[] }[] }[]
}

/** The message that a viewer shows, which finds neither placeholders nor links. */
function sarifText({ text }: { text: string }): string {
  expect(text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/)
  expect(text).not.toContain('](')
  return text.replaceAll('{{', '{').replaceAll('}}', '}')
}

function pathOf(uri: string): string {
  expect(uri).toMatch(/^[A-Za-z0-9\-._~!$&'()*+,;=:@/%]+$/)
  return decodeURIComponent(uri.replace(/^file:\/\//, ''))
}

test('sarif says the same findings', () => {
  forAll((files) => {
    const { runs: parts } = JSON.parse(sarif(files, SETTINGS)) as { runs: { results: SarifResult[] }[] }
    const read = parts.flatMap(({ results }) => results)
    const places = read.map(({ ruleId, level, message, locations, fixes }) => {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {}
      const inserted = fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text
      return {
        ruleId,
        level,
        message: sarifText(message),
        path: pathOf(artifactLocation?.uri ?? ''),
        region,
        inserted,
      }
    })
    expect(places).toEqual(
      findings(files, ({ code, severity, message, help, range: { start, end }, fix }, path) => {
        return {
          ruleId: code,
          level: severity === 'info' ? 'note' : severity,
          message: [message, ...(help === undefined ? [] : [help])]
            .map(sanitize)
            .join('\n')
            .replaceAll('](', '] ('),
          path: path.replace(unpaired, '\ufffd'),
          region: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          },
          inserted: fix?.edits[0]?.text.replace(unpaired, '\ufffd'),
        }
      }),
    )
  })
})
