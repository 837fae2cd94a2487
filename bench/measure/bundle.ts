/**
 * Bytes that go over the wire when an entry is bundled for a worker or a browser: with everything it
 * imports, minified by esbuild, before and after gzip.
 */
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { ownEntries, peerEntries } from './entries.ts'

export interface BundleResult {
  readonly entry: string
  readonly ours: boolean
  /** Null where the package cannot be bundled so. */
  readonly minified: number | null
  readonly gzipped: number | null
}

interface Esbuild {
  readonly build: (
    options: object,
  ) => Promise<{ readonly outputFiles: readonly { readonly contents: Uint8Array }[] }>
}

export async function measureBundles(): Promise<BundleResult[]> {
  // Not its own dependency: the project's build tool brings it along.
  const name = 'esbuild'
  const { build } = (await import(name)) as Esbuild
  const results: BundleResult[] = []
  for (const { name: entry, ours, url } of [...ownEntries(), ...peerEntries()]) {
    const output = await build({
      stdin: {
        contents: `export * from ${JSON.stringify(ours ? fileURLToPath(url) : entry)}`,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      external: ['node:*', 'fs', 'path', 'os', 'util', 'querystring', 'assert', 'crypto', 'stream', 'http'],
      logLevel: 'silent',
    }).catch(() => null)
    const code = output?.outputFiles[0]?.contents
    results.push({
      entry,
      ours,
      minified: code?.length ?? null,
      gzipped: code === undefined ? null : gzipSync(code, { level: 9 }).length,
    })
  }
  return results
}
