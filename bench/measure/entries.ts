/**
 * The entry points that are weighed: those of this package, found in its `exports`, and the main entries of
 * what others would install instead.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PEERS } from '../contestants/index.ts'

export interface Entry {
  readonly name: string
  readonly ours: boolean
  /** For `import`: an absolute URL, or a package name to be found from here. */
  readonly url: string
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly import?: { readonly default: string } }>>
}

const ROOT = new URL('../../', import.meta.url)

export function ownEntries(): Entry[] {
  const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as Manifest
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    const file = typeof target === 'string' ? undefined : target.import?.default
    if (file?.endsWith('.js') !== true) return []
    const url = new URL(file, ROOT)
    if (!existsSync(fileURLToPath(url))) return []
    return [{ name: `${manifest.name}${subpath.slice(1)}`, ours: true, url: url.href }]
  })
}

export function peerEntries(): Entry[] {
  const names = PEERS.flatMap((contestant) => contestant.package ?? [])
  const resolved = (name: string): string =>
    import.meta.resolve(name.includes('cedar') ? `${name}/nodejs` : name)
  return ['yaml', ...new Set(names)].map((name) => ({ name, ours: false, url: resolved(name) }))
}
