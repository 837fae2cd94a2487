/** From a policy and what a client asks for to what a person is asked. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { policyData } from '../../analysis/policy-data.ts'
import { scopeNames } from '../../decision/scope-names.ts'
import type { Policy, ScopesArgument } from '../../decision/types.ts'
import type { Scope } from '../../policy/model.ts'
import { checkConsentOptions } from './check-options.ts'
import { changedSince } from '../record/changed.ts'
import { choices } from './choices.ts'
import { fold } from './fold.ts'
import { bestLanguage, type LanguageOptions, Languages } from './language.ts'
import { pathsOf } from './paths.ts'
import { scopeItem } from './scope-item.ts'
import type {
  ConsentGroup,
  ConsentItem,
  ConsentRecord,
  ConsentScope,
  ConsentText,
  ConsentView,
  Widening,
} from './types.ts'

export interface ConsentOptions extends LanguageOptions {
  /**
   * What this person granted this client before: names of scopes, or better the record of it, which also
   * tells whether a scope has come to mean more since.
   */
  readonly granted?: ScopesArgument | ConsentRecord | undefined
}

/**
 * What to ask a person for, when a client requests these scopes.
 *
 * Requested are an array, a `Set` or the text of a `scope` parameter (RFC 6749 §3.3). The policy must come
 * from `loadPolicy` or `parsePolicy`: a compiled one has no labels. Throws `TypeError` for anything else,
 * also for options that are wrong and a record that cannot be read; never on what a request can bring.
 */
export function consent(
  policy: Policy,
  requestedScopes: ScopesArgument,
  given: ConsentOptions = {},
): ConsentView {
  const options = checkConsentOptions(given)
  assertLoaded(policy)
  const requested = namesOf(requestedScopes, 'requestedScopes')
  const languages = new Languages(options)
  const earlier = earlierGrants(policy, options.granted)
  const known = [...policy.scopes.keys()].filter((name) => requested.has(name))
  const granted: ConsentScope[] = []
  const groups = new Map<string, ConsentText | undefined>()
  const asked: { readonly item: ConsentItem; readonly group: string }[] = []
  for (const name of known) {
    const scope = policy.scopes.get(name) as Scope
    const shown = scopeItem(policy, scope, languages)
    const status = statusOf(name, earlier)
    if (status === null) {
      granted.push(shown)
      continue
    }
    const label = scope.group === undefined ? undefined : languages.text(scope.group)
    const group = label === undefined ? '' : `=${label.text}`
    if (!groups.has(group)) groups.set(group, label)
    asked.push({ item: { ...shown, optional: scope.optional, includes: [], ...status }, group })
  }
  const included = choices(
    policy,
    asked.map(({ item }) => item),
    granted,
  )
  const lines = asked.map(({ item, group }) => ({ item: { ...item, ...included.get(item.scope) }, group }))
  const items = lines.map(({ item }) => item)
  const fingerprint = policy.fingerprint
  return {
    id: viewId(fingerprint, items, granted),
    fingerprint,
    locale: localeOf([...items, ...granted], languages),
    languages: languages.wanted,
    paths: pathsOf(policyData(policy)),
    groups: grouped(groups, lines, fold(policy, items)),
    granted,
    unknown: [...requested].filter((name) => !policy.scopes.has(name)),
  }
}

function assertLoaded(policy: Policy): void {
  try {
    policyData(policy)
  } catch {
    throw new TypeError('consent needs a policy with labels, as loadPolicy and parsePolicy give it')
  }
}

function namesOf(scopes: unknown, what: string): ReadonlySet<string> {
  const names = scopeNames(scopes)
  if (names === null) throw new TypeError(`${what} must be an array, a Set or a string of scope names`)
  return new Set(names.filter((name) => name !== ''))
}

interface EarlierGrants {
  readonly names: ReadonlySet<string>
  readonly widened: ReadonlyMap<string, Widening>
}

function earlierGrants(policy: Policy, granted: ConsentOptions['granted']): EarlierGrants | null {
  if (granted === undefined) return null
  if (!isRecord(granted)) return { names: namesOf(granted, 'granted'), widened: new Map() }
  const { askAgain, change, scopes, witness } = changedSince(granted, policy)
  const widened = new Map<string, Widening>()
  if (askAgain) {
    for (const { scope, ...widening } of scopes) widened.set(scope, widening)
    // Only together do they allow more, or nobody can tell: then none of them is as it was.
    if (widened.size === 0) {
      const rest = {
        added: [],
        ...(witness && { witness }),
        ...(change === 'undecided' && { undecided: change }),
      }
      for (const scope of granted.scopes) widened.set(scope, rest)
    }
  }
  return { names: new Set(granted.scopes), widened }
}

function isRecord(granted: ScopesArgument | ConsentRecord): granted is ConsentRecord {
  return typeof granted === 'object' && (granted as unknown) !== null && 'fingerprint' in granted
}

/** Null for what need not be asked again. */
function statusOf(name: string, earlier: EarlierGrants | null): Pick<ConsentItem, 'new' | 'widened'> | null {
  if (earlier === null) return {}
  if (!earlier.names.has(name)) return { new: true }
  const widened = earlier.widened.get(name)
  return widened === undefined ? null : { widened }
}

function grouped(
  groups: ReadonlyMap<string, ConsentText | undefined>,
  asked: readonly { readonly item: ConsentItem; readonly group: string }[],
  folding: ReadonlyMap<string, string>,
): readonly ConsentGroup[] {
  const included = new Map<string, ConsentScope[]>()
  for (const { item } of asked) {
    const host = folding.get(item.scope)
    if (host === undefined) continue
    const { scope, label, lang, dir, description, risk, access } = item
    const kept = { scope, label, lang, dir, ...(description && { description }), risk, access }
    included.set(host, [...(included.get(host) ?? []), kept])
  }
  return [...groups].flatMap(([group, label]) => {
    const items = asked
      .filter((one) => one.group === group && !folding.has(one.item.scope))
      .map(({ item }) => ({ ...item, includes: included.get(item.scope) ?? [] }))
    return items.length === 0 ? [] : [{ ...(label && { label }), items }]
  })
}

/** Of what is asked and offered, not of how it is shown: languages and folding make no difference. */
function viewId(
  fingerprint: string,
  items: readonly ConsentItem[],
  granted: readonly ConsentScope[],
): string {
  const asked = items.map(({ scope, optional, widened, includedIn }) => {
    const offer = optional && includedIn !== undefined ? [includedIn] : []
    return [scope, optional, widened !== undefined, ...offer]
  })
  const text = JSON.stringify([fingerprint, asked, granted.map(({ scope }) => scope)])
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)
}

function localeOf(scopes: readonly ConsentScope[], { wanted }: Languages): string {
  const counts = new Map<string, number>()
  for (const { lang } of scopes) if (lang !== '') counts.set(lang, (counts.get(lang) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return bestLanguage(wanted, [...counts.keys()]) ?? most?.[0] ?? wanted[0] ?? ''
}
