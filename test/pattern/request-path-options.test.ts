/**
 * The options of step 3 and the two `data` modes, both values of each, and where they meet.
 */
import { describe, expect, test } from 'vitest'
import { readBasePath, readPath } from '../../src/pattern/request-path.ts'
import { read, RULES } from './rules.ts'

const STRICT = { encodedSlash: 'refuse', delimiters: 'refuse' } as const

describe('basePath', () => {
  const base = (written: string): string => {
    const path = readBasePath(written, STRICT)
    return typeof path === 'string' ? path : `<${path.refusal}>`
  }

  test('with or without slashes at its ends it is the same', () => {
    expect(['rest', '/rest', 'rest/', '/rest/'].map(base)).toEqual(['rest', 'rest', 'rest', 'rest'])
  })

  test('empty or a slash it is the root', () => {
    expect(['', '/'].map(base)).toEqual(['', ''])
  })

  test('it may have several segments', () => {
    expect(read('/api/v1/a', { basePath: base('/api/v1/') })).toBe('a')
    expect(read('/api/v1', { basePath: base('/api/v1/') })).toBe('')
    expect(read('/api', { basePath: base('/api/v1') })).toBe('<outside>')
    expect(read('/api/v10/a', { basePath: base('/api/v1') })).toBe('<outside>')
  })

  test('is put into canonical form like the path', () => {
    const basePath = base('/caf%c3%a9/m%65')
    expect(read('/caf%C3%A9/me/a', { basePath })).toBe('a')
    expect(read('/caf%c3%a9/%6De/a', { basePath })).toBe('a')
  })

  test('an escaped letter in the path is the letter of the base path', () => {
    expect(read('/r%65st/a', { basePath: 'rest' })).toBe('a')
  })

  test('compares letter case exactly, whatever caseSensitive says', () => {
    expect(read('/REST/a', { basePath: 'rest' })).toBe('<outside>')
    expect(read('/REST/a', { basePath: 'rest', caseSensitive: false })).toBe('<outside>')
    expect(read('/REST/A', { basePath: 'REST', caseSensitive: false })).toBe('a')
  })

  test('an escaped slash is no segment boundary', () => {
    expect(read('/rest%2Fa', { basePath: 'rest', encodedSlash: 'data' })).toBe('<outside>')
  })

  test('extensions on the base path itself do not make it the base path', () => {
    expect(read('/rest.json', { basePath: 'rest', extensions: ['json'] })).toBe('<outside>')
    expect(read('/rest/.json', { basePath: 'rest', extensions: ['json'] })).toBe('')
  })

  test('a refused path is refused, not outside', () => {
    expect(read('/other/../a', { basePath: 'rest' })).toBe('<dot-segment>')
  })

  test('names the rule that it breaks', () => {
    const written = [
      '//',
      'a//b',
      '//a',
      'a//',
      '../a',
      'a/.',
      'a b',
      'a?b',
      'a#b',
      'a;b',
      'a%',
      '%2F',
      'é',
      '%2541',
    ]
    expect(written.map(base)).toEqual([
      '<empty-segment>',
      '<empty-segment>',
      '<empty-segment>',
      '<empty-segment>',
      '<dot-segment>',
      '<dot-segment>',
      '<space>',
      '<query>',
      '<fragment>',
      '<semicolon>',
      '<malformed-escape>',
      '<encoded-slash>',
      '<non-ascii>',
      '<double-encoding>',
    ])
  })
})

describe('extensions', () => {
  const options = { extensions: ['json', 'xml'] } as const

  test('are taken off again and again, down to nothing', () => {
    expect(read('/a.json.json.xml', options)).toBe('a')
    expect(read('/.json.xml', options)).toBe('')
    expect(read('/a/.json', options)).toBe('a/')
  })

  test('are taken off only at the very end', () => {
    expect(read('/a.json/b', options)).toBe('a.json/b')
    expect(read('/a.json.txt', options)).toBe('a.json.txt')
    expect(read('/ajson', options)).toBe('ajson')
    expect(read('/json', options)).toBe('json')
  })

  test('are compared exactly, whatever caseSensitive says', () => {
    expect(read('/a.JSON', options)).toBe('a.JSON')
    expect(read('/a.JSON', { ...options, caseSensitive: false })).toBe('a.json')
    expect(read('/a.JSON.json', { ...options, caseSensitive: false })).toBe('a.json')
  })

  test('may be written with escapes of unreserved characters', () => {
    expect(read('/a%2Ejs%6Fn', options)).toBe('a')
  })

  test('that leave a dot segment refuse the path', () => {
    expect(read('/a/...json', options)).toBe('<dot-segment>')
    expect(read('/...json', options)).toBe('<dot-segment>')
    expect(read('/..json', options)).toBe('<dot-segment>')
    expect(read('/a/..xml.json', options)).toBe('<dot-segment>')
    expect(read('/a/....json', options)).toBe('a/...')
  })

  test('the longer of two is taken off first', () => {
    expect(read('/a.tar.gz', { extensions: ['tar.gz', 'gz'] })).toBe('a')
    expect(read('/a.tar', { extensions: ['tar.gz', 'gz'] })).toBe('a.tar')
  })

  test('behind a slash at the end nothing is taken off where the slash counts', () => {
    expect(read('/a.json/', options)).toBe('a.json/')
    expect(read('/a.json/', { ...options, trailingSlash: 'ignore' })).toBe('a')
  })

  test('in front of a dropped slash they do not hide a second slash', () => {
    expect(read('/a/.json', { ...options, trailingSlash: 'ignore' })).toBe('a/')
    expect(read('/a/.json/', { ...options, trailingSlash: 'ignore' })).toBe('a/')
  })

  test('a slash that they uncover where slashes are ignored is not judged a second time', () => {
    expect(readPath('/a/.json', { ...RULES, ...options, trailingSlash: 'ignore' })).toEqual({ path: 'a/' })
  })
})

describe('trailingSlash: strict', () => {
  const both = (target: string, options = {}): unknown => readPath(target, { ...RULES, ...options })

  test('a path without a slash at its end has one reading', () => {
    expect(both('/a')).toEqual({ path: 'a' })
    expect(both('/')).toEqual({ path: '' })
  })

  test('a path with one has a second reading, without it', () => {
    expect(both('/a/')).toEqual({ path: 'a/', withoutSlash: 'a' })
    expect(both('/a/b/')).toEqual({ path: 'a/b/', withoutSlash: 'a/b' })
  })

  test('extensions come off that reading, too', () => {
    expect(both('/a.json/', { extensions: ['json'] })).toEqual({ path: 'a.json/', withoutSlash: 'a' })
    expect(both('/a.json/.json', { extensions: ['json'] })).toEqual({ path: 'a.json/', withoutSlash: 'a' })
  })

  test('a second reading that is a dot segment refuses the path', () => {
    expect(both('/a/...json/', { extensions: ['json'] })).toEqual({ refusal: 'dot-segment' })
  })

  test('one level only: when dropping leaves another slash there is no second reading', () => {
    expect(both('/a/.json/', { extensions: ['json'] })).toEqual({ path: 'a/.json/', withoutSlash: null })
  })

  test('below a base path it is the same', () => {
    expect(both('/rest/a/', { basePath: 'rest' })).toEqual({ path: 'a/', withoutSlash: 'a' })
    expect(both('/rest/', { basePath: 'rest' })).toEqual({ path: '' })
  })
})

describe('caseSensitive: false', () => {
  test('folds ASCII letters and nothing else', () => {
    expect(read('/A%C3%89Z', { caseSensitive: false })).toBe('a%C3%89z')
    expect(read('/%4B%E2%84%AA', { caseSensitive: false })).toBe('k%E2%84%AA')
  })

  test('does not change the hex digits of an escape', () => {
    expect(read('/%2b%2B', { caseSensitive: false })).toBe('%2B%2B')
    expect(read('/%2b%2B', { caseSensitive: false, wildcard: 'segment' })).toMatch(/^%2b%2b$/i)
  })
})

describe('encodedSlash: data', () => {
  const data = { encodedSlash: 'data' } as const
  const refused = [
    'a%2F..%2Fb',
    'a%2F..',
    '..%2Fa',
    'a%2f.%2fb',
    'a/..%2F',
    'a%2F%2E%2e',
    'a%2F%2fb',
    '%2F',
    '%2Fa',
    'a/%2F',
  ]

  test('dot and empty segments are judged as if it were a slash', () => {
    for (const path of refused) expect(read(`/${path}`, data), path).toMatch(/^<(?:dot|empty)-segment>$/)
  })

  test('else it stays an escape, told apart from a slash', () => {
    expect(read('/group%2fproject/issues', data)).toBe('group%2Fproject/issues')
    expect(read('/a%2F.b', data)).toBe('a%2F.b')
    expect(read('/a%2F...', data)).toBe('a%2F...')
  })

  test('a dot segment that an extension uncovers is refused, too', () => {
    expect(read('/a%2F...json', { ...data, extensions: ['json'] })).toBe('<dot-segment>')
  })
})

describe('delimiters: data', () => {
  const data = { delimiters: 'data' } as const

  test('a segment that is a dot segment before its first delimiter is refused', () => {
    for (const end of [';', ';a=b', '%3B', '%3ba', '%3F', '%3fx=1', '%23', '%23top', ';;', '%3B;'] as const) {
      for (const dots of ['.', '..', '%2e', '.%2E']) {
        expect(read(`/a/${dots}${end}/b`, data), dots + end).toBe('<dot-segment>')
        expect(read(`/${dots}${end}`, data), dots + end).toBe('<dot-segment>')
      }
    }
  })

  test('a delimiter before the dots makes them no dot segment', () => {
    expect(read('/a/;../b', data)).toBe('a/;../b')
    expect(read('/a;x=.', data)).toBe('a;x=.')
  })

  test('a raw number sign stays refused, and a raw question mark ends the path', () => {
    expect(read('/a;#b', data)).toBe('<fragment>')
    expect(read('/a;b?c', data)).toBe('a;b')
  })

  test('together with slashes as data both are judged', () => {
    const all = { delimiters: 'data', encodedSlash: 'data' } as const
    expect(read('/a%2F..;x%2Fb', all)).toBe('<dot-segment>')
    expect(read('/a%2F..%3Bx/b', all)).toBe('<dot-segment>')
    expect(read('/a;x%2F..', all)).toBe('<dot-segment>')
    expect(read('/a;x%2Fb', all)).toBe('a;x%2Fb')
  })
})

describe('wildcard: segment', () => {
  test('compares the same paths as text', () => {
    expect(read('/m%65%20%c3%a9', { wildcard: 'segment' })).toBe('me%20%C3%A9')
    expect(readPath('/a%20', { ...RULES, wildcard: 'segment' })).toEqual({ path: 'a%20' })
  })
})
