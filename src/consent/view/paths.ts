/** The options that say what patterns mean, as they are shown and stored, and back. */
import { type PathRules, readBasePath } from '../../pattern/request-path.ts'
import type { PolicyData } from '../../policy/policy-data.ts'
import type { AccessPaths } from './types.ts'

export function pathsOf({ options, rules }: PolicyData): AccessPaths {
  const { basePath, extensions, caseSensitive, trailingSlash, wildcard, encodedSlash, delimiters } = options
  return Object.freeze({
    basePath,
    extensions: Object.freeze([...extensions]),
    caseSensitive,
    trailingSlash,
    wildcard,
    encodedSlash,
    delimiters,
    pathLength: rules.pathLength,
  })
}

/** Null for a base path that no request path can begin with. */
export function rulesOf(paths: AccessPaths): PathRules | null {
  const basePath = readBasePath(paths.basePath, paths)
  if (typeof basePath !== 'string') return null
  const { extensions, caseSensitive, trailingSlash, wildcard, encodedSlash, delimiters, pathLength } = paths
  return {
    basePath,
    extensions,
    caseSensitive,
    trailingSlash,
    wildcard,
    encodedSlash,
    delimiters,
    pathLength,
  }
}
