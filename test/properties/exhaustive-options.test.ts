/**
 * Small worlds in full for what the options change: letters here are whole pieces of text, so that escapes,
 * extensions, base paths and delimiters meet stars and slashes in every order.
 */
import { describe, expect, test } from 'vitest'
import type { PlainOptions } from '../reference/document.ts'
import { disagreements, policyDocument, textsOver } from './small-world.ts'

interface World {
  readonly what: string
  readonly options: readonly PlainOptions[]
  readonly patterns: readonly string[]
  readonly paths: readonly string[]
}

const BOTH: readonly PlainOptions[] = [{ trailingSlash: 'strict' }, { trailingSlash: 'ignore' }]

const WORLDS: readonly World[] = [
  {
    what: 'escapes beside stars and hex digits',
    options: [{}],
    patterns: ['*', '/', '0', '2', '%20', '%C3%A9', '%c3', '%A9'],
    paths: ['/', '0', '2', '%20', '%c3%a9'],
  },
  {
    what: 'extensions, dots and letter case',
    options: BOTH.flatMap((options) => [
      { ...options, extensions: ['j'] },
      { ...options, extensions: ['j'], caseSensitive: false },
    ]),
    patterns: ['*', '/', '.', 'j', 'J'],
    paths: ['/', '.', 'j', 'J', 'a'],
  },
  {
    what: 'a base path',
    options: BOTH.map((options) => ({ ...options, basePath: '/a', extensions: ['b'] })),
    patterns: ['*', '/', 'a', 'b'],
    paths: ['/', 'a', 'b', '.b', 'A', '%61'],
  },
  {
    what: 'encoded slashes and delimiters as data',
    options: BOTH.map((options) => ({ ...options, encodedSlash: 'data', delimiters: 'data' })),
    patterns: ['*', '/', 'a', '%2F', ';', '%3b'],
    paths: ['/', 'a', '.', '%2f', ';', '%3B'],
  },
  {
    what: 'the segment dialect with every option that touches the path',
    options: [
      {
        wildcard: 'segment',
        basePath: '/a',
        extensions: ['b'],
        caseSensitive: false,
        trailingSlash: 'ignore',
      },
    ],
    patterns: ['*', '**', '/', 'a', '.', '?'],
    paths: ['/', 'a', 'A', '.b', 'b', '%20'],
  },
]

describe.each(WORLDS)('with $what', ({ options, patterns, paths }) => {
  test.each(options)('and %o every pattern decides every path as the reference does', (chosen) => {
    const texts = textsOver(patterns, 3).filter((text) => text !== '')
    const prefix = chosen.basePath === undefined ? '/' : ''
    const requests = textsOver(paths, 4).map((text) => prefix + text)
    expect(disagreements(policyDocument(texts, chosen), texts, requests)).toEqual([])
  })
})
