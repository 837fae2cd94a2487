/**
 * Cold start: how long the first `import` of an entry takes in a new process. The files are in the file
 * system's cache; the engine's caches are empty.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ownEntries, peerEntries } from './entries.ts'
import { median } from './statistics.ts'

export interface StartResult {
  readonly entry: string
  readonly ours: boolean
  readonly ms: number
}

const CODE = `
const before = performance.now()
await import(process.argv[1])
console.log(performance.now() - before)
`
const EMPTY = { name: 'an empty module', ours: false, url: 'data:text/javascript,' }

export async function measureStart(runs: number): Promise<StartResult[]> {
  const entries = [EMPTY, ...ownEntries(), ...peerEntries()]
  const times = entries.map((): number[] => [])
  const run = promisify(execFile)
  for (let round = 0; round < runs; round++) {
    for (const [index, { url }] of entries.entries()) {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', CODE, url])
      times[index]?.push(Number(stdout))
    }
  }
  return entries.map(({ name, ours }, index) => ({ entry: name, ours, ms: median(times[index] ?? []) }))
}
