/**
 * A policy for Istio: an `AuthorizationPolicy` that asks for a token, and an `EnvoyFilter` with the filters of
 * `envoy.ts`, which decide.
 *
 * An `AuthorizationPolicy` alone cannot say a policy: its paths have one star at an end, or templates that match
 * `..`, escapes and semicolons as well, so that the path rules, stars in the middle of a path and a slash at the end
 * are beyond it. The proxies of the mesh are Envoy, and what Envoy decides is exact.
 */
import type { Policy } from '../decision/types.ts'
import { printYaml } from '../yaml/print-yaml.ts'
import { envoyFilters } from './envoy.ts'
import type { Exported } from './model.ts'

const INTRODUCTION = `# Written by \`scope-policy export --to istio\`. Apply it in the namespace of the workload, and add
#   spec.selector.matchLabels to the AuthorizationPolicy, spec.workloadSelector.labels to the EnvoyFilter.
#
# A RequestAuthentication has to verify the tokens: its claims are what the filters read.
# The mesh has to leave the path as received: meshConfig.pathNormalization.normalization: NONE.
# Refused targets are denied here, so nothing that other normalizations would change is let through.
# Envoy itself answers 400 to targets with a \`#\` in the query, which no URI has there.
`

/** Throws `TypeError` for what is not a loaded policy. */
export function toIstio(policy: Policy): Exported {
  const { filters, unexpressed } = envoyFilters(policy)
  const tokens = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'scope-policy-token' },
    spec: { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] },
  }
  const decisions = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'scope-policy' },
    spec: {
      configPatches: filters.map((value) => ({
        applyTo: 'HTTP_FILTER',
        match: {
          listener: {
            filterChain: {
              filter: {
                name: 'envoy.filters.network.http_connection_manager',
                subFilter: { name: 'envoy.filters.http.router' },
              },
            },
          },
        },
        patch: { operation: 'INSERT_BEFORE', value },
      })),
    },
  }
  const text = [tokens, decisions].map(printYaml).join('---\n')
  return { files: [{ name: 'scope-policy.yaml', text: `${INTRODUCTION}${text}` }], unexpressed }
}
