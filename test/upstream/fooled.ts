/**
 * For testing only. For each model, the first target by which it fools a glob without path rules. A model that
 * fools nobody would test nothing.
 */
import { withoutQuery } from '../reference/request-path.ts'
import { naive } from './authorizers.ts'
import { lawOf, type Violation, worldOf } from './law.ts'
import type { Model } from './model.ts'
import { DANGEROUS, ODD, targets } from './pieces.ts'
import { documentWith } from './policies.ts'

interface Attempt {
  readonly pattern: string
  /** Whether the slash at the end may be what fools; that fools nearly everybody. */
  readonly slash?: boolean
}

/** One after the other; the last is for models that read no other structure, only other characters. */
const ATTEMPTS: readonly Attempt[] = [
  { pattern: 'a/*' },
  { pattern: 'a/*/b' },
  { pattern: '*/b' },
  { pattern: 'a/*', slash: true },
  { pattern: '*%A9' },
]

/** Of a character in two bytes a star takes the first: nothing but decoding is needed to fool this one. */
export const CHARACTERS_ONLY = '*%A9'

const PIECES: readonly string[] = ['a/', '/b', 'b', ...DANGEROUS, ...ODD]

export interface Fooled extends Violation {
  readonly pattern: string
}

export function fooledBy(models: readonly Model[]): Map<string, Fooled> {
  const found = new Map<string, Fooled>()
  for (const { pattern, slash = false } of ATTEMPTS) {
    const document = documentWith({}, [pattern])
    const authorizer = naive(document)
    let left = models
      .filter(({ id }) => !found.has(id))
      .map((model) => ({ model, law: lawOf(worldOf(document, [model]), document, authorizer, false) }))
    for (const target of targets(PIECES, 3)) {
      if (left.length === 0) break
      if (target.includes('?') || withoutQuery(target).endsWith('/') !== slash) continue
      left = left.filter(({ model, law }) => {
        const [violation] = law.violations(target)
        if (violation === undefined) return true
        found.set(model.id, { ...violation, pattern })
        return false
      })
    }
  }
  return found
}
