/** From a policy and what a client asks for to what a person is asked. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { policyData } from '../../analysis/policy-data.ts'
import { scopeNames } from '../../decision/scope-names.ts'
import type { Policy, ScopesArgument } from '../../decision/types.ts'
import type { Scope } from '../../policy/model.ts'
import { checkConsentOptions, type ConsentOptions } from './check-options.ts'
import { searchBudgetFor } from '../../analysis/search-budget-for.ts'
import { ownMembers } from '../own.ts'
import { changeOf } from '../record/changed.ts'
import { grantsOf, isLive, readRecords } from '../record/read.ts'
import { accessOf } from './access.ts'
import { choices } from './choices.ts'
import { fold } from './fold.ts'
import { KnownTools } from './known-tools.ts'
import { bestLanguage, Languages } from './language.ts'
import { pathsOf } from './paths.ts'
import { shownRisk } from './risk.ts'
import { scopeNamed } from './scope-named.ts'
import type {
  ConsentGroup,
  ConsentItem,
  ConsentRecord,
  ConsentScope,
  ConsentText,
  ConsentView,
  Widening,
} from './types.ts'

export type { ConsentOptions }

/**
 * What to ask a person for, when a client requests these scopes.
 *
 * Requested are an array, a `Set` or the text of a `scope` parameter (RFC 6749 §3.3), by the names of scopes, their
 * `requestAs` or `aliases`; the view has the names of scopes. The policy must come
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
  const asIs = namesOf(requestedScopes, 'requestedScopes')
  const requested = namesToday(policy, asIs)
  const languages = new Languages(options)
  const known = new KnownTools(options.tools ?? [])
  const review = options.review === true
  const earlier = earlierDecisions(policy, options)
  const held = [...policy.scopes.keys()].filter(
    (name) => requested.has(name) || earlier?.granted.has(name) === true,
  )
  const declined: ConsentScope[] = []
  const granted: ConsentScope[] = []
  const implicit: ConsentScope[] = []
  const groups = new Map<string, ConsentText | undefined>()
  const asked: Asked[] = []
  const mayRefuse = namesToday(policy, options.optional ?? [])
  for (const name of policy.scopes.keys()) {
    if (!requested.has(name)) continue
    const scope = ownMembers(policy.scopes.get(name) as Scope)
    const shown = scopeItem(policy, scope, { languages, held, known })
    const optional = scope.optional || mayRefuse.has(name)
    const status = statusOf(name, earlier)
    if (scope.consent === 'implicit') {
      implicit.push(shown)
      continue
    }
    if (!review && status.earlier === 'granted' && status.widened === undefined && !status.expired) {
      granted.push(shown)
      continue
    }
    if (!review && optional && status.earlier === 'declined' && !status.expired) {
      declined.push(shown)
      continue
    }
    const label = scope.group === undefined ? undefined : languages.text(scope.group)
    const group = label === undefined ? '' : `=${label.text}`
    if (!groups.has(group)) groups.set(group, label)
    asked.push({ item: itemOf(shown, optional, status), group })
  }
  const included = choices(
    policy,
    asked.map(({ item }) => item),
    [...granted, ...implicit],
  )
  const lines = asked.map(({ item, group }) => ({
    item: ownMembers({ ...item, ...included.get(item.scope) }),
    group,
  }))
  const items = lines.map(({ item }) => item)
  const fingerprint = policy.fingerprint
  return {
    id: viewId(fingerprint, items, [granted, declined, implicit], review),
    fingerprint,
    locale: localeOf([...items, ...granted], languages),
    languages: languages.wanted,
    paths: pathsOf(policyData(policy)),
    groups: grouped(groups, lines, fold(policy, items)),
    granted,
    declined,
    implicit,
    unknown: [...asIs].filter((name) => scopeNamed(policy, name) === undefined),
    nothingToAsk: items.length === 0,
    ...(review && { review }),
  }
}

interface Reading {
  readonly languages: Languages
  /** As in {@link accessOf}. */
  readonly held: readonly string[]
  readonly known: KnownTools
}

/** What is shown of a scope, which has no prototype. */
function scopeItem(policy: Policy, scope: Scope, { languages, held, known }: Reading): ConsentScope {
  const { text, lang, dir } = languages.text(scope.label)
  const access = accessOf(policy, scope.name, held)
  const risk = shownRisk(scope.risk, access)
  const tools = known.openedBy(access)
  return {
    scope: scope.name,
    label: text,
    lang,
    dir,
    ...(scope.description !== undefined && { description: languages.text(scope.description) }),
    ...(risk !== undefined && { risk }),
    access,
    ...(tools !== undefined && { tools }),
  }
}

interface Asked {
  readonly item: ConsentItem
  /** Key of the group. */
  readonly group: string
}

function itemOf(shown: ConsentScope, optional: boolean, { earlier, widened, isNew }: Status): ConsentItem {
  return ownMembers({
    ...shown,
    optional,
    includes: [],
    ...(isNew && { new: true }),
    ...(earlier !== undefined && { earlier }),
    ...(widened !== undefined && { widened }),
  })
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

/** Names of scopes that they had before, or by which clients ask for them, as the names of today. */
function namesToday(policy: Policy, names: Iterable<string>): ReadonlySet<string> {
  return new Set([...names].map((name) => scopeNamed(policy, name) ?? name))
}

interface EarlierDecisions {
  readonly granted: ReadonlySet<string>
  readonly declined: ReadonlySet<string>
  /** Of both: what no longer counts. */
  readonly expired: ReadonlySet<string>
  readonly widened: ReadonlyMap<string, Widening>
}

function earlierDecisions(policy: Policy, { granted, at }: ConsentOptions): EarlierDecisions | null {
  if (granted === undefined) return null
  if (!areRecords(granted)) {
    const names = namesOf(granted, 'granted')
    return { granted: namesToday(policy, names), declined: new Set(), expired: new Set(), widened: new Map() }
  }
  const time = (at ?? new Date()).getTime()
  const decisions = readRecords(granted)
  const expired = [...decisions.values()].filter((one) => !isLive(one, time)).map(({ scope }) => scope)
  const live = grantsOf(decisions).filter((one) => isLive(one, time))
  const today = (name: string): string => scopeNamed(policy, name) ?? name
  const { askAgain, change, scopes, witness } = changeOf(live, policy, searchBudgetFor(undefined))
  const widened = new Map<string, Widening>()
  if (askAgain) {
    for (const { scope, ...widening } of scopes) widened.set(today(scope), widening)
    // Only together do they allow more, or that is undecided: then none of them is as it was.
    if (widened.size === 0) {
      const rest = {
        added: [],
        ...(witness && { witness }),
        ...(change === 'undecided' && { undecided: change }),
      }
      for (const { scope } of live) widened.set(today(scope), rest)
    }
  }
  return {
    granted: new Set(grantsOf(decisions).map(({ scope }) => today(scope))),
    declined: new Set([...decisions.values()].filter((one) => !one.granted).map(({ scope }) => today(scope))),
    expired: new Set(expired.map(today)),
    widened,
  }
}

function areRecords(
  granted: NonNullable<ConsentOptions['granted']>,
): granted is ConsentRecord | readonly ConsentRecord[] {
  if (Array.isArray(granted)) return granted.length > 0 && granted.every(isRecord)
  return isRecord(granted)
}

function isRecord(granted: unknown): granted is ConsentRecord {
  return typeof granted === 'object' && granted !== null && Object.hasOwn(granted, 'fingerprint')
}

interface Status {
  readonly isNew: boolean
  readonly earlier: 'granted' | 'declined' | undefined
  readonly expired: boolean
  readonly widened: Widening | undefined
}

function statusOf(name: string, decisions: EarlierDecisions | null): Status {
  if (decisions === null) return { isNew: false, earlier: undefined, expired: false, widened: undefined }
  const earlier = decisions.granted.has(name)
    ? 'granted'
    : decisions.declined.has(name)
      ? 'declined'
      : undefined
  return {
    isNew: earlier === undefined,
    earlier,
    expired: decisions.expired.has(name),
    widened: decisions.widened.get(name),
  }
}

function grouped(
  groups: ReadonlyMap<string, ConsentText | undefined>,
  asked: readonly Asked[],
  folding: ReadonlyMap<string, string>,
): readonly ConsentGroup[] {
  const included = new Map<string, ConsentScope[]>()
  for (const { item } of asked) {
    const host = folding.get(item.scope)
    if (host === undefined) continue
    const { scope, label, lang, dir, description, risk, access } = item
    const kept = {
      ...{ scope, label, lang, dir },
      ...(description && { description }),
      ...(risk && { risk }),
      access,
    }
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
  others: readonly (readonly ConsentScope[])[],
  review: boolean,
): string {
  const asked = items.map(({ scope, optional, widened, includedIn }) => {
    const offer = optional && includedIn !== undefined ? [includedIn] : []
    return [scope, optional, widened !== undefined, ...offer]
  })
  const text = JSON.stringify([
    fingerprint,
    asked,
    others.map((all) => all.map(({ scope }) => scope)),
    review,
  ])
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)
}

function localeOf(scopes: readonly ConsentScope[], { wanted }: Languages): string {
  const counts = new Map<string, number>()
  for (const { lang } of scopes) if (lang !== '') counts.set(lang, (counts.get(lang) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return bestLanguage(wanted, [...counts.keys()]) ?? most?.[0] ?? wanted[0] ?? ''
}
