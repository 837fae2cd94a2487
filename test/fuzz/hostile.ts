/** Arguments of the wrong type, as callers without types may pass them: nothing is granted, nothing is thrown. */
import type { Policy } from '../../src/index.ts'
import type { Form, Problem } from './check-request.ts'

const throwing = new Proxy([], {
  get: () => {
    throw new Error('read')
  },
})

const THINGS: readonly unknown[] = [
  undefined,
  null,
  0,
  true,
  {},
  [['a']],
  [1],
  throwing,
  () => 'a',
  Symbol('a'),
  { 0: 'a', length: 1 },
  { toString: () => 'GET' },
]

/** Whether the scopes were refused as no argument at all; a list without texts is an empty list. */
export function checkHostile(
  policy: Policy,
  forms: readonly Form[],
  number: number,
  scopes: readonly string[],
  problems: Problem[],
): string {
  const thing = THINGS[number % THINGS.length] as never
  for (const [one, method, path] of [
    [thing, 'GET', '/a'],
    [scopes, thing, '/a'],
    [scopes, 'GET', thing],
  ] as unknown as readonly (readonly [never, never, never])[]) {
    for (const { name, policy: asked } of forms) {
      try {
        if (asked.authorize(one, method, path) || asked.grant(one).authorize(method, path))
          problems.push({ check: `${name}: allows what is no request`, detail: typeof thing })
        asked.scopesFor(method, path)
        asked.methodsFor(one, path)
        asked.explain(one, method, path)
      } catch (error) {
        problems.push({ check: `${name}: throws`, detail: `${typeof thing}: ${String(error)}` })
      }
    }
  }
  return policy.explain(scopes, 'GET', thing).reason
}
