import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const DEFAULTS = { seconds: 60, seed: 1, workers: 1, policies: Infinity, first: 0, from: 'dist' }

test.each([
  [[], {}],
  [['--seconds', '5', '--seed', '9', '--workers', '2'], { seconds: 5, seed: 9, workers: 2 }],
  [['--policies', '10', '--first', '3', '--src'], { seconds: Infinity, policies: 10, first: 3, from: 'src' }],
  [['--policies', '10', '--seconds', '2'], { seconds: 2, policies: 10 }],
])('%j is read', (args, expected) => {
  expect(readSettings(args)).toEqual({ ...DEFAULTS, ...expected })
})

test.each([
  [['--seconds', '0']],
  [['--workers', 'x']],
  [['--seed', '1.5']],
  [['--policies', '-1']],
  [['--fast']],
  [['a']],
])('%j is refused', (args) => {
  expect(() => readSettings(args)).toThrow()
})
