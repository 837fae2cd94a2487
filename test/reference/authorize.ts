/**
 * For testing only. The decision in full, as section 2 states it: refuse, canonicalise, strip the base
 * path, the trailing slash and the extensions, then ask every grant in turn.
 */
import { canonical } from './characters.ts'
import { extraGrantsOf, grantsOf, isNameMethod, keysHeld, namesOf, optionsOf, scopesOf } from './document.ts'
import type { AllOptions, PlainDocument, PlainGrants } from './document.ts'
import { readPattern } from './pattern.ts'
import type { PlainPattern } from './pattern.ts'
import { isDotSegment, LONGEST_PATH, refusalsOf, segmentsOf, withoutQuery } from './request-path.ts'

interface ReadGrant {
  readonly method: string
  readonly pattern: PlainPattern
}

export interface ReferencePolicy {
  readonly options: AllOptions
  readonly scopes: readonly string[]
  /** Whether a token's name is that of a scope, or an alias of one. */
  readonly isKnown: (name: string) => boolean
  /** Whether a token has the grants of this scope, key of several names, or `$baseline`. */
  readonly holds: (scopes: Iterable<string>, key: string) => boolean
  readonly authorize: (scopes: Iterable<string>, method: string, path: string) => boolean
  /** The same decision in two steps, for callers that ask many questions about one path. */
  readonly testedPath: (path: string) => string | undefined
  readonly allows: (scopes: Iterable<string>, method: string, testedPath: string) => boolean
  /** Whether a granted pattern that spells the trailing slash matches: the exception of the law. */
  readonly spellsSlash: (scopes: Iterable<string>, method: string, testedPath: string) => boolean
}

export function referencePolicy(document: PlainDocument, longest: number = LONGEST_PATH): ReferencePolicy {
  const options = optionsOf(document)
  const read = new Map<string, PlainPattern>()
  const grants = new Map<string, ReadGrant[]>()
  for (const { scope, method, pattern } of [...grantsOf(document), ...extraGrantsOf(document)]) {
    const known = read.get(pattern) ?? readPattern(pattern, options)
    read.set(pattern, known)
    const own = grants.get(scope) ?? []
    own.push({ method, pattern: known })
    grants.set(scope, own)
  }

  const held = (scopes: Iterable<string>, method: string): ReadGrant[] =>
    [...keysHeld(document, scopes)]
      .flatMap((scope) => grants.get(scope) ?? [])
      .filter((grant) => grant.method === method)
  const testedPath = (path: string): string | undefined => {
    const broken = refusalsOf(path, options, longest)
    return broken.size > 0 ? undefined : takeOff(canonical(withoutQuery(path)), options)
  }
  const allows = (scopes: Iterable<string>, method: string, path: string): boolean =>
    allowedBy(held(scopes, method), path, options)

  return {
    options,
    scopes: [...scopesOf(document).keys()],
    isKnown: (name) => [...keysHeld(document, [name])].some((key) => key !== '$baseline'),
    holds: (scopes, key) => keysHeld(document, scopes).has(key),
    testedPath,
    allows,
    authorize: (scopes, method, path) => {
      if (isNameMethod(method)) return grantsName(document, scopes, method, path)
      const tested = testedPath(path)
      return tested !== undefined && allows(scopes, method, tested)
    },
    spellsSlash: (scopes, method, path) =>
      held(scopes, method).some(({ pattern }) => pattern.endsInSlash && pattern.matches(path)),
  }
}

/**
 * Names are compared character by character. Of URIs this knows only those that every reader reads alike: a scheme, a
 * host and segments of lower-case letters and digits; others are nobody's.
 */
function grantsName(
  document: PlainDocument,
  scopes: Iterable<string>,
  method: string,
  name: string,
): boolean {
  if (name === '' || name.length > LONGEST_PATH) return false
  if (method === 'resources/read' ? !/^[a-z]+:\/\/[a-z0-9]+(?:\/[a-z0-9]+)*$/.test(name) : !isExactName(name))
    return false
  return [...keysHeld(document, scopes)].some((key) =>
    namesOf(document[key] as PlainGrants).some(
      ([own, pattern]) => own === method && matchesName(pattern, name),
    ),
  )
}

function isExactName(name: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(name)
}

/** A star is any run of characters, also none: each possible length is tried. */
function matchesName(pattern: string, name: string): boolean {
  if (pattern === '') return name === ''
  if (pattern.startsWith('*')) {
    return matchesName(pattern.slice(1), name) || (name !== '' && matchesName(pattern, name.slice(1)))
  }
  return name !== '' && name.startsWith(pattern.charAt(0)) && matchesName(pattern.slice(1), name.slice(1))
}

/** One decision about one document. */
export function referenceAuthorize(
  document: PlainDocument,
  scopes: Iterable<string>,
  method: string,
  path: string,
  limits: { readonly pathLength?: number } = {},
): boolean {
  return referencePolicy(document, limits.pathLength).authorize(scopes, method, path)
}

/**
 * Base path, trailing slash, extensions; undefined when the base path is missing or a dot segment appears,
 * also one that appears only where the trailing slash is dropped first (`/a/..json/`, `/a/..json/.json`).
 */
function takeOff(path: string, options: AllOptions): string | undefined {
  const relative = withoutBase(path.startsWith('/') ? path.slice(1) : path, options)
  if (relative === undefined) return undefined
  if (options.trailingSlash === 'ignore') return withoutExtensions(relative.replace(/\/$/, ''), options)
  const tested = withoutExtensions(relative, options)
  if (tested?.endsWith('/') !== true) return tested
  return withoutExtensions(tested.slice(0, -1), options) === undefined ? undefined : tested
}

export function withoutBase(relative: string, options: AllOptions): string | undefined {
  const base = canonical(options.basePath).split('/').filter(Boolean)
  if (base.length === 0) return relative
  const segments = relative.split('/')
  if (!base.every((segment, index) => segments[index] === segment)) return undefined
  return segments.slice(base.length).join('/')
}

/**
 * Trimmed until none is left, also down to nothing, the longest that fits first; what would leave a dot
 * segment is refused.
 */
export function withoutExtensions(path: string, options: AllOptions): string | undefined {
  for (const extension of options.extensions.toSorted((a, b) => b.length - a.length)) {
    if (path.endsWith(`.${extension}`)) {
      return withoutExtensions(path.slice(0, -extension.length - 1), options)
    }
  }
  return isDotSegment(segmentsOf(path, options).at(-1) ?? '', options) ? undefined : path
}

function allowedBy(grants: readonly ReadGrant[], path: string, options: AllOptions): boolean {
  const granted = (tested: string): boolean => grants.some(({ pattern }) => pattern.matches(tested))
  if (options.trailingSlash === 'ignore' || !path.endsWith('/')) return granted(path)
  if (grants.some(({ pattern }) => pattern.endsInSlash && pattern.matches(path))) return true
  const shorter = withoutExtensions(path.slice(0, -1), options)
  return granted(path) && shorter !== undefined && !shorter.endsWith('/') && granted(shorter)
}
