import { describe, expect, test } from 'vitest'
import { fetchTarget } from '../../src/middleware/fetch-target.ts'

describe('the target of a Request', () => {
  test.each([
    ['http://host/a?b', '/a?b'],
    ['https://host:8443/a/%2e./b', '/a/%2e./b'],
    ['HTTPS://[::1]:80/', '/'],
    ['http://host/a#b', '/a#b'],
    ['http://host/a\\b', '/a\\b'],
    ['http://host//a', '//a'],
    ['http://host/http://other/a', '/http://other/a'],
  ])('is cut out of the text %s as %s, and not repaired', (url, target) => {
    expect(fetchTarget(url, undefined)).toBe(target)
  })

  test.each([
    'http://host',
    'http://host?/a',
    'http://host#/a',
    'http://user@host/a',
    'http://host\\@other/a',
    'http:///a',
    'file:///a',
    'data:,a',
    '/a',
    'a',
    '',
    undefined,
    7,
  ])('is empty, and so refused, for %j', (url) => {
    expect(fetchTarget(url, undefined)).toBe('')
  })
})

describe('the target where Node is there', () => {
  test('is that of Node, whatever the URL says', () => {
    expect(fetchTarget('http://host/b', { incoming: { url: '/a/../b' } })).toBe('/a/../b')
    expect(fetchTarget('http://host/b', { incoming: { url: 'http://host/b' } })).toBe('http://host/b')
  })

  test('is empty when Node has none', () => {
    expect(fetchTarget('http://host/b', { incoming: {} })).toBe('')
  })

  test.each([[undefined], [null], [{}], [{ incoming: null }], ['text'], [7]])(
    'is not there in an environment %j',
    (environment) => {
      expect(fetchTarget('http://host/b', environment)).toBe('/b')
    },
  )
})
