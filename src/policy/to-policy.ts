/**
 * Document to policy: from spans and scalars to scopes, patterns and methods.
 *
 * Called on documents of any shape: what the shape check refused is skipped here, everything else is
 * read, so that all problems of a document are reported together. A policy may be used only if nothing
 * was skipped and no error was reported.
 */
import { isMisnamedScope } from './shape/combination.ts'
import type { Document, ScalarNode } from '../yaml/node.ts'
import { BASELINE } from '../language/scope-fields.ts'
import { formatNumber } from '../diagnostic/words.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { checkIncludes, withIncluded, type Include } from './includes.ts'
import { checkNames, type OtherName } from './check-names.ts'
import type { Combination, PolicyOptions, Scope } from './model.ts'
import type { InterpretedEndpoint, PolicyData } from './policy-data.ts'
import { ScopeReader } from './read-scope.ts'
import type { ReadContext } from './read-context.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/**
 * Scopes with all that they include may be so many times the endpoints that a document may have. Counted are
 * the endpoints and the steps to them, so that a long chain of scopes without endpoints is bounded as well.
 */
const INCLUDED = 10

/** Reads the scopes of a document; null when nothing in it can be read as scopes. */
export function toPolicy(
  document: Document,
  options: PolicyOptions,
  rules: PathRules,
  reading: ReadContext,
): PolicyData | null {
  const { limits, report, skip } = reading
  if (document.root.kind !== 'map') return null
  const reader = new ScopeReader(options, rules, reading)
  const own = new Map<string, readonly InterpretedEndpoint[]>()
  const scopes = new Map<string, Scope>()
  const includes = new Map<string, readonly Include[]>()
  const combinations = new Map<string, Combination>()
  const otherNames: OtherName[] = []
  const needed: [ScalarNode, readonly Include[]][] = []
  let baseline: Combination | undefined
  for (const entry of document.root.entries) {
    const { key, value } = entry
    if (isMisnamedScope(entry, document.root)) {
      skip(value)
      // The name is what is wrong; nothing is said of there being no scopes.
      includes.set(key.text, [])
      continue
    }
    if (key.text === BASELINE || (key.text.includes(' ') && !key.text.startsWith('$'))) {
      if (value.kind !== 'map') {
        skip(value)
        continue
      }
      const endpoints = reader.endpoints(key, value)
      const names = key.text === BASELINE ? [] : [...new Set(key.text.split(' '))]
      const combination: Combination = Object.freeze({
        scopes: Object.freeze(names),
        endpoints: Object.freeze(endpoints.map(({ endpoint }) => endpoint)),
        ...reader.nameGrants(value),
      })
      own.set(key.text, endpoints)
      if (key.text === BASELINE) baseline = combination
      else {
        combinations.set(key.text, combination)
        needed.push([key, key.text.split(' ').map((name) => ({ name, span: key.span }))])
      }
      continue
    }
    if (key.text === '$options' || key.text === '$schema') continue
    if (value.kind !== 'map' || key.text.startsWith('$')) skip(value)
    if (key.text.startsWith('$')) continue
    warnAmbiguous(key, 'scope name', report)
    const included = value.kind === 'map' ? reader.includes(value) : []
    // Known by name even when the rest is unreadable: `includes` elsewhere is then no error.
    includes.set(key.text, included)
    if (value.kind !== 'map') continue
    const endpoints = reader.endpoints(key, value)
    own.set(key.text, endpoints)
    scopes.set(key.text, reader.scope(key.text, value, included, endpoints))
    needed.push([key, reader.successors(value)])
    for (const field of ['aliases', 'requestAs'] as const) {
      for (const { name, span } of reader.names(value, field))
        otherNames.push({ name, span, field, scope: key.text })
    }
  }
  if (includes.size === 0 && own.size === 0 && !document.root.unread) {
    report({
      code: 'no-scopes',
      span: document.root.span,
      message: 'this document has no scopes, so it grants nothing',
      help: 'write at least one scope',
    })
  }
  if (!checkIncludes(includes, report)) return null
  if (!checkNames({ names: new Set(includes.keys()), needed, otherNames }, report)) return null
  const grants = new Map<string, readonly InterpretedEndpoint[]>()
  let budget = limits.endpoints * INCLUDED
  for (const { key } of document.root.entries) {
    const first = own.get(key.text)
    if (first === undefined) continue
    const all = withIncluded(key.text, scopes)
    const endpoints = all.length === 1 ? first : all.flatMap((scope) => own.get(scope) ?? [])
    budget -= all.length + endpoints.length
    if (budget < 0) {
      report({
        code: 'limit-exceeded',
        span: key.span,
        message: `with all that \`includes\` repeat there are more than ${formatNumber(limits.endpoints * INCLUDED)} scopes and endpoints`,
        help: 'include fewer scopes, or raise `limits.endpoints` in code',
      })
      return null
    }
    grants.set(key.text, endpoints)
  }
  for (const key of [...combinations.keys(), ...(baseline === undefined ? [] : [BASELINE])]) {
    // Last of all, whatever the order of the document.
    const endpoints = grants.get(key) ?? []
    grants.delete(key)
    grants.set(key, endpoints)
  }
  return { options, rules, scopes, combinations, ...(baseline && { baseline }), grants }
}
