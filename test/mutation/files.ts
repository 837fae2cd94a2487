import { readdirSync } from 'node:fs'

/**
 * What is mutated, and for each file the tests that may kill a mutant there, the closest first: the first
 * test that fails ends the work on a mutant.
 *
 * Only close and quick tests are named. A mutant that they let live and a property, the fuzzer or an
 * exhaustive world would find is still a gap: the next person who changes that line has no named test that
 * says what it is for.
 */
export const TESTS: Readonly<Record<string, readonly string[]>> = {
  'pattern/canonical': [
    'pattern/request-path-options',
    'pattern/canonical',
    'pattern/request-path',
    'pattern/request-path-bytes',
  ],
  'pattern/charset': ['pattern/charset'],
  'pattern/clean': ['pattern/clean', 'decision/authorize'],
  'pattern/expression': ['pattern/segment-source', 'pattern/segment-pattern'],
  'pattern/name': ['names/uri-law', 'names/policy'],
  'pattern/unescaped': ['pattern/segment-pattern', 'golden/golden'],
  'pattern/pattern': ['pattern/pattern', 'pattern/unreachable', 'pattern/segment-pattern'],
  'pattern/request-path': [
    'pattern/request-path',
    'pattern/request-path-options',
    'pattern/request-path-bytes',
    'policy/options',
  ],
  'pattern/segment-pattern': ['pattern/segment-source'],
  'pattern/unreachable': ['pattern/pattern', 'pattern/unreachable'],
  'matcher/build': ['matcher/build', 'matcher/walk', 'decision/nearest'],
  'matcher/find-run': ['matcher/find-run'],
  'automaton/flat-nfa': ['decision/narrowest', 'decision/denial'],
  'matcher/read-trees': ['decision/narrowest', 'compiled/forged'],
  'matcher/layout': ['matcher/layout'],
  'matcher/method-sets': ['matcher/method-sets'],
  'matcher/pattern-matcher': ['matcher/pattern-matcher'],
  'matcher/run-automaton': ['matcher/run-automaton'],
  'matcher/tables': ['matcher/tables'],
  'matcher/trie': ['matcher/trie'],
  'matcher/walk': ['matcher/walk', 'decision/trailing-slash', 'properties/found-differences'],
  'automaton/accepted-paths': ['automaton/accepted-paths'],
  'automaton/search-budget': ['automaton/search-budget'],
  'automaton/processor-time': ['automaton/processor-time'],
  'automaton/effort': ['decision/denial'],
  'automaton/sample': ['decision/narrowest', 'decision/denial'],
  'automaton/glob-trie': ['automaton/glob-trie', 'automaton/request-automaton'],
  'automaton/inclusion': ['automaton/inclusion'],
  'automaton/intersection': ['automaton/intersection'],
  'automaton/letters': ['automaton/request-automaton', 'automaton/product-search'],
  'automaton/template-automaton': ['automaton/template-automaton'],
  'automaton/nfa-union': ['automaton/nfa-union'],
  'automaton/nfa': ['automaton/nfa', 'pattern/segment-pattern'],
  'automaton/path-table': ['automaton/path-table', 'automaton/request-automaton'],
  'automaton/pattern-set': ['automaton/request-automaton', 'automaton/product-search'],
  'automaton/product-search': ['automaton/product-search'],
  'automaton/read-patterns': ['automaton/request-automaton', 'automaton/product-search'],
  'automaton/request-automaton': ['automaton/request-automaton', 'automaton/product-search'],
  'decision/queries': ['decision/grant', 'decision/explain', 'decision/scopes-for'],
  'decision/allowing-sets': ['names/everything', 'names/policy'],
  'decision/automaton-inclusion': ['decision/narrowest', 'decision/denial'],
  'decision/denial-of': ['decision/denial'],
  'decision/deprecated': ['names/policy'],
  'decision/endpoints': ['decision/explain', 'decision/loaded-endpoints'],
  'decision/held-scopes': ['names/policy', 'names/everything'],
  'decision/internals': ['decision/policy'],
  'decision/minimal-of': ['usage/usage', 'decision/minimal-scopes'],
  'decision/minimal-union': ['decision/minimal-scopes', 'names/everything'],
  'decision/policy-authorizer': ['names/policy', 'decision/authorize'],
  'decision/tree-inclusion': ['decision/narrowest', 'decision/denial'],
  'decision/with-denial': ['decision/denial'],
  'decision/authorize-names': ['names/policy', 'names/everything'],
  'decision/plain-sets': ['decision/explain', 'decision/trailing-slash', 'names/policy'],
  'decision/authorize': [
    'decision/authorizer',
    'decision/scopes-argument',
    'decision/grant',
    'decision/authorize',
  ],
  'decision/explain': ['decision/explain'],
  'decision/loaded-endpoints': ['decision/loaded-endpoints', 'decision/explain', 'decision/scopes-for'],
  'decision/minimal-scopes': ['decision/minimal-scopes', 'analysis/minimal-scopes'],
  'decision/narrowest': ['decision/narrowest'],
  'decision/nearest': ['decision/nearest'],
  'decision/policy': ['decision/policy', 'decision/explain', 'decision/authorize', 'misuse/immutable'],
  'decision/scope-names': ['decision/scope-names'],
  'analysis/automaton-cache': ['analysis/automaton-cache'],
  'analysis/combined': ['analysis/combined'],
  'analysis/compare-request-sets': ['analysis/compare-request-sets'],
  'analysis/piecewise': ['analysis/piecewise'],
  'analysis/name-gains': ['analysis/name-gains'],
  'analysis/coverage': ['analysis/coverage'],
  'analysis/policy-data': ['analysis/policy-data'],
  'analysis/renames': ['analysis/renames'],
  'analysis/sample': ['analysis/sample'],
  'analysis/scope-change': ['analysis/scope-change'],
  'analysis/search-budget-for': ['analysis/search-budget-for'],
  'analysis/own-requests': ['analysis/own-requests'],
  'analysis/request-set': ['analysis/request-set'],
  'analysis/short-common': ['analysis/short-common'],
  'analysis/short-difference': ['analysis/short-difference'],
  'analysis/common-path': ['analysis/common-path'],
  'analysis/glob': ['analysis/glob'],
  'analysis/glob-index': ['analysis/glob-index'],
  'analysis/literal-start': ['analysis/literal-start'],
  'openapi/compare/agreement': ['openapi/agreement'],
  'openapi/compare/alphabet': ['openapi/alphabet'],
  'openapi/compare/base-paths': ['openapi/base-paths'],
  'openapi/compare/coverage': ['openapi/coverage', 'openapi/combinations'],
  'openapi/compare/endpoint-list': ['openapi/endpoint-list'],
  'openapi/compare/plain-operation': ['openapi/plain-operation'],
  'openapi/compare/plain-intersection': ['openapi/plain-intersection'],
  'openapi/compare/plain-pattern': ['openapi/plain-pattern'],
  'openapi/compare/segments': ['openapi/segments'],
  'openapi/compare/shapes': ['openapi/shapes'],
  'openapi/compare/reach': ['openapi/reach'],
  'openapi/import/draft': ['openapi/draft'],
  'openapi/import/print-policy': ['openapi/print-policy'],
  'openapi/import/pattern-text': ['openapi/pattern-text'],
  'openapi/import/redundant': ['openapi/redundant'],
  'openapi/import/scope-text': ['openapi/scope-text'],
  'openapi/error': ['openapi/error'],
  'openapi/model': ['openapi/model'],
  'openapi/read/parameters': ['openapi/parameters'],
  'openapi/read/parse': ['openapi/parse'],
  'openapi/read/plain-object': ['openapi/plain-object'],
  'openapi/read/read-openapi': ['openapi/read-openapi'],
  'openapi/read/read-operations': ['openapi/read-operations'],
  'openapi/read/references': ['openapi/references'],
  'openapi/read/security': ['openapi/security'],
  'openapi/read/servers': ['openapi/servers'],
  'openapi/read/template': ['openapi/template'],
  'openapi/read/template-syntax': ['openapi/template-syntax'],
}

/** Nothing in these can be mutated: types, or a constant that only has to change. */
const WITHOUT_MUTANTS = new Set([
  'decision/named',
  'decision/parts',
  'decision/types',
  'analysis/index',
  'analysis/types',
  'openapi/compare/types',
  'openapi/index',
])

/** Not mutated yet. A file leaves this list with quick tests beside it, and its first run. */
const NOT_YET = new Set(
  [
    ...['compare-policies', 'compare-scopes', 'equal-scopes'],
    ...['redundant', 'request-sets', 'scope-relations'],
  ]
    .map((name) => `analysis/${name}`)
    .concat('openapi/import/from-openapi'),
)

/** All files of the folders that decide, and of those whose answers people trust as proofs. */
export function mutatedFiles(): readonly string[] {
  return ['pattern', 'matcher', 'automaton', 'decision', 'analysis', 'openapi'].flatMap((folder) =>
    readdirSync(new URL(`../../src/${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replace(/\.ts$/, '')}`)
      .filter((file) => !WITHOUT_MUTANTS.has(file) && !NOT_YET.has(file)),
  )
}
