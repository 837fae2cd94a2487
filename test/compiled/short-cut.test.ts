/**
 * The runtimes of small policies have their own short cut for plain paths, and one of them leaves the second reading
 * of paths with a slash at the end out, where no pattern asks for it. Every path over a small alphabet, against the
 * loaded policy.
 */
import { describe, expect, test } from 'vitest'
import { SLASHES, SMALL } from '../../src/compiled/generated/runtimes.ts'
import { toModule } from '../../src/compiled/index.ts'
import { policyOf } from '../properties/policy-of.ts'
import { textsOver } from '../properties/small-world.ts'
import { imported } from './forms.ts'

/** Patterns, and the beginning of the runtime that they get. */
const RUNTIMES = {
  small: {
    runtime: SMALL,
    patterns: [
      '*',
      'a',
      '/',
      '*/a',
      'a*a',
      'a*',
      '*a*',
      'a/a',
      'a/*a',
      '*/a*',
      'a%20*',
      '.a',
      'a.*',
      '*%C3%A9',
    ],
  },
  slashes: {
    runtime: SLASHES,
    patterns: ['*', 'a', 'a/*', '*/a', 'a*a', 'a/', '*/', '/', 'a%20*', '.a', 'a.*', '*%C3%A9', 'a/**'],
  },
}

describe.each(Object.entries(RUNTIMES))('the runtime %s', (_, { runtime, patterns }) => {
  const document = Object.fromEntries(
    patterns.map((pattern, index) => [`s${index}`, { label: pattern, endpoints: [{ [pattern]: 'GET' }] }]),
  )

  test.each([
    ['slashes, dots and letters', ['a', '/', '.', '*'], 7],
    ['what ends or opens something', ['a', '/', '?', '#', ';', ':', '\\'], 5],
    ['escapes', ['a', '/', '%', '2', '0', 'e', '5'], 5],
    ['characters that no path has', ['a', '/', ' ', '\t', '\0', '\x7f', '\xe9', '\ue020', '\ud83d'], 4],
  ] as const)('%s', async (_, letters, longest) => {
    const policy = policyOf(document)
    const source = toModule(policy)
    expect(source).toContain(runtime.slice(0, runtime.indexOf('__')))
    const compiled = await imported(source)
    const names = Object.keys(document)
    const [loadedGrants, compiledGrants] = [policy, compiled].map(({ grant }) =>
      names.map((name) => grant([name])),
    )
    const wrong: string[] = []
    for (const path of textsOver(letters, longest)) {
      // Sets of two scopes are what the second reading is for.
      if (
        path.length < 6 &&
        JSON.stringify(policy.setsFor('GET', path)) !== JSON.stringify(compiled.setsFor('GET', path))
      )
        wrong.push(`sets ${path}`)
      for (const [index, grant] of (loadedGrants ?? []).entries()) {
        const expected = grant.authorize('GET', path)
        if (compiledGrants?.[index]?.authorize('GET', path) !== expected)
          wrong.push(`${patterns[index]} ${path}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('a path at the limit of length is read, one beyond it is refused', async () => {
    const compiled = await imported(toModule(policyOf({ s: { label: 's', endpoints: ['*'] } })))
    const at = `/${'a'.repeat(8191)}`
    expect([compiled.authorize(['s'], 'GET', at), compiled.authorize(['s'], 'GET', `${at}a`)]).toEqual([
      true,
      false,
    ])
  })
})
