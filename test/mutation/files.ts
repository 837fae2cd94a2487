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
}

/** Nothing in these can be mutated: types, or a constant that only has to change. */
const WITHOUT_MUTANTS = new Set(['decision/named', 'decision/parts', 'decision/types'])

/** All files of the folders that decide. */
export function mutatedFiles(): readonly string[] {
  return ['pattern', 'matcher', 'automaton', 'decision'].flatMap((folder) =>
    readdirSync(new URL(`../../src/${folder}/`, import.meta.url))
      .map((name) => `${folder}/${name.replace(/\.ts$/, '')}`)
      .filter((file) => !WITHOUT_MUTANTS.has(file)),
  )
}
