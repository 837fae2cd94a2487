/**
 * For testing only. What Cerb, whose documents `preset: cerb` reads, does with a well-formed document: in
 * its own order of steps, without any path rules. Only what requests over HTTP can reach is modelled.
 * On purpose unlike `authorize.ts`: text is compared as bytes on the wire, and nothing is refused.
 */
import type { PlainDocument } from './document.ts'

const METHODS: readonly string[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

/** The decision, or undefined where Cerb does not route the request to its API at all. */
export function cerbAuthorize(
  document: PlainDocument,
  scopes: readonly string[],
  method: string,
  target: string,
): boolean | undefined {
  if (!METHODS.includes(method)) return undefined
  const path = cerbPath(target)
  if (path === undefined) return undefined
  return Object.entries(document).some(([name, scope]) => {
    if (!scopes.includes(name) || !('endpoints' in scope)) return false
    return (scope.endpoints ?? []).some((item) => {
      if (typeof item === 'string') return cerbMatches(item, path)
      const [first] = Object.entries(item)
      if (first === undefined) return false
      const [pattern, methods] = first
      return (
        (typeof methods === 'string' ? [methods] : methods).includes(method) && cerbMatches(pattern, path)
      )
    })
  })
}

/** Segments after `rest`, one empty one dropped at the end, known suffixes dropped until none is left. */
function cerbPath(target: string): string | undefined {
  const [beforeQuery = ''] = target.split('?')
  const segments = beforeQuery.replace(/^\//, '').split('/')
  if (segments[0] !== 'rest') return undefined
  const rest = segments.slice(1)
  if (rest.at(-1) === '') rest.pop()
  let path = rest.join('/')
  while (/\.(?:json|xml)$/.test(path)) path = path.replace(/\.(?:json|xml)$/, '')
  return path
}

/**
 * Every star is a run of any bytes, the rest literal, ASCII case ignored. Leftmost search of each literal
 * run decides the same as Cerb's lazy expression, without its cost.
 */
function cerbMatches(pattern: string, path: string): boolean {
  const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const text = fold(path)
  const [first = '', ...others] = fold(pattern).split('*')
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const run of others) {
    const found = text.indexOf(run, at)
    if (found === -1) return false
    at = found + run.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
