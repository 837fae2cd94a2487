/**
 * The policy about symbolic links: none may lead out of the working folder, in reading and in writing.
 *
 * In CI a glob of the shell names whatever a pull request has added, also `link.yaml -> /etc/passwd`, and
 * what is wrong with that file would be printed; a report would be written over whatever the name of its file
 * has been made a link to. A path without a link is used wherever it lies: it was typed. So is a file whose
 * link stays below the folder that was typed, if no link leads to that folder: Kubernetes mounts documents
 * as `scopes.yaml -> ..data/scopes.yaml`, with `..data` a link beside it.
 */
import { lstat, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { quote } from '../../diagnostic/words.ts'
import { UsageError } from '../exit-code.ts'
import { reasonOf } from './reason-of.ts'

/**
 * Throws {@link UsageError} when a link on the way to a file or folder leads out of `cwd`, or when nobody can
 * tell: what was found a moment ago may be gone, or lie behind a folder that is closed.
 */
export async function refuseLinks(
  path: string,
  cwd: string,
  instead = 'name that file itself',
): Promise<void> {
  const found = await linkOutOf(path, cwd).catch((error: unknown) => {
    throw new UsageError(`${quote(path)} cannot be read: ${reasonOf(error)}`)
  })
  if (found !== undefined) throw refused(path, cwd, found, instead)
}

/** The same for a file that is to be written: it may not be there yet, and then its folder counts. */
export async function refuseLinkedOutput(path: string, cwd: string): Promise<void> {
  const file = resolve(cwd, path)
  if (isDevice(file)) return
  const there = await lstat(file).catch(() => undefined)
  const found = await linkOutOf(there === undefined ? dirname(path) : path, cwd).catch(() => undefined)
  if (found !== undefined) throw refused(path, cwd, found, 'name that file itself')
  // Nothing would be known of where a link to no file leads.
  if (there?.isSymbolicLink() === true && (await isDangling(file))) {
    throw new UsageError(`${quote(path)} is a symbolic link to a file that is not there; delete the link`)
  }
}

async function isDangling(file: string): Promise<boolean> {
  return realpath(file).then(
    () => false,
    () => true,
  )
}

interface LinkOut {
  readonly link: string
  readonly target: string
}

function refused(path: string, cwd: string, { link, target }: LinkOut, instead: string): UsageError {
  const subject =
    link === resolve(cwd, path) ? quote(path) : `${quote(relative(cwd, link))} on the way to ${quote(path)}`
  return new UsageError(
    `${subject} is a symbolic link that leads out of the working folder, to ${quote(target)}; ` +
      `${instead}, or use --follow-links`,
  )
}

async function linkOutOf(path: string, cwd: string): Promise<LinkOut | undefined> {
  const file = resolve(cwd, path)
  if (isDevice(file)) return undefined
  const target = await realpath(file)
  if (isBelow(target, await realpath(cwd))) return undefined
  const base = commonFolder(file, resolve(cwd))
  const link = await firstLink(file, base)
  if (link === undefined) return undefined
  if (link === file && isBelow(target, await realpath(dirname(file)))) return undefined
  return { link, target }
}

/** `/dev/stdin` and `<(command)` are links by nature, perhaps to a pipe, and no repository has anything there. */
function isDevice(file: string): boolean {
  return isBelow(file, '/dev')
}

/**
 * The first link below `base`. Where that is the root, the two have nothing in common, and only the last name
 * is looked at: links above it (`/tmp` of macOS) belong to the system.
 */
async function firstLink(file: string, base: string): Promise<string | undefined> {
  const from = base === parse(base).root ? dirname(file) : base
  let at = from
  for (const name of relative(from, file).split(sep)) {
    at = join(at, name)
    if ((await lstat(at)).isSymbolicLink()) return at
  }
  return undefined
}

function commonFolder(file: string, cwd: string): string {
  let folder = cwd
  while (!isBelow(file, folder)) folder = dirname(folder)
  return folder
}

/** Whether a path is a folder or below it. */
export function isBelow(file: string, folder: string): boolean {
  const path = relative(folder, file)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}
