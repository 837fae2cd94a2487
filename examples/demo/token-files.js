/**
 * Tokens in files, so that a curl line fits on one line of a terminal: `curl -H @file` reads a header from
 * a file. Only this user can read them, and they go when the process does.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function tokenFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'jwt-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  /** Writes the header for one token and gives the file's path. */
  const write = (scope, token) => {
    const file = join(folder, scope.replace('api:', ''))
    writeFileSync(file, `Authorization: Bearer ${token}\n`, { mode: 0o600 })
    return file
  }
  return { write }
}
