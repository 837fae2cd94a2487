/**
 * A document as it stands in a revision: `git:REV:PATH`, for comparing a pull request with its base.
 *
 * Git is asked for the stored bytes, so that no filter, hook or text conversion of the repository runs.
 * The revision cannot become a flag, because one that begins with `-` is refused.
 */
import { execFile } from 'node:child_process'
import { quote } from '../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../document/limits.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io.ts'
import type { Source } from './sources.ts'

const PREFIX = 'git:'

export function isGitSource(path: string): boolean {
  return path.startsWith(PREFIX)
}

/** As git reads it, the path begins at the top of the repository, and with `./` in the working folder. */
export function gitSource(io: Io, path: string): Source {
  const [, revision = '', file = ''] = /^git:([^:]*):(.*)$/s.exec(path) ?? []
  if (revision === '' || file === '' || revision.startsWith('-')) {
    throw new UsageError(`${quote(path)} is not of the form \`git:REV:PATH\``)
  }
  return { path, read: () => show(`${revision}:${file}`, path, io.cwd) }
}

function show(object: string, path: string, cwd: string): Promise<Uint8Array> {
  // One more than the loader accepts, so that it is the loader that refuses.
  const options = { cwd, encoding: 'buffer', maxBuffer: DEFAULT_LIMITS.bytes + 1, windowsHide: true } as const
  return new Promise((resolve, reject) => {
    execFile('git', ['cat-file', 'blob', object], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else
        reject(new UsageError(`${quote(path)} cannot be read: ${reasonOf(error, stderr.toString('utf8'))}`))
    })
  })
}

function reasonOf(error: Error & { readonly code?: unknown }, stderr: string): string {
  if (error.code === 'ENOENT') return 'git is not installed'
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'it is too large'
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? error.message
  return line.replace(/^(?:fatal|error): /, '').replace(/\.$/, '')
}
