/** What comes with the package: which packages its entries reach, and that nothing runs on installation. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DIST, notBuilt, PACKAGE, reach, ROOT } from '../package/built.ts'

interface Manifest {
  readonly version: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

interface Locked extends Manifest {
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
}

const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'))

/** Where a package stands that another one asks for: beside it or above. */
function placeOf(name: string, from: string): string {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules')).replace(/\/$/, '')) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (place in locked) return place
    if (folder === '') throw new Error(`${name} is not in the lock file`)
  }
}

const locked = (json('package-lock.json') as { packages: Readonly<Record<string, Locked>> }).packages

/** A package and what it depends on, as lines of a tree. */
function branch(name: string, from: string, indent: string, last: boolean): readonly string[] {
  const place = placeOf(name, from)
  const { version, dependencies = {} } = locked[place] as Locked
  const below = Object.keys(dependencies)
  return [
    `${indent}${last ? '└──' : '├──'} ${name} ${version}`,
    ...below.flatMap((other, at) =>
      branch(other, place, `${indent}${last ? '    ' : '│   '}`, at === below.length - 1),
    ),
  ]
}

/** The entries with what their built files reach, entries that reach nothing together. */
function tree(): string {
  const entries = Object.entries(PACKAGE.exports).flatMap(([name, target]) => {
    if (typeof target === 'string') return []
    const packages = [target.import.default, target.require.default].flatMap(
      (file) => reach(file.replace('./dist/', '')).packages,
    )
    return [[name.slice(2), [...new Set(packages)]] as const]
  })
  const alone = entries.filter(([, packages]) => packages.length === 0).map(([name]) => name)
  const rank = (name: string): number => ['', 'lint', 'openapi', 'consent'].indexOf(name)
  const others = entries.filter(([, packages]) => packages.length > 0).sort(([a], [b]) => rank(a) - rank(b))
  return [
    ...others.flatMap(([name, packages]) => [
      name === '' ? 'scope-policy' : `scope-policy/${name}`,
      ...packages.flatMap((one, at) => branch(one, '', '', at === packages.length - 1)),
    ]),
    `scope-policy/{${alone.sort().join(',')}}`,
    '└── nothing',
  ].join('\n')
}

describe('the tree of dependencies', () => {
  for (const page of ['SECURITY.md', 'docs/guide.md']) {
    test(`in ${page} is that of the built files`, ({ skip }) => {
      if (notBuilt() !== undefined) skip(notBuilt())
      const printed = /```text tree\n([^`]*)\n```/.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1]
      if (page !== 'SECURITY.md' && printed === undefined) skip('the page has no tree')
      expect(printed).toBe(tree())
    })
  }

  test('is of exact versions, and of nothing from elsewhere than the registry', () => {
    for (const [name, version] of Object.entries(PACKAGE.dependencies))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

describe('on installation', () => {
  const RUN = ['preinstall', 'install', 'postinstall']

  test('the package runs nothing', () => {
    expect(
      Object.keys((json('package.json') as Manifest).scripts ?? {}).filter((name) => RUN.includes(name)),
    ).toEqual([])
  })

  test('its dependencies run nothing, nor do theirs', () => {
    const seen = new Set<string>()
    const visit = (name: string, from: string): void => {
      const place = placeOf(name, from)
      if (seen.has(place)) return
      seen.add(place)
      for (const other of Object.keys(locked[place]?.dependencies ?? {})) visit(other, place)
    }
    for (const name of Object.keys(PACKAGE.dependencies)) visit(name, '')
    expect(seen.size).toBeGreaterThan(10)
    for (const place of seen) {
      expect(locked[place]?.hasInstallScript, place).toBeUndefined()
      expect(
        Object.keys((json(place, 'package.json') as Manifest).scripts ?? {}).filter((name) =>
          RUN.includes(name),
        ),
        place,
      ).toEqual([])
    }
  })
})

test('no built file makes code from text or loads code from elsewhere', ({ skip }) => {
  if (notBuilt() !== undefined) skip(notBuilt())
  const files = new Set(
    Object.values(PACKAGE.exports).flatMap((target) =>
      typeof target === 'string' ? [] : [...reach(target.import.default.replace('./dist/', '')).files],
    ),
  )
  expect(files.size).toBeGreaterThan(10)
  for (const file of files) {
    expect(readFileSync(file, 'utf8'), file.slice(DIST.length)).not.toMatch(
      /\bnew Function\b|\beval\s*\(|https?:\/\/[^\s'"`]+\.m?js\b/,
    )
  }
})

test('the release workflow publishes with provenance, without a token, and pins what it uses', () => {
  const text = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')
  expect(text).toContain('npm publish --provenance')
  expect(text).toContain('id-token: write')
  expect(text).toContain('npm audit signatures')
  expect(text).not.toMatch(/NODE_AUTH_TOKEN|secrets\./)
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action)
  expect(used.length).toBeGreaterThan(0)
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
})
