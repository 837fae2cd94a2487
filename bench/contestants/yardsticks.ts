/**
 * The yardsticks. They decide nothing; they do the least that any decision has to do, with the same loop
 * around them, and so with the same cache misses.
 */
import { type Contestant, perCall } from './contestant.ts'

/** The loop alone. Subtracted from everything else. */
export const noop: Contestant = {
  name: 'noop',
  family: 'yardstick',
  about: 'nothing at all; what the loop itself costs, subtracted from every figure',
  create: () => perCall((_, __, path) => path.length === 0),
}

/** Every character of the path read once. */
export const charsum: Contestant = {
  name: 'charsum',
  family: 'yardstick',
  about: 'every character of the path read once and added up',
  create: () =>
    perCall((_, __, path) => {
      let sum = 0
      for (let index = 0; index < path.length; index++) sum += path.charCodeAt(index)
      return (sum & 1) === 1
    }),
}

/** Every input touched once: the scopes of the token looked up in a Map, the path read. */
export const floor: Contestant = {
  name: 'floor',
  family: 'yardstick',
  about: 'every scope of the token looked up in a Map, and every character of the path read once',
  create: ({ scopes }) => {
    const ids = new Map(scopes.map(([name], id) => [name, id]))
    return perCall((names, _, path) => {
      let sum = 0
      for (const name of names) sum += ids.get(name) ?? 0
      for (let index = 0; index < path.length; index++) sum += path.charCodeAt(index)
      return (sum & 1) === 1
    })
  },
}
