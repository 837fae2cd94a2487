/**
 * A document in a revision of git, `git:REV:PATH`, for comparing a pull request with its base.
 *
 * Git is asked for the stored bytes, so that no filter, hook or text conversion of the repository runs, and
 * the revision cannot become a flag, because one that begins with `-` is refused.
 *
 * A pull request can also commit what git takes for a repository, in any folder: `HEAD`, `config`, `objects`
 * and `refs`. In that folder git would answer from there, with whatever documents and commands the pull
 * request has put there. `safe.bareRepository=explicit` refuses that from git 2.38 on; for older ones the
 * folder that git has chosen is looked at first: it is never the working folder or one above, but `.git` in
 * one of them. Asking for it reads the configuration and runs nothing. A caller who sets `GIT_DIR` has
 * chosen already. Rejected: finding `.git` ourselves and passing it on, since git trusts a folder that is
 * named to it, whoever owns it.
 */
import { execFile } from 'node:child_process'
import { realpath } from 'node:fs/promises'
import { formatNumber, quote } from '../../diagnostic/words.ts'
import { UsageError } from '../exit-code.ts'
import { isBelow } from './links.ts'
import type { ProcessIo } from './process-io.ts'
import { tooLarge } from './read-bytes.ts'
import { MAX_BYTES, type Source } from './source.ts'

const PREFIX = 'git:'
const FLAGS = ['-c', 'safe.bareRepository=explicit']

export function isGitSource(path: string): boolean {
  return path.startsWith(PREFIX)
}

/** For git the path begins at the top of the repository, and with `./` in the working folder. */
export function gitSource({ cwd, env }: ProcessIo, path: string): Source {
  const [, revision = '', file = ''] = /^git:([^:]*):(.*)$/s.exec(path) ?? []
  if (revision === '' || file === '' || revision.startsWith('-')) {
    throw new UsageError(`${quote(path)} is not of the form \`git:REV:PATH\``)
  }
  const read = async (): Promise<Uint8Array> => {
    if (env['GIT_DIR'] === undefined) await refuseBareRepository(path, cwd)
    return git(['cat-file', 'blob', `${revision}:${file}`], path, cwd)
  }
  return { path, read }
}

async function refuseBareRepository(path: string, cwd: string): Promise<void> {
  const folder = (await git(['rev-parse', '--absolute-git-dir'], path, cwd))
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (isBelow(await realpath(cwd), await realpath(folder))) {
    throw new UsageError(
      `${quote(path)} cannot be read: the folder ${quote(folder)} is itself a repository, without a working tree; ` +
        'run the command elsewhere, or set GIT_DIR',
    )
  }
}

function git(args: readonly string[], path: string, cwd: string): Promise<Buffer> {
  const options = {
    cwd,
    encoding: 'buffer',
    maxBuffer: MAX_BYTES,
    windowsHide: true,
    // Or Windows would look for the program in the working folder first.
    env: { ...process.env, NoDefaultCurrentDirectoryInExePath: '1' },
  } as const
  return new Promise((resolve, reject) => {
    execFile('git', [...FLAGS, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(failure(path, error, stderr.toString('utf8')))
    })
  })
}

function failure(path: string, error: Error & { readonly code?: unknown }, stderr: string): UsageError {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return tooLarge(path, `more than ${formatNumber(MAX_BYTES)}`, MAX_BYTES)
  return new UsageError(`${quote(path)} cannot be read: ${reasonOf(error, stderr)}`)
}

function reasonOf(error: Error & { readonly code?: unknown }, stderr: string): string {
  if (error.code === 'ENOENT') return 'git is not installed'
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? error.message
  return line.replace(/^(?:fatal|error): /, '').replace(/\.$/, '')
}
