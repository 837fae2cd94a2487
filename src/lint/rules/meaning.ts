/** Rules about what a policy allows, in order. */
import { inGroup, type Rule } from '../rule.ts'
import { basePathInPattern } from './meaning/base-path-in-pattern.ts'
import { caseOnlyDifference } from './meaning/case-only-difference.ts'
import { deprecatedScopeIncluded } from './meaning/deprecated-scope-included.ts'
import { doubleStar } from './meaning/double-star.ts'
import { duplicateEndpoint } from './meaning/duplicate-endpoint.ts'
import { equivalentScopes } from './meaning/equivalent-scopes.ts'
import { extensionInPattern } from './meaning/extension-in-pattern.ts'
import { foreignSyntax } from './meaning/foreign-syntax.ts'
import { grantsEverything } from './meaning/grants-everything.ts'
import { hostInPattern } from './meaning/host-in-pattern.ts'
import { methodInPattern } from './meaning/method-in-pattern.ts'
import { mixedLeadingSlash } from './meaning/mixed-leading-slash.ts'
import { pathInName } from './meaning/path-in-name.ts'
import { queryInPattern } from './meaning/query-in-pattern.ts'
import { redundantCombination } from './meaning/redundant-combination.ts'
import { redundantEndpoint } from './meaning/redundant-endpoint.ts'
import { redundantMethod } from './meaning/redundant-method.ts'
import { routeParameter } from './meaning/route-parameter.ts'
import { scopeWithoutEndpoints } from './meaning/scope-without-endpoints.ts'
import { unreachableEndpoint } from './meaning/unreachable-endpoint.ts'
import { widenedByComment } from './meaning/widened-by-comment.ts'
import { wildcardCrossesSegments } from './meaning/wildcard-crosses-segments.ts'

export const MEANING_RULES: readonly Rule[] = inGroup('meaning', [
  // Patterns that cannot do what they say.
  unreachableEndpoint,
  methodInPattern,
  hostInPattern,
  queryInPattern,
  routeParameter,
  foreignSyntax,
  extensionInPattern,
  basePathInPattern,
  caseOnlyDifference,
  // Patterns that grant more than they seem to.
  grantsEverything,
  widenedByComment,
  wildcardCrossesSegments,
  doubleStar,
  // What is said twice, or not at all.
  duplicateEndpoint,
  redundantEndpoint,
  redundantMethod,
  equivalentScopes,
  scopeWithoutEndpoints,
  mixedLeadingSlash,
  // Names of tools, and of scopes.
  pathInName,
  redundantCombination,
  deprecatedScopeIncluded,
])
