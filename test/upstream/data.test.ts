/**
 * The law where slashes or delimiters are declared data. Who declares that says how the server reads them, so
 * the law is about servers that read them so; these tests name the others and show that they have to be named.
 */
import { describe, expect, test } from 'vitest'
import type { PlainDocument, PlainOptions } from '../reference/document.ts'
import { ours } from './authorizers.ts'
import { type Authorizer, lawOf, worldOf } from './law.ts'
import type { Model } from './model.ts'
import { MODELS } from './models/all.ts'
import { ACT_ON_SEMICOLONS, DROP_A_DECODED_SLASH } from './not-covered.ts'
import { targets } from './pieces.ts'
import { documentWith } from './policies.ts'

const PIECES: readonly string[] = ['a', 'b', '/', '.', '%2f', '%2e', ';', '%3b', '%23', '%3f']

/** One decision for all models that are asked about one target. */
function asked(document: PlainDocument): Authorizer {
  const { granting } = ours(document)
  let last: { target: string; scopes: readonly number[] } | undefined
  return {
    granting: (target) => {
      if (last?.target !== target) last = { target, scopes: granting(target) }
      return last.scopes
    },
  }
}

/** The models that break the law, each set of them on its own. */
function breaking(options: PlainOptions, sets: readonly (readonly Model[])[], chains = false): number[] {
  const document = documentWith(options)
  const authorizer = asked(document)
  const broken = new Set<number>()
  const laws = sets.map((models) => lawOf(worldOf(document, models, chains), document, authorizer))
  for (const target of targets(PIECES, 4)) {
    for (const [index, { violations }] of laws.entries()) {
      if (!broken.has(index) && violations(target).length > 0) broken.add(index)
    }
  }
  return [...broken]
}

/** Whether a server leaves these escapes as they are, or refuses them. */
function leavesAlone(model: Model, escapes: readonly string[]): boolean {
  return escapes.every((escape) => {
    return [escape, escape.toLowerCase()].every((spelt) => {
      const read = model.read(`/x${spelt}y`)
      return read === null || read.toUpperCase() === `/X${escape}Y`
    })
  })
}

test.each<[option: string, options: PlainOptions, except: readonly string[]]>([
  ['encodedSlash: data', { encodedSlash: 'data' }, DROP_A_DECODED_SLASH],
  ['delimiters: data', { delimiters: 'data' }, ACT_ON_SEMICOLONS],
  [
    'both',
    { encodedSlash: 'data', delimiters: 'data' },
    [...new Set([...DROP_A_DECODED_SLASH, ...ACT_ON_SEMICOLONS])],
  ],
])('with %s the law holds for all models but those named', (_, options, except) => {
  const sets = MODELS.map((model) => [model])
  const broken = breaking(options, sets).map((index) => MODELS[index]?.id)
  expect(broken.sort()).toEqual([...except].sort())
})

describe('two servers in a row have to leave alone what is declared data', () => {
  test.each<[escapes: string, options: PlainOptions]>([
    ['%2F', { encodedSlash: 'data' }],
    ['; %3B %3F %23', { delimiters: 'data' }],
  ])('%s', (escapes, options) => {
    const models = MODELS.filter((model) => leavesAlone(model, escapes.split(' ')))
    expect(models.length).toBeGreaterThan(5)
    // All others break the law in pairs, though most keep it alone.
    expect(breaking(options, [models, MODELS], true)).toEqual([1])
  })
})
