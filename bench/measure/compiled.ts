/**
 * What a policy becomes without its document: an ES module, or data. Bytes to ship, and the time from them
 * to a policy that answers.
 */
import { gzipSync } from 'node:zlib'
import type { OurPackage } from '../contestants/ours.ts'
import type { Workload } from '../workload/workload.ts'
import { median } from './statistics.ts'

export interface CompiledResult {
  readonly size: string
  readonly yamlBytes: number
  readonly moduleBytes: number
  readonly moduleGzipped: number
  /** The first import of the module in its process. */
  readonly importMs: number
  readonly dataBytes: number
  readonly dataGzipped: number
  /** `fromCompiled` of that data. */
  readonly openMs: number
}

const OPENINGS = 5

export async function measureCompiled(
  { loadPolicy, compiled }: OurPackage,
  { size, yaml }: Workload,
): Promise<CompiledResult> {
  if (compiled === undefined) throw new Error('this build has no compiled policies')
  const policy = loadPolicy(yaml)
  const module = compiled.toModule(policy)
  const data = JSON.stringify(compiled.toCompiled(policy))

  const before = performance.now()
  await import(moduleUrl(module))
  const importMs = performance.now() - before

  const openings: number[] = []
  for (let opening = 0; opening < OPENINGS; opening++) {
    const start = performance.now()
    compiled.fromCompiled(data)
    openings.push(performance.now() - start)
  }
  return {
    size,
    yamlBytes: Buffer.byteLength(yaml),
    moduleBytes: Buffer.byteLength(module),
    moduleGzipped: gzipSync(module, { level: 9 }).length,
    importMs,
    dataBytes: Buffer.byteLength(data),
    dataGzipped: gzipSync(data, { level: 9 }).length,
    openMs: median(openings),
  }
}

export function moduleUrl(source: string): string {
  return `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
}
