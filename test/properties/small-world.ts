/** All texts over a small alphabet, one scope per pattern, and the comparison of both implementations. */
import { referencePolicy } from '../reference/authorize.ts'
import type { PlainDocument, PlainOptions } from '../reference/document.ts'
import { policyOf } from './policy-of.ts'

/** Every text of up to `longest` letters, the empty one first. */
export function textsOver(letters: readonly string[], longest: number): string[] {
  let last = ['']
  const all = ['']
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => letters.map((letter) => text + letter))
    all.push(...last)
  }
  return all
}

/** Scope `s0` grants GET on the first pattern, `s1` on the second, and so on. */
export function policyDocument(patterns: readonly string[], options: PlainOptions): PlainDocument {
  const scopes = patterns.map((pattern, index) => [
    `s${index}`,
    { label: pattern, endpoints: [{ [pattern]: 'GET' }] },
  ])
  return Object.fromEntries([['$options', options], ...scopes]) as PlainDocument
}

/** The first few pairs of pattern and path on which core and reference differ. */
export function disagreements(
  document: PlainDocument,
  patterns: readonly string[],
  paths: readonly string[],
): string[] {
  const policy = policyOf(document)
  const grants = patterns.map((_, index) => policy.grant([`s${index}`]))
  const tested = referencePolicy(document)
  const references = patterns.map((pattern) =>
    referencePolicy({ $options: tested.options, s: { label: pattern, endpoints: [{ [pattern]: 'GET' }] } }),
  )
  const found: string[] = []
  for (const path of paths) {
    const testedPath = tested.testedPath(path)
    for (const [index, grant] of grants.entries()) {
      const actual = grant.authorize('GET', path)
      const expected =
        testedPath !== undefined && references[index]?.allows(['s'], 'GET', testedPath) === true
      if (actual !== expected && found.length < 20) {
        found.push(
          `pattern ${patterns[index]} path ${path}: ${actual ? 'granted' : 'denied'}, not so by definition`,
        )
      }
    }
  }
  return found
}
