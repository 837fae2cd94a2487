/** Where the paths of a document begin, for one policy. */
import { oneOf, quote } from '../../diagnostic/words.ts'
import type { ApiDescription, Report } from '../model.ts'

/**
 * For the base paths of an operation's servers those that count, none of them with a slash at its end.
 * `serverPath` is what the caller says, `policyPath` the base path of the policy.
 */
export function chooseBasePaths(
  { basePaths, operations }: Pick<ApiDescription, 'basePaths' | 'operations'>,
  policyPath: string,
  serverPath: string | undefined,
  report: Report,
): (basePaths: readonly string[]) => readonly string[] {
  if (serverPath !== undefined) {
    const path = givenBasePath(serverPath)
    return () => [path]
  }
  if (policyPath === '') return (own) => (own.length === 0 ? [''] : own)
  const known = new Set([...basePaths, ...operations.flatMap((operation) => operation.basePaths)])
  if (known.size > 0 && !known.has(policyPath)) {
    report({
      code: 'other-server',
      message: `the policy is about paths below ${quote(policyPath)}, the document about ${oneOf([...known].map((path) => (path === '' ? '/' : path)))}`,
      help: 'say where the paths of the document begin: `serverPath` in code, `--server-path` on the command line',
    })
  } else if (known.size === 0) {
    report({
      code: 'no-server',
      message: `the document names no server; its paths are taken to begin at ${quote(policyPath)}`,
    })
  }
  return (own) => (own.length === 0 || own.includes(policyPath) ? [policyPath] : own)
}

/** The base path that the caller gives, with a slash before it and none after it. */
export function givenBasePath(serverPath: string): string {
  const trimmed = serverPath.replace(/\/+$/, '')
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`
}
