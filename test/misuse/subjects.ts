/** The policies that are misused, in every form in which a policy can be. */
import { fromCompiled, toCompiled, toModule } from '../../src/compiled/index.ts'
import type { Policy } from '../../src/index.ts'
import { imported } from '../compiled/forms.ts'
import { policyOf } from '../properties/policy-of.ts'

/** A policy with its types stripped. */
export interface Loose {
  readonly authorize: (scopes: unknown, method: unknown, path: unknown) => unknown
  readonly grant: (scopes: unknown) => {
    readonly authorize: (method: unknown, path: unknown) => unknown
    readonly scopes: readonly string[]
  }
  readonly explain: (scopes: unknown, method: unknown, path: unknown) => { readonly allowed: unknown }
  readonly scopesFor: (method: unknown, path: unknown) => readonly string[]
  readonly methodsFor: (scopes: unknown, path: unknown) => readonly string[]
  /** Loaded policies only. */
  readonly minimalScopes?: (requests: unknown) => readonly string[] | null
}

export type Subject = readonly [name: string, policy: Loose]

/** Names that coerced values, indexes and members of prototypes would hit. */
const TRAPS = ['undefined', 'null', 'true', '0', '1', '[object-Object]', '__proto__', 'constructor', 'length']

const narrow = { label: 'n', endpoints: [{ 'workers/me': 'GET' }, 'public/*', 'caf%C3%A9/x'] }
const wide = { label: 'w', endpoints: ['*', { 'workers/me': ['GET', 'HEAD'] }] }

/** More scopes than are gone through without filters. */
const many: Readonly<Record<string, object>> = Object.fromEntries([
  ...TRAPS.map((name): [string, object] => [name, wide]),
  ...Array.from({ length: 12 }, (_, at): [string, object] => [
    `s${at}`,
    { label: 's', endpoints: [`s${at}/*/x`] },
  ]),
])

export const DOCUMENTS: Readonly<Record<string, object>> = {
  small: { narrow, wide },
  many: { ...many, narrow, wide },
  options: { $options: { preset: 'cerb', basePath: '' }, ...many, narrow, wide },
  segment: {
    $options: { wildcard: 'segment', head: 'as-get' },
    narrow: { label: 'n', endpoints: [{ 'workers/me': 'GET' }, 'public/**', 'caf%C3%A9/x'] },
    wide: { label: 'w', endpoints: ['**'] },
  },
}

/** A literal object cannot have `__proto__` as a name. */
function withProto(document: object): object {
  return Object.fromEntries([...Object.entries(document), ['__proto__', wide]])
}

export async function subjects(): Promise<readonly Subject[]> {
  const list: Subject[] = []
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    const policy: Policy = policyOf(name === 'small' || name === 'segment' ? document : withProto(document))
    list.push(
      [`${name}, loaded`, policy as unknown as Loose],
      [`${name}, from data`, fromCompiled(JSON.stringify(toCompiled(policy))) as unknown as Loose],
      [`${name}, as module`, (await imported(toModule(policy))) as unknown as Loose],
    )
  }
  return list
}

export const PATHS = ['/workers/me', '/public/', '/caf%c3%a9/x', '/a/../b', '/x?q'] as const
