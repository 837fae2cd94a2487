/**
 * Paths that people would request under a policy: a pattern with its stars filled in, and now and then a
 * near miss. No path here is one that the path rules refuse, because the peers check no paths: so that
 * each of them *can* answer everything right.
 */
import type { Random } from './random.ts'
import { PARTS, RECORD_TYPES } from './words.ts'

/** A pattern filled in: what a client of this endpoint would ask for. */
export function fill(pattern: string, random: Random): string {
  if (pattern === '*') return `/${underWholeApi(random)}`
  const runs = pattern.split('*')
  let path = runs[0] ?? ''
  for (let index = 1; index < runs.length; index++) {
    const run = runs[index] ?? ''
    const segment = path === '' || path.endsWith('/')
    path += `${starRun(segment, index === runs.length - 1 && run === '', random)}${run}`
  }
  return `/${path}`
}

function starRun(segment: boolean, last: boolean, random: Random): string {
  if (!segment && random.chance(0.1)) return ''
  const run = identifier(random)
  if (last && random.chance(0.2)) return `${run}/${random.pick(PARTS)}`
  return random.chance(0.03) ? `${run}/${identifier(random)}` : run
}

function identifier(random: Random): string {
  const dice = random.below(10)
  if (dice < 6) return String(1000 + random.below(900_000))
  if (dice < 8) return `${random.pick(PARTS)}-${1 + random.below(500)}`
  if (dice < 9) return random.pick(PARTS)
  const hex = (digits: number): string =>
    random
      .below(16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  return `${hex(8)}-${hex(4)}-${hex(4)}`
}

function underWholeApi(random: Random): string {
  const type = random.pick(RECORD_TYPES)
  const id = String(1 + random.below(60_000))
  const dice = random.below(10)
  if (dice < 4) return `records/${type}/${id}`
  if (dice < 6) return `records/${type}/${id}/${random.pick(PARTS)}`
  if (dice < 7) return `records/${type}/search`
  if (dice < 8) return `workers/${id}`
  return `${random.pick(PARTS)}/${type}/${id}`
}

/** A path that differs from a good one in one place. 2 in 100 paths go through here to another case. */
export function nearMiss(path: string, random: Random): string {
  const dice = random.below(6)
  if (dice < 2) return otherCase(path, random)
  if (dice < 3) return `${path}/${random.pick(PARTS)}`
  if (dice < 4) return path.length > 4 ? path.slice(0, -1) : `${path}s`
  if (dice < 5) return `${path}s`
  const segments = path.split('/')
  segments[1 + random.below(segments.length - 1)] = random.pick(PARTS)
  return segments.join('/')
}

function otherCase(path: string, random: Random): string {
  const at = 1 + random.below(path.length - 1)
  return `${path.slice(0, at)}${path.slice(at).toUpperCase()}`
}
