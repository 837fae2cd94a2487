/**
 * Path templates, patterns and paths over a tiny alphabet, and what they mean, spelled out, and the reach of a
 * template. Its meaning does not come from `src`: a template is a regular expression, and patterns are decided by
 * `test/reference`.
 */
import { policyData } from '../../src/analysis/policy-data.ts'
import { SearchBudget } from '../../src/automaton/search-budget.ts'
import { Reach } from '../../src/openapi/compare/reach.ts'
import { itemsOfTemplate, plainParts, readTemplate } from '../../src/openapi/read/template.ts'
import { loadPolicy } from '../../src/index.ts'
import { readPattern } from '../../src/pattern/pattern.ts'
import type { PathRules } from '../../src/pattern/request-path.ts'
import { pick, type Random } from '../analysis/small-policies.ts'
import { referencePolicy, type ReferencePolicy } from '../reference/authorize.ts'

export const ALPHABET = ['a', 'b', 'A', '/'] as const

/** Without empty segments, half of them with a slash at the end; always with its first slash. */
export function smallTemplate(random: Random, parameters = true): string {
  const segments = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      parameters && random() < 0.45 ? '{x}' : pick(random, ['a', 'b', 'A']),
    ).join(''),
  )
  return `/${segments.join('/')}${random() < 0.5 ? '/' : ''}`
}

export function smallPattern(random: Random, segment: boolean): string {
  const syntax = segment && random() < 0.2 ? ['**', '[ab]', '{a,b}'] : ['*', segment ? '?*' : '*']
  const segments = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      random() < 0.5 ? pick(random, syntax) : pick(random, ['a', 'b', 'A']),
    ).join(''),
  )
  return `${segments.join('/')}${random() < 0.35 ? '/' : ''}`
}

/** Every text over the alphabet up to a length, with a slash in front. */
export function smallPaths(length: number): readonly string[] {
  let longest: readonly string[] = ['']
  const all = ['/']
  for (let at = 0; at < length; at++) {
    longest = longest.flatMap((text) => ALPHABET.map((letter) => text + letter))
    all.push(...longest.map((text) => `/${text}`))
  }
  return all
}

export function templateMatches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{[^{}]*\}/g, '[^/]+')}$`).test(path)
}

/** A policy with one scope for each pattern, `s0`, `s1`, … */
export function referenceOf(
  patterns: readonly string[],
  options: Readonly<Record<string, unknown>>,
): ReferencePolicy {
  const scopes = patterns.map(
    (pattern, id) => [`s${id}`, { label: 'x', endpoints: [{ [pattern]: ['GET'] }] }] as const,
  )
  return referencePolicy({ $options: options, ...Object.fromEntries(scopes) })
}

export function rulesOf(options: Readonly<Record<string, unknown>>): PathRules {
  return policyData(loadPolicy({ $options: options, s: { label: 'x', endpoints: ['a'] } })).rules
}

/** Of one template, with these patterns by their numbers. */
export function reachOf(
  template: string,
  patterns: readonly string[],
  options: Readonly<Record<string, unknown>>,
  excluded: readonly string[] = [],
): ReturnType<Reach['of']> {
  const rules = rulesOf(options)
  const read = (path: string): ReturnType<typeof readTemplate> => readTemplate(plainParts(path), rules)
  const reach = new Reach(
    patterns.map((pattern) => readPattern(pattern, rules)),
    rules,
    new SearchBudget(),
  )
  return reach.of({
    template: read(template),
    excluded: excluded.map((path) => itemsOfTemplate(read(path))),
  })
}
