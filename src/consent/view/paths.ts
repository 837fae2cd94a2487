/** The options that say what patterns mean, as they are shown and stored, and back. */
import { READING_OPTIONS } from '../../language/options.ts'
import { type PathRules, readBasePath } from '../../pattern/request-path.ts'
import type { PolicyData } from '../../policy/policy-data.ts'
import type { AccessPaths } from './types.ts'

export function pathsOf({ options, rules }: PolicyData): AccessPaths {
  const members = READING_OPTIONS.map((name) => {
    const value = options[name]
    return [name, Array.isArray(value) ? Object.freeze([...(value as readonly string[])]) : value]
  })
  return Object.freeze({ ...Object.fromEntries(members), pathLength: rules.pathLength }) as AccessPaths
}

/** Null for a base path that no request path can begin with. */
export function rulesOf(paths: AccessPaths): PathRules | null {
  const basePath = readBasePath(paths.basePath, paths)
  if (typeof basePath !== 'string') return null
  const options = Object.fromEntries(READING_OPTIONS.map((name) => [name, paths[name]]))
  return { ...options, basePath, pathLength: paths.pathLength } as PathRules
}
