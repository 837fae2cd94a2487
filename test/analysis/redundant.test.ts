/** Endpoints of a scope that its other endpoints and those of the scopes it includes make superfluous. */
import { expect, test } from 'vitest'
import { redundantEndpoints } from '../../src/analysis/index.ts'
import { loadPolicy, type ParseOptions } from '../../src/index.ts'

interface Scope {
  readonly endpoints: readonly (string | object)[]
  readonly includes?: readonly string[]
}

function redundant(
  scopes: Readonly<Record<string, Scope>>,
  options: ParseOptions = {},
): readonly (readonly [scope: string, endpoint: string, methods: string, coveredBy: string])[] {
  const document = Object.fromEntries(
    Object.entries(scopes).map(([name, scope]) => [name, { label: name, ...scope }]),
  )
  return redundantEndpoints(loadPolicy(document, { methods: ['GET', 'PUT'], ...options })).map(
    ({ scope, endpoint, methods, coveredBy }) => [scope, endpoint, methods.join(), coveredBy.join(' ')],
  )
}

test('endpoints are listed by scope, with the methods and what covers them', () => {
  expect(
    redundant({
      a: { endpoints: [{ '*': 'GET' }, { 'users/*': ['GET', 'PUT'] }, { 'users/me': 'PUT' }] },
      b: { endpoints: ['x', 'y'] },
      c: { endpoints: ['x', 'x*'] },
    }),
  ).toEqual([
    ['a', 'users/*', 'GET', '*'],
    ['a', 'users/me', 'PUT', 'users/*'],
    ['c', 'x', 'GET,PUT', 'x*'],
  ])
})

test('of equal endpoints the later ones, also where they are written alike', () => {
  expect(redundant({ a: { endpoints: ['x', 'x', { x: 'GET' }] } })).toEqual([
    ['a', 'x', 'GET,PUT', 'x'],
    ['a', 'x', 'GET', 'x'],
  ])
})

test('what a scope includes covers its endpoints, and is listed by its own scope only', () => {
  expect(
    redundant({
      a: { endpoints: ['xy', 'z'], includes: ['b'] },
      b: { endpoints: ['x*', 'xyz'], includes: ['c'] },
      c: { endpoints: ['z'] },
    }),
  ).toEqual([
    ['a', 'xy', 'GET,PUT', 'x*'],
    ['a', 'z', 'GET,PUT', 'z'],
    ['b', 'xyz', 'GET,PUT', 'x*'],
  ])
  // An endpoint of its own makes none of the scope that it includes superfluous.
  expect(redundant({ a: { endpoints: ['x*'], includes: ['b'] }, b: { endpoints: ['xy'] } })).toEqual([])
})

test('patterns that cover it are listed once', () => {
  expect(redundant({ a: { endpoints: [{ 'x*': 'GET' }, { 'x*': 'PUT' }, 'xy'] } })).toEqual([
    ['a', 'xy', 'GET,PUT', 'x*'],
  ])
})

test('several endpoints may cover one together', () => {
  expect(
    redundant(
      { a: { endpoints: [{ 'x/[^a]': 'GET' }, { 'x/a': 'GET' }, { 'x/?': 'GET' }] } },
      { wildcard: 'segment' },
    ),
  ).toEqual([['a', 'x/?', 'GET', 'x/[^a] x/a']])
})

test('an endpoint that matches nothing is not listed, nor what a budget leaves open', () => {
  expect(redundant({ a: { endpoints: ['x//y', '*'] } })).toEqual([])
  const policy = loadPolicy(
    { a: { label: 'a', endpoints: ['xyz?', 'xyz{?,??}'] } },
    { wildcard: 'segment', methods: ['GET'] },
  )
  expect(redundantEndpoints(policy)).toHaveLength(1)
  expect(redundantEndpoints(policy, { states: 2 })).toEqual([])
})
