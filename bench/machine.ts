/** What the figures depend on besides the code: machine, engine, versions. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { createRequire } from 'node:module'
import { PEERS } from './contestants/index.ts'
import type { Machine } from './report/record.ts'

export function loadAverage(): number {
  return loadavg()[0] ?? 0
}

export function machineOf(loadBefore: number): Machine {
  const processors = cpus()
  const processor = (processors[0]?.model ?? 'unknown processor').trim()
  const slug = `${processor} ${process.arch} node${process.versions.node.split('.')[0] ?? ''}`
  return {
    name: slug.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    processor,
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
    loadBefore,
    loadAfter: loadAverage(),
  }
}

/** Versions of everything that is compared with. */
export function packageVersions(): Record<string, string> {
  const peers = new Set(PEERS.flatMap((contestant) => contestant.package ?? []))
  return Object.fromEntries(['yaml', ...peers].map((name) => [name, manifestVersion(name)] as const))
}

function manifestVersion(name: string): string {
  // Read as files, since not every package exports its manifest.
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(`${folder}/${name}/package.json`, 'utf8')
      return (JSON.parse(text) as { version: string }).version
    } catch {
      continue
    }
  }
  return 'not installed'
}

export function ownVersion(builtFile: URL): { readonly version: string; readonly built: string } {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const digest = createHash('sha256').update(readFileSync(builtFile)).digest('hex')
  return { version, built: digest.slice(0, 12) }
}
