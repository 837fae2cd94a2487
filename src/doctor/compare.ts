/**
 * The scopes of a policy against those of one document.
 *
 * A scope has several names: its own, its aliases, and the one by which clients ask for it. A document that has
 * any of them has the scope. Combinations and the baseline are no scopes and are listed nowhere. A scope that is
 * deprecated need not be listed any more.
 *
 * What is left on both sides is paired where two names differ only in letter case, in the characters between
 * words or in the URI before them, and then where one is close to the other. Cost: linear but for the last step,
 * which has a budget.
 */
import { closest } from '../diagnostic/words.ts'
import { LOGIN_SCOPES } from '../language/scope-token.ts'
import type { LocalizedText } from '../policy/model.ts'
import type { DiagnosedPolicy, Finding, Listing } from './types.ts'

/** Pairs of names that are compared letter by letter. */
const MAX_PAIRS = 100_000

/** What differs, the findings of reading first. */
export function compareScopes(policy: DiagnosedPolicy, listing: Listing): readonly Finding[] {
  const { scopes: listed, isComplete, findings } = listing
  if (listed.size === 0) return isComplete ? [...findings, { kind: 'unlisted' }] : findings
  const scopeOf = namesOf(policy)
  const found = new Set([...listed.keys()].flatMap((name) => scopeOf.get(name) ?? []))
  const unknown = [...listed.keys()].filter((name) => !scopeOf.has(name) && !LOGIN_SCOPES.has(name))
  const absent = new Set(
    [...policy.scopes.values()]
      .filter(({ name, deprecated }) => !found.has(name) && deprecated === undefined)
      .map(({ name }) => name),
  )
  // Where scopes may be absent, one that is there can be meant all the same.
  const candidates = [...scopeOf].filter(([, scope]) => !isComplete || absent.has(scope))
  const renamed = pairs(
    unknown.filter((name) => policy.combinations?.has(name) !== true),
    new Map(candidates),
    isComplete,
  )
  for (const scope of renamed.values()) absent.delete(scope)
  return [
    ...findings,
    ...(isComplete ? [...absent].map((scope) => missing(policy, scope)) : []),
    ...unknown.map((name): Finding => {
      const scope = renamed.get(name)
      if (scope !== undefined) return { kind: 'renamed', listed: name, scope }
      const isCombination = policy.combinations?.has(name) === true
      return { kind: 'extra', listed: name, ...(isCombination && { isCombination }) }
    }),
    ...[...listed].flatMap(([name, text]) => described(policy, name, scopeOf.get(name), text)),
  ]
}

/** From every name to its scope; the names of scopes come before their other names. */
function namesOf({ scopes }: DiagnosedPolicy): ReadonlyMap<string, string> {
  const found = new Map([...scopes.keys()].map((name) => [name, name]))
  for (const { name, aliases = [], requestAs } of scopes.values()) {
    for (const other of [...aliases, ...(requestAs === undefined ? [] : [requestAs])])
      if (!found.has(other)) found.set(other, name)
  }
  return found
}

/** From unknown names to the scopes that they probably mean; `once`: each scope is meant by one name only. */
function pairs(
  unknown: readonly string[],
  candidates: ReadonlyMap<string, string>,
  once: boolean,
): ReadonlyMap<string, string> {
  const left = new Map(candidates)
  const found = new Map<string, string>()
  const pair = (name: string, scope: string): void => {
    found.set(name, scope)
    if (!once) return
    for (const [other, one] of left) if (one === scope) left.delete(other)
  }
  const byPlain = new Map([...candidates].map(([name, scope]) => [plain(name), scope]))
  const used = new Set<string>()
  for (const name of unknown) {
    const scope = plain(name) === '' ? undefined : byPlain.get(plain(name))
    if (scope === undefined || used.has(scope)) continue
    if (once) used.add(scope)
    pair(name, scope)
  }
  let budget = MAX_PAIRS
  for (const name of unknown) {
    if (found.has(name)) continue
    budget -= left.size
    if (budget < 0) break
    const scope = left.get(closest(name, left.keys()) ?? '')
    if (scope !== undefined) pair(name, scope)
  }
  return found
}

/** Letters and digits only, without a URI in front: `https://api.example/Records.Read` is `recordsread`. */
function plain(name: string): string {
  const end = name.includes('://') ? Math.max(name.lastIndexOf('/'), name.lastIndexOf('#')) : -1
  return name
    .slice(end + 1)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function missing({ scopes }: DiagnosedPolicy, scope: string): Finding {
  const requestAs = scopes.get(scope)?.requestAs
  return { kind: 'missing', scope, ...(requestAs !== undefined && { requestAs }) }
}

function described(
  { scopes }: DiagnosedPolicy,
  listed: string,
  name: string | undefined,
  text: string,
): readonly Finding[] {
  const scope = scopes.get(name ?? '')
  if (scope === undefined || sentence(text) === '') return []
  const { label, description = '' } = scope
  if ([...texts(label), ...texts(description)].some((own) => sentence(own) === sentence(text))) return []
  return [{ kind: 'described', listed, scope: scope.name, text, label: texts(label)[0] ?? '' }]
}

function texts(text: LocalizedText): readonly string[] {
  return typeof text === 'string' ? [text] : Object.values(text)
}

/** Letter case, white space and the full stop at the end make no other sentence. */
function sentence(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '').toLowerCase()
}
