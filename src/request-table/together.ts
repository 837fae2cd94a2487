/**
 * Scopes that allow together what none of them allows alone: those of a combination, or with `trailingSlash: strict`
 * two of which one grants a path that ends in a slash, and the other the same path without it.
 */
import type { Policy } from '../decision/types.ts'

/**
 * Scopes of `scopes` that allow the request, as few as possible without trying all sets; none where every token may,
 * undefined when all together do not. By bisection: of a list that is allowed, the last name of its shortest allowed
 * beginning is needed.
 */
export function allowedTogether(
  { authorize }: Pick<Policy, 'authorize'>,
  scopes: readonly string[],
  method: string,
  target: string,
): readonly string[] | undefined {
  if (!authorize(scopes, method, target)) return undefined
  const needed: string[] = []
  while (!authorize(needed, method, target)) {
    let [denied, allowed] = [0, scopes.length]
    while (allowed - denied > 1) {
      const middle = (denied + allowed) >>> 1
      if (authorize([...needed, ...scopes.slice(0, middle)], method, target)) allowed = middle
      else denied = middle
    }
    needed.push(scopes[allowed - 1] as string)
  }
  return needed.sort((a, b) => scopes.indexOf(a) - scopes.indexOf(b))
}
