import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPolicy } from '../../../../src/index.ts'
import { yaml11Ambiguity } from '../../../../src/lint/rules/portability/yaml-1-1-ambiguity.ts'
import { fixedBy, underlinedBy } from '../findings-of.ts'

const ID = 'yaml-1-1-ambiguity'
const AMBIGUOUS = ['on', '12:30', '010', '1e3', 'no', '2024-01-01', '~', '1_000', '0x1F']

test('every text of the example is found', () => {
  expect(underlinedBy(ID, yaml11Ambiguity.bad)).toEqual(AMBIGUOUS)
})

test('a reader of YAML 1.1 sees something else, and the same as here once it is fixed', () => {
  const names = (text: string): unknown[] => {
    const read: unknown = parse(text, { version: '1.1', mapAsMap: true, logLevel: 'silent' })
    return read instanceof Map ? [...(read as ReadonlyMap<unknown, unknown>).keys()] : []
  }
  expect(names(yaml11Ambiguity.bad)).toEqual([true, 1000, null])
  const fixed = fixedBy(ID, yaml11Ambiguity.bad)
  expect(names(fixed)).toEqual(['on', '1e3', '~'])
  expect(loadPolicy(fixed).fingerprint).toBe(loadPolicy(yaml11Ambiguity.bad).fingerprint)
  expect(fixed.replaceAll('"', '')).toBe(yaml11Ambiguity.bad)
})
