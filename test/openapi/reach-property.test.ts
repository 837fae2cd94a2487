/** Reach against all small paths, decided by the reference. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pick, randomFrom, type Random } from '../analysis/small-policies.ts'
import { runs } from '../arbitrary/settings.ts'
import {
  reachOf,
  referenceOf,
  smallPaths,
  smallPattern,
  smallTemplate,
  templateMatches,
} from './small-templates.ts'

const PATHS = smallPaths(5)

function optionsOf(random: Random): Readonly<Record<string, unknown>> {
  return {
    wildcard: pick(random, ['any', 'segment']),
    trailingSlash: pick(random, ['strict', 'strict', 'ignore']),
    caseSensitive: random() < 0.8,
  }
}

/** Nonempty sets of the numbers below `count`. */
function subsets(count: number): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** count - 1 }, (_, bits) =>
    Array.from({ length: count }, (_one, id) => id).filter((id) => ((bits + 1) >> id) % 2 === 1),
  )
}

test('agrees with all small paths, for every set of patterns, with and without a slash at the end', () => {
  let granted = 0
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = randomFrom(seed)
      const options = optionsOf(random)
      const template = smallTemplate(random)
      const patterns = Array.from({ length: 3 }, () =>
        smallPattern(random, options['wildcard'] === 'segment'),
      )
      const excluded = template.includes('{')
        ? Array.from({ length: 2 }, () => smallTemplate(random, false)).filter((path) =>
            templateMatches(template, path),
          )
        : []
      const own = PATHS.filter((path) => templateMatches(template, path) && !excluded.includes(path))
      const operation = reachOf(template, patterns, options, excluded)
      const reference = referenceOf(patterns, options)
      const place = JSON.stringify({ template, patterns, options, excluded })
      for (const ids of subsets(patterns.length)) {
        const scopes = ids.map((id) => `s${id}`)
        const allows = (path: string): boolean => reference.authorize(scopes, 'GET', path)
        const { allowed, missing, undecided } = operation.compare(
          ids.filter((id) => operation.patterns.has(id)),
        )
        expect([place, ids, undecided]).toEqual([place, ids, undefined])
        for (const [said, path, wanted] of [
          [allowed, own.find(allows), true],
          [missing, own.find((one) => !allows(one)), false],
        ] as const) {
          // A letter outside of the alphabet can give a shorter path than any of the small ones.
          const isSmall = said === undefined || PATHS.includes(said)
          if (path !== undefined && isSmall)
            expect([place, ids, said?.length]).toEqual([place, ids, path.length])
          if (path !== undefined) expect(said?.length).toBeLessThanOrEqual(path.length)
          if (said === undefined) continue
          expect([place, ids, said, templateMatches(template, said) && !excluded.includes(said)]).toEqual([
            place,
            ids,
            said,
            true,
          ])
          expect([place, ids, said, allows(said)]).toEqual([place, ids, said, wanted])
        }
        if (ids.length > 1) continue
        const id = ids[0] ?? 0
        expect([place, id, operation.alone(id).allowed?.length]).toEqual([place, id, allowed?.length])
      }
      if (own.some((path) => reference.authorize(['s0', 's1', 's2'], 'GET', path))) granted += 1
    }),
    runs(500),
  )
  expect(granted).toBeGreaterThan(50 * Number(process.env['SCOPE_POLICY_RUNS'] ?? '1'))
})
