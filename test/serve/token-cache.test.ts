import { expect, test } from 'vitest'
import { caching } from '../../src/serve/tokens/token-cache.ts'
import type { Claims } from '../../src/serve/tokens/verifier.ts'

const SECONDS = 1_000_000

function counting(claims: Claims = { exp: SECONDS + 30 }): {
  asked: string[]
  verifier: (token: string) => Promise<Claims>
} {
  const asked: string[] = []
  const verifier = (token: string): Promise<Claims> => {
    asked.push(token)
    return token.startsWith('bad') ? Promise.reject(new Error('bad')) : Promise.resolve(claims)
  }
  return { asked, verifier }
}

test('a token is verified once, until it is forgotten', async () => {
  const { asked, verifier } = counting()
  let time = SECONDS * 1000
  const { verify, clear } = caching(verifier, { ttl: 10, clockTolerance: 0, now: () => time })
  await verify('a')
  await verify('a')
  expect(asked).toEqual(['a'])
  time += 10_000
  await verify('a')
  expect(asked).toEqual(['a', 'a'])
  clear()
  await verify('a')
  expect(asked).toEqual(['a', 'a', 'a'])
})

test('never beyond its own expiry, with the tolerance of clocks', async () => {
  const { asked, verifier } = counting({ exp: SECONDS + 3 })
  let time = SECONDS * 1000
  const { verify } = caching(verifier, { ttl: 60, clockTolerance: 2, now: () => time })
  await verify('a')
  time += 4_999
  await verify('a')
  expect(asked).toHaveLength(1)
  time += 1
  await verify('a')
  expect(asked).toHaveLength(2)
})

test('a token that is not valid is asked about each time, and takes no place', async () => {
  const { asked, verifier } = counting()
  const { verify } = caching(verifier, { ttl: 60, clockTolerance: 0, now: () => SECONDS * 1000 })
  await verify('a')
  for (let count = 0; count < 2_000; count++) await expect(verify(`bad-${count}`)).rejects.toThrow('bad')
  await verify('a')
  expect(asked).toHaveLength(2_001)
})

test('keeps a thousand, the oldest goes first', async () => {
  const { asked, verifier } = counting()
  const { verify } = caching(verifier, { ttl: 60, clockTolerance: 0, now: () => SECONDS * 1000 })
  for (let count = 0; count < 1_001; count++) await verify(`${count}`)
  await verify('1')
  expect(asked).toHaveLength(1_001)
  await verify('0')
  expect(asked).toHaveLength(1_002)
})

test.each([
  ['with 0 seconds', 0, { exp: SECONDS + 30 }, 'a'],
  ['without an expiry', 60, {}, 'a'],
  ['that is long', 60, { exp: SECONDS + 30 }, 'a'.repeat(4_097)],
])('nothing is kept of a token %s', async (_, seconds, claims, token) => {
  const { asked, verifier } = counting(claims)
  const { verify } = caching(verifier, { ttl: seconds, clockTolerance: 0, now: () => SECONDS * 1000 })
  await verify(token)
  await verify(token)
  expect(asked).toHaveLength(2)
})

test('a verification that began before the keys changed is not kept after', async () => {
  let answer: (claims: Claims) => void = () => undefined
  let asked = 0
  const verifier = (): Promise<Claims> => {
    asked += 1
    return new Promise((resolve) => (answer = resolve))
  }
  const { verify, clear } = caching(verifier, { ttl: 60, clockTolerance: 0, now: () => SECONDS * 1000 })
  const first = verify('a')
  clear()
  answer({ exp: SECONDS + 30 })
  await first
  const second = verify('a')
  answer({ exp: SECONDS + 30 })
  await second
  expect(asked).toBe(2)
})
