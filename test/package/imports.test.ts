/**
 * The direction of imports: the folders of `src` are stages, and each may import only what precedes
 * it. A violation is printed with its file and line.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))

/** For each folder or file at the top of `src`: what it may import, and of what it may import types only. */
const ALLOWED: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  source: { values: [] },
  // Data only: every stage may read the words of the language.
  language: { values: [] },
  diagnostic: { values: ['source'] },
  pattern: { values: ['diagnostic', 'source'] },
  automaton: { values: ['pattern'] },
  yaml: { values: ['diagnostic', 'source'] },
  policy: { values: ['yaml', 'automaton', 'pattern', 'diagnostic', 'source'] },
  matcher: { values: ['automaton', 'policy', 'pattern'] },
  decision: { values: ['matcher', 'automaton', 'policy', 'pattern', 'diagnostic', 'source'] },
  compiled: {
    values: ['decision', 'matcher', 'automaton', 'policy', 'pattern'],
    types: ['diagnostic', 'source'],
  },
  'policy-error.ts': { values: [], types: ['diagnostic'] },
  'load.ts': {
    values: ['policy-error.ts', 'decision', 'policy', 'yaml', 'pattern', 'diagnostic', 'source'],
  },
  'index.ts': {
    values: ['load.ts', 'policy-error.ts'],
    types: ['decision', 'policy', 'yaml', 'pattern', 'diagnostic', 'source'],
  },
  analysis: { values: ['decision', 'automaton', 'policy', 'pattern'], types: ['diagnostic', 'source'] },
  lint: {
    values: [
      'load.ts',
      'analysis',
      'decision',
      'automaton',
      'matcher',
      'policy',
      'pattern',
      'yaml',
      'diagnostic',
      'source',
    ],
  },
  'request-table': {
    values: ['analysis', 'decision', 'automaton', 'policy', 'yaml', 'pattern', 'diagnostic', 'source'],
  },
  openapi: {
    values: [
      'load.ts',
      'analysis',
      'decision',
      'automaton',
      'policy',
      'pattern',
      'yaml',
      'diagnostic',
      'source',
    ],
  },
  consent: { values: ['analysis', 'decision', 'automaton', 'policy', 'pattern', 'diagnostic'] },
  claims: { values: ['source'] },
  enforce: { values: ['claims', 'decision', 'pattern', 'diagnostic', 'source'] },
  mcp: { values: ['enforce', 'claims', 'decision', 'lint', 'yaml'], types: ['source'] },
  middleware: { values: ['enforce', 'claims'] },
  serve: {
    values: [
      'enforce',
      'claims',
      'openapi',
      'analysis',
      'load.ts',
      'mcp',
      'compiled',
      'decision',
      'automaton',
      'yaml',
      'diagnostic',
      'source',
      'report',
    ],
    types: ['pattern'],
  },
  report: {
    values: ['doctor', 'diagnostic', 'source'],
    types: ['usage', 'analysis', 'openapi', 'mcp', 'policy'],
  },
  doctor: { values: ['openapi', 'diagnostic', 'source', 'yaml'], types: ['mcp', 'policy'] },
  usage: {
    values: ['policy', 'load.ts', 'lint', 'analysis', 'decision', 'yaml', 'diagnostic', 'source'],
    types: [],
  },
  export: {
    values: ['openapi', 'decision', 'automaton', 'policy', 'pattern', 'yaml', 'diagnostic'],
    types: ['source'],
  },
  import: { values: ['openapi', 'language', 'pattern', 'diagnostic'] },
  // The words of the language are read off the generated schema.
  lsp: { values: ['load.ts', 'lint', 'policy', 'yaml', 'diagnostic', 'schema'], types: ['source'] },
  cli: {
    values: [
      'lsp',
      'usage',
      'doctor',
      'export',
      'import',
      'report',
      'lint',
      'request-table',
      'openapi',
      'mcp',
      'serve',
      'analysis',
      'consent',
      'compiled',
      'load.ts',
      'index.ts',
      'decision',
      'policy',
      'yaml',
      'pattern',
      'diagnostic',
      'source',
      'package.json',
    ],
  },
}

interface Import {
  readonly place: string
  readonly from: string
  readonly to: string
  readonly typesOnly: boolean
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The folder at the top of `src`, or the file there. */
function unitOf(file: string): string {
  return relative(SRC, file).split(sep)[0] ?? ''
}

/** Every import and re-export; one whose names are all marked `type` is one of types. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8')
  const found: Import[] = []
  const statements =
    /^[ \t]*(import|export)\b([\w\s{},*$]*?)from\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
  for (const match of text.matchAll(statements)) {
    const clause = match[2] ?? ''
    const to = match[3] ?? match[4] ?? match[5] ?? ''
    const names = /\{([^}]*)\}/
      .exec(clause)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const typesOnly = /^\s*type\b/.test(clause) || (names?.every((name) => name.startsWith('type ')) ?? false)
    const line = text.slice(0, match.index).split('\n').length
    found.push({ place: `${relative(SRC, file)}:${line}`, from: unitOf(file), to, typesOnly })
  }
  return found
}

function inSrc(file: string, to: string): string | undefined {
  return to.startsWith('.') ? unitOf(join(dirname(file), to)) : undefined
}

/** For each file of `src` the files that it imports, types too. */
const FILES: ReadonlyMap<string, readonly string[]> = new Map(
  filesBelow(SRC).map((file) => [
    file,
    importsOf(file).flatMap(({ to }) => (to.startsWith('.') ? [join(dirname(file), to)] : [])),
  ]),
)

const IMPORTS = filesBelow(SRC).flatMap((file) =>
  importsOf(file).map((found) => ({
    ...found,
    // The version of the package is read by the command line, and by nothing else.
    unit: /^(?:\.\.\/)+package\.json$/.test(found.to)
      ? 'package.json'
      : /^(?:\.\.\/)+schema\/[\w-]+\.schema\.json$/.test(found.to)
        ? 'schema'
        : inSrc(file, found.to),
  })),
)

/** The nodes from which one gets back to them. */
function inCycles(next: ReadonlyMap<string, Iterable<string>>): readonly string[] {
  return [...next.keys()].filter((start) => {
    const found = new Set(next.get(start))
    for (const node of found) for (const further of next.get(node) ?? []) found.add(further)
    return found.has(start)
  })
}

describe('imports', () => {
  test('are found in the source', () => {
    expect(IMPORTS.length).toBeGreaterThan(100)
    expect(IMPORTS.some(({ typesOnly }) => typesOnly)).toBe(true)
    expect(new Set(IMPORTS.map(({ from }) => from)).size).toBeGreaterThan(10)
  })

  test('go in one direction', () => {
    const wrong = IMPORTS.flatMap(({ place, from, to, unit, typesOnly }) => {
      const { values, types = [] } = ALLOWED[from] ?? { values: [] }
      if (unit === undefined || unit === from || unit === 'language' || values.includes(unit)) return []
      if (typesOnly && types.includes(unit)) return []
      return [`${place} imports ${typesOnly ? 'types of ' : ''}${to}`]
    })
    expect(wrong).toEqual([])
  })

  test('form no cycle between folders', () => {
    const next = new Map<string, Set<string>>()
    for (const { from, unit } of IMPORTS) {
      if (unit !== undefined && unit !== from) next.set(from, (next.get(from) ?? new Set()).add(unit))
    }
    expect(inCycles(next)).toEqual([])
  })

  test('form no cycle between files, types too', () => {
    expect(inCycles(FILES).map((file) => relative(SRC, file))).toEqual([])
  })

  test('name every folder of src in the order of stages', () => {
    expect(readdirSync(SRC).filter((name) => !(name in ALLOWED))).toEqual([])
  })

  test('of the command line come from nowhere', () => {
    expect(
      IMPORTS.filter(({ from, unit }) => unit === 'cli' && from !== 'cli').map(({ place }) => place),
    ).toEqual([])
  })

  test('of tests and scripts come from nowhere in src', () => {
    expect(
      IMPORTS.filter(
        ({ to, unit }) => unit !== 'schema' && /(?:test|schema|bench|examples|dist)\//.test(to),
      ).map(({ place }) => place),
    ).toEqual([])
  })

  test('of packages stay where they belong', () => {
    const home: Readonly<Record<string, readonly string[]>> = {
      yaml: ['yaml'],
      picomatch: ['pattern'],
      '@noble/hashes': ['policy', 'consent'],
      negotiator: ['consent'],
      '@formatjs/intl-localematcher': ['consent'],
      jose: ['serve'],
      '@grpc/grpc-js': ['serve'],
      '@commander-js/extra-typings': ['cli'],
      'vscode-languageserver': ['lsp', 'cli'],
      'string-width': ['report'],
      'vscode-languageserver-textdocument': ['lsp'],
    }
    const cliOnly = ['commander', 'tinyglobby', 'diff', 'node:']
    const wrong = IMPORTS.flatMap(({ place, from, to, unit }) => {
      if (unit !== undefined) return []
      const known = Object.entries(home).find(([name]) => to === name || to.startsWith(`${name}/`))
      if (known !== undefined) return known[1].includes(from) ? [] : [`${place} imports ${to}`]
      if (cliOnly.some((name) => to.startsWith(name)))
        return ['cli', 'report', 'serve', 'usage'].includes(from) ? [] : [`${place} imports ${to}`]
      return [`${place} imports ${to}`]
    })
    expect(wrong).toEqual([])
  })

  test('end in the extension of the file', () => {
    expect(
      IMPORTS.filter(({ to }) => to.startsWith('.') && !/\.(?:ts|js|json)$/.test(to)).map(
        ({ place }) => place,
      ),
    ).toEqual([])
  })
})
