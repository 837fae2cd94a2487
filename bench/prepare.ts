/** Before anything is measured: the peers installed, the package built from the sources as they are. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BUILT } from './options.ts'

const HERE = new URL('./', import.meta.url)
const ROOT = new URL('../', import.meta.url)

export function prepare(built: URL, tell: (text: string) => void): void {
  if (!existsSync(new URL('node_modules/', HERE))) {
    tell('installing the peers (bench/package-lock.json)')
    run(['ci', '--no-audit', '--no-fund'], HERE)
  }
  if (built.href === BUILT.href && isStale(built, new URL('src/', ROOT))) {
    tell('building the package')
    run(['run', 'build', '--silent'], ROOT)
  }
}

/** Whether the built file is missing or older than some source. */
function isStale(built: URL, sources: URL): boolean {
  if (!existsSync(built)) return true
  const time = statSync(built).mtimeMs
  return readdirSync(sources, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && statSync(`${entry.parentPath}/${entry.name}`).mtimeMs > time,
  )
}

function run(args: readonly string[], directory: URL): void {
  const { status } = spawnSync('npm', args, { cwd: fileURLToPath(directory), stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`)
}
