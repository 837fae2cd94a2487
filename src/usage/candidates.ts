/**
 * Which scopes can allow a request at all, by how their patterns begin: a comparison of a few characters
 * where a decision costs ten times as much. A scope that is left out allows the request in no case; of
 * the others each is asked.
 */
import type { Policy } from '../decision/types.ts'
import { withIncluded } from '../policy/includes.ts'

/** Of more patterns a comparison of each costs as much as a decision. */
const MAX_PREFIXES = 6
/** Where a pattern may stop being literal text, whatever the options. */
const SPECIAL = /[^\w/.~-]/

export interface Candidate {
  /** In the list of scopes. */
  readonly index: number
  readonly prefixes: readonly string[]
}

/** Candidates for each method, in document order; undefined where paths are not compared as they are written. */
export function candidatesOf(policy: Policy): ReadonlyMap<string, readonly Candidate[]> | undefined {
  const { $options: options } = policy.toJSON() as { readonly $options: Readonly<Record<string, unknown>> }
  if ((options['basePath'] ?? '') !== '' || options['caseSensitive'] === false) return undefined
  const byMethod = new Map<string, Candidate[]>()
  for (const [index, name] of [...policy.scopes.keys()].entries()) {
    const prefixes = new Map<string, Set<string>>()
    for (const scope of withIncluded(name, policy.scopes)) {
      for (const { pattern, methods } of policy.scopes.get(scope)?.endpoints ?? []) {
        const prefix = (pattern.split(SPECIAL, 1)[0] ?? '').replace(/\/$/, '')
        for (const method of methods) prefixes.set(method, (prefixes.get(method) ?? new Set()).add(prefix))
      }
    }
    for (const [method, some] of prefixes) {
      const list = byMethod.get(method) ?? []
      byMethod.set(method, list)
      list.push({ index, prefixes: some.size > MAX_PREFIXES ? [''] : [...some] })
    }
  }
  return byMethod
}

/** The first character after the literal part of a pattern, and what follows. */
type Shape = readonly [literal: string, rest: string]

/**
 * For a method and a folder (without the first slash, with the last): whether the same scopes allow every
 * path that is the folder and letters, digits, `_` and `-`. True where each pattern either ends in its only
 * star within the folder, or cannot be a path below it. Undefined where patterns mean more than that.
 */
export function uniformFolders(policy: Policy): ((method: string, folder: string) => boolean) | undefined {
  const { $options: options } = policy.toJSON() as { readonly $options: Readonly<Record<string, unknown>> }
  if (options['wildcard'] === 'segment') return undefined
  const byMethod = new Map<string, Shape[]>()
  for (const { endpoints } of policy.scopes.values()) {
    for (const { pattern, methods } of endpoints) {
      const star = pattern.indexOf('*')
      const shape: Shape = star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star)]
      for (const method of methods) byMethod.set(method, [...(byMethod.get(method) ?? []), shape])
    }
  }
  return (method, folder) =>
    // An escape may be any character of a pattern.
    !folder.includes('%') &&
    (byMethod.get(method) ?? []).every(([literal, rest]) => {
      if (folder.startsWith(literal)) return rest === '' || rest === '*'
      return !literal.startsWith(folder)
    })
}

/** Where the last segment of a path begins, when it is letters, digits, `_` and `-`; else -1. */
export function plainName(path: string): number {
  let at = path.length
  while (at > 0 && isPlain(path.charCodeAt(at - 1))) at -= 1
  return path.charCodeAt(at - 1) === SLASH && at < path.length ? at : -1
}

/** As {@link plainName}, of a range of bytes. */
export function plainNameIn(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isPlain(bytes[at - 1] ?? 0)) at -= 1
  return at > start && bytes[at - 1] === SLASH && at < end ? at : -1
}

const SLASH = 0x2f

function isPlain(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) ||
    unit === 0x5f ||
    unit === 0x2d
  )
}

/** Whether a path, as it is written and without escapes, begins as one of the patterns. */
export function mayBegin(path: string, start: number, { prefixes }: Candidate): boolean {
  for (const prefix of prefixes) if (path.startsWith(prefix, start)) return true
  return false
}
