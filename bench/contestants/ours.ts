/**
 * This package, in its three forms: `authorize` with the scopes of the token on every call; `grant`, which
 * resolves them once per token; and `authorize` of the module that a policy is compiled to. All check every
 * path; nothing else here does.
 *
 * The package comes in as an argument, because the benchmark measures the built files and the tests of the
 * benchmark the sources.
 */
import type * as Compiled from '../../src/compiled/index.ts'
import type * as Package from '../../src/index.ts'
import { moduleUrl } from '../measure/compiled.ts'
import { type Contestant, perCall, type PolicyInput } from './contestant.ts'

export interface OurPackage {
  readonly loadPolicy: typeof Package.loadPolicy
  /** Missing in builds from before there were compiled policies. */
  readonly compiled?: Pick<typeof Compiled, 'toModule' | 'toCompiled' | 'fromCompiled'>
}

function load(ours: OurPackage, { yaml, pathLength }: PolicyInput): Package.Policy {
  return ours.loadPolicy(yaml(), pathLength === undefined ? {} : { limits: { pathLength } })
}

export function ourContestants(
  ours: OurPackage,
): readonly [authorize: Contestant, grant: Contestant, module: Contestant] {
  return [
    {
      name: 'ours',
      family: 'ours',
      about: '`policy.authorize(scopes, method, path)`',
      create: (policy) => perCall(load(ours, policy).authorize),
    },
    {
      name: 'ours-grant',
      family: 'ours',
      about: '`policy.grant(scopes)` once per token, then `grant.authorize(method, path)`',
      resolved: true,
      create: (policy) => {
        const { grant } = load(ours, policy)
        return {
          authorize: (resolved: Package.Grant, method, path) => resolved.authorize(method, path),
          subjectOf: (scopes) => grant(scopes),
        }
      },
    },
    {
      name: 'ours-module',
      family: 'ours',
      about: '`authorize` of the module that `toModule(policy)` gives',
      create: async (policy) => {
        if (ours.compiled === undefined) throw new Error('this build has no compiled policies')
        const source = ours.compiled.toModule(load(ours, policy))
        const { authorize } = (await import(moduleUrl(source))) as Pick<Package.Policy, 'authorize'>
        return perCall(authorize)
      },
    },
  ]
}
