/**
 * The law over a small world: every target of a few pieces, under every option, for every model and for every
 * pair of them. `SCOPE_POLICY_UPSTREAM=all` takes the whole alphabet and longer targets.
 */
import { describe, expect, test } from 'vitest'
import type { PlainOptions } from '../reference/document.ts'
import { ours } from './authorizers.ts'
import { type Count, describeViolation, lawOf, worldOf } from './law.ts'
import { MODELS } from './models/all.ts'
import { ALL, ALPHABET, DECODED_LATER, SMALL_ALPHABETS, targets, TIMEOUT } from './pieces.ts'
import { documentWith, OPTIONS } from './policies.ts'

interface Walk {
  readonly alphabets: readonly (readonly string[])[]
  readonly longest: number
  readonly options: readonly PlainOptions[]
  readonly chains?: boolean
}

/** Walks once for all options: what the servers make of a path does not depend on them. */
function walk({ alphabets, longest, options, chains = false }: Walk): Count {
  const world = worldOf(documentWith({}), MODELS, chains)
  const laws = options.map((chosen) => {
    const document = documentWith(chosen)
    return { document, ...lawOf(world, document, ours(document)) }
  }, TIMEOUT)
  const found: string[] = []
  for (const alphabet of alphabets) {
    for (const target of targets(alphabet, longest)) {
      for (const { document, violations } of laws) {
        for (const violation of violations(target)) {
          if (found.length < 10) found.push(describeViolation(document, violation))
        }
      }
    }
  }
  expect(found).toEqual([])
  const sum = (name: keyof Count): number => laws.reduce((total, { count }) => total + count[name], 0)
  const count = { targets: sum('targets'), granted: sum('granted'), judged: sum('judged') }
  if (ALL) console.log(JSON.stringify({ longest, chains, policies: laws.length, ...count }))
  return count
}

const [defaults = {}] = OPTIONS
const everything = OPTIONS.at(-1) ?? {}

describe('a granted path is granted as every server reads it', () => {
  test(
    'under every option, targets of up to five pieces',
    () => {
      const longest = ALL ? 6 : 5
      const count = walk({ alphabets: SMALL_ALPHABETS, longest, options: OPTIONS })
      // Neither refused altogether, nor granted without a look.
      expect(count.granted).toBeGreaterThan(count.targets / 100)
      expect(count.granted).toBeLessThan(count.targets / 5)
    },
    TIMEOUT,
  )

  test(
    'targets of six pieces',
    () => {
      walk({ alphabets: ALL ? [ALPHABET] : SMALL_ALPHABETS.slice(0, 1), longest: 6, options: [defaults] })
    },
    TIMEOUT,
  )

  test(
    'targets of the whole alphabet, up to four pieces',
    () => {
      walk({ alphabets: [ALPHABET], longest: ALL ? 5 : 4, options: [defaults, everything] })
    },
    TIMEOUT,
  )
})

describe('and as the second of any two servers reads it', () => {
  test(
    'under every option, targets of up to four pieces',
    () => {
      walk({ alphabets: SMALL_ALPHABETS, longest: ALL ? 5 : 4, options: OPTIONS, chains: true })
    },
    TIMEOUT,
  )

  test(
    'escapes of `%u` and white space of Unicode, targets of up to four pieces',
    () => {
      walk({
        alphabets: [DECODED_LATER],
        longest: ALL ? 5 : 4,
        options: [defaults, everything],
        chains: true,
      })
    },
    TIMEOUT,
  )
})
