/**
 * What the built entries do not contain: a gateway that has its policy must not carry the YAML parser, the
 * schema's validator or the command line, and nothing may make code from text.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DIST, notBuilt, PACKAGE, reach } from './built.ts'

const COMMAND_LINE = ['commander', 'tinyglobby', 'diff', 'jose']
/** Entries that read documents. */
const READERS = ['.', './lint', './openapi']
/** Words that are in the code of the parser, the validator and the segment dialect, and nowhere else. */
const MARKS = ['yaml-1-1-ambiguity', 'validateScope', 'readSegmentPattern', 'picomatch', 'Composer', 'ajv']

/** What an entry may have of that all the same: patterns of a stored consent, and of compiled data, are read again. */
const ALSO: Readonly<
  Record<string, { readonly packages: readonly string[]; readonly marks: readonly string[] }>
> = {
  './compiled': { packages: ['picomatch'], marks: ['readSegmentPattern', 'picomatch'] },
  './consent': { packages: ['negotiator', 'picomatch'], marks: ['readSegmentPattern', 'picomatch'] },
}

const entries = Object.entries(PACKAGE.exports).flatMap(([name, target]) =>
  typeof target === 'string'
    ? []
    : ([
        [name, target.import.default],
        [name, target.require.default],
      ] as const),
)

for (const [name, file] of entries) {
  const entry = file.replace('./dist/', '')

  describe(`${name} (${entry})`, () => {
    test('reaches only dependencies of the package', ({ skip }) => {
      if (notBuilt() !== undefined) skip(notBuilt())
      const { packages } = reach(entry)
      const known = packages.filter((found) => !found.startsWith('node:') && !(found in PACKAGE.dependencies))
      expect(known).toEqual([])
    })

    test('reaches nothing of the command line', ({ skip }) => {
      if (notBuilt() !== undefined) skip(notBuilt())
      const { packages, files } = reach(entry)
      expect(packages.filter((found) => COMMAND_LINE.some((part) => found.startsWith(part)))).toEqual([])
      expect(packages.filter((found) => found.startsWith('node:'))).toEqual([])
      expect(files.filter((found) => found.includes('cli'))).toEqual([])
    })

    test('makes no code from text', ({ skip }) => {
      if (notBuilt() !== undefined) skip(notBuilt())
      for (const found of reach(entry).files) {
        expect(readFileSync(found, 'utf8')).not.toMatch(/\bnew Function\b|\beval\s*\(|\bimport\s*\(/)
      }
    })

    if (!READERS.includes(name)) {
      test(`reaches neither yaml nor ajv${name in ALSO ? '' : ' nor picomatch'}, not even bundled`, ({
        skip,
      }) => {
        if (notBuilt() !== undefined) skip(notBuilt())
        const { packages, files } = reach(entry)
        const also = ALSO[name] ?? { packages: [], marks: [] }
        expect(packages.filter((found) => !also.packages.includes(found))).toEqual([])
        for (const found of files) {
          const text = readFileSync(found, 'utf8')
          expect(
            MARKS.filter((mark) => text.includes(mark) && !also.marks.includes(mark)),
            found.slice(DIST.length),
          ).toEqual([])
        }
      })
    }
  })
}

test('the marks are those of what is kept away: the main entry has them', ({ skip }) => {
  if (notBuilt() !== undefined) skip(notBuilt())
  const text = reach('index.js')
    .files.map((file) => readFileSync(file, 'utf8'))
    .join('')
  expect(MARKS.filter((mark) => mark !== 'ajv' && !text.includes(mark))).toEqual([])
})

test('ajv is in no entry at all', ({ skip }) => {
  if (notBuilt() !== undefined) skip(notBuilt())
  for (const [, file] of entries) {
    const { packages, files } = reach(file.replace('./dist/', ''))
    expect(packages).not.toContain('ajv')
    for (const found of files) expect(readFileSync(found, 'utf8')).not.toMatch(/ajv\/dist|require\(['"]ajv/)
  }
})
