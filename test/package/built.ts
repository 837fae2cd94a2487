/** The built files, and what they reach. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url))
export const DIST: string = join(ROOT, 'dist')

export interface PackageJson {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly exports: Readonly<
    Record<
      string,
      string | Readonly<Record<'import' | 'require', Readonly<Record<'types' | 'default', string>>>>
    >
  >
}

export const PACKAGE: PackageJson = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as PackageJson

/** Why tests of built files cannot run; undefined when they can. */
export function notBuilt(): string | undefined {
  return existsSync(join(DIST, 'index.js')) ? undefined : 'there is no dist folder: run `npm run build` first'
}

export interface Reached {
  /** Files of the package, the entry first. */
  readonly files: readonly string[]
  /** Specifiers that lead out of the package. */
  readonly packages: readonly string[]
}

/** Follows static and dynamic imports and requires from an entry in `dist`. */
export function reach(entry: string): Reached {
  const files = new Set([join(DIST, entry)])
  const packages = new Set<string>()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const specifiers = /\b(?:from|import|require)\s*\(?\s*['"]([^'"\n]+)['"]/g
    for (const [, specifier = ''] of text.matchAll(specifiers)) {
      if (specifier.startsWith('.')) {
        const target = join(dirname(file), specifier)
        if (existsSync(target)) files.add(target)
      } else packages.add(specifier)
    }
  }
  return { files: [...files], packages: [...packages] }
}
