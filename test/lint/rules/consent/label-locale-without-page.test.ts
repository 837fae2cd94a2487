import { expect, test } from 'vitest'
import { consentLanguages } from '../../../../src/consent/index.ts'
import { findingsOf } from '../findings-of.ts'

const scope = (name: string, tags: readonly string[]): string =>
  `${name}: { label: { ${tags.map((tag) => `${tag}: x`).join(', ')} }, endpoints: [${name}: GET] }\n`
const found = (
  ...scopes: readonly (readonly string[])[]
): readonly { underlined: string; message: string }[] =>
  findingsOf('label-locale-without-page', scopes.map((tags, at) => scope(`s${at}`, tags)).join(''))

test('each language without strings is reported once, where it is first used', () => {
  expect(found(['en', 'fi', 'el'], ['en', 'fi-FI'])).toEqual([
    { underlined: 'fi', message: 'the consent page has no strings in `fi`, here and in 1 other places' },
    { underlined: 'el', message: 'the consent page has no strings in `el`' },
  ])
})

test('no language of the page is reported, under no region, script or older tag', () => {
  expect(found([...consentLanguages], ['pt-BR', 'zh-TW', 'zh', 'iw', 'en-GB', 'de-AT'])).toEqual([])
})

test('a neighbour whose strings would be shown instead is another language', () => {
  expect(found(['ca', 'nb']).map(({ underlined }) => underlined)).toEqual(['ca', 'nb'])
})

test('a private-use tag may be anything', () => {
  expect(found(['x-own'])).toEqual([])
})
