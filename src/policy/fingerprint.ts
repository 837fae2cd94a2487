/**
 * The fingerprint of a policy: SHA-256 of its canonical form.
 *
 * The canonical form is JSON with everything that only spells the same thing differently taken away:
 * scopes by name, languages by tag, endpoints by pattern with the methods of equal patterns joined,
 * methods sorted. Names are sorted by UTF-16 code units, so no locale has a say. `includes` stay names:
 * a policy that includes says more than one that repeats.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { CANONICAL_OPTIONS, DEFAULT_OPTIONS, type PolicyOptions } from '../language/options.ts'
import { NAME_FIELDS } from '../language/scope-fields.ts'
import type { Deprecation, Grants, LocalizedText, Scope } from './model.ts'
import type { PolicyData } from './policy-data.ts'

/** 64 hex digits; the same on every runtime. */
export function fingerprint(data: PolicyData): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalForm(data))))
}

function canonicalForm({ options, scopes, combinations, baseline }: PolicyData): string {
  return JSON.stringify([
    'scope-policy 1',
    canonicalOptions(options),
    [...scopes.values()].sort(by(({ name }) => name)).map(canonicalScope),
    // What documents without the words of later versions do not have is not in their fingerprints.
    ...(combinations.size === 0 && baseline === undefined
      ? []
      : [
          [...combinations.values()]
            .map((one) => [[...one.scopes].sort(), canonicalGrants(one)] as const)
            .sort(by(([names]) => names.join(' '))),
          baseline === undefined ? null : canonicalGrants(baseline),
        ]),
  ])
}

/** The options that every fingerprint has; younger ones follow only where they are not at their default. */
const FIRST_OPTIONS = 8

function canonicalOptions(options: PolicyOptions): readonly unknown[] {
  const isDefault = (name: keyof PolicyOptions): boolean =>
    JSON.stringify(options[name]) === JSON.stringify(DEFAULT_OPTIONS[name])
  return CANONICAL_OPTIONS.flatMap((name, at): readonly unknown[] => {
    if (at < FIRST_OPTIONS) return [options[name]]
    return isDefault(name) ? [] : [[name, options[name]]]
  })
}

function canonicalScope(scope: Scope): unknown {
  const later = {
    ...canonicalNames(scope),
    ...(scope.aliases && { aliases: [...scope.aliases].sort() }),
    ...(scope.requestAs !== undefined && { requestAs: scope.requestAs }),
    ...(scope.deprecated && { deprecated: canonicalDeprecation(scope.deprecated) }),
    ...(scope.consent !== undefined && { consent: scope.consent }),
  }
  return [
    scope.name,
    canonicalText(scope.label),
    scope.description === undefined ? null : canonicalText(scope.description),
    scope.group === undefined ? null : canonicalText(scope.group),
    scope.risk ?? null,
    scope.optional,
    [...scope.includes].sort(),
    canonicalEndpoints(scope),
    ...(Object.keys(later).length === 0 ? [] : [later]),
  ]
}

function canonicalGrants(grants: Grants): unknown {
  return [canonicalEndpoints(grants), canonicalNames(grants)]
}

function canonicalEndpoints({ endpoints }: Grants): unknown {
  const methods = new Map<string, Set<string>>()
  for (const endpoint of endpoints) {
    const known = methods.get(endpoint.pattern) ?? new Set()
    for (const method of endpoint.methods) known.add(method)
    methods.set(endpoint.pattern, known)
  }
  return [...methods].sort(by(([pattern]) => pattern)).map(([pattern, set]) => [pattern, [...set].sort()])
}

/** By field, those that grant something, each pattern once. */
function canonicalNames(grants: Grants): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    NAME_FIELDS.flatMap((field) => {
      const patterns = new Set(grants[field]?.map(({ pattern }) => pattern))
      return patterns.size === 0 ? [] : [[field, [...patterns].sort()]]
    }),
  )
}

function canonicalDeprecation({ use, since, note }: Deprecation): unknown {
  return [[...(use ?? [])].sort(), since ?? null, note ?? null]
}

function canonicalText(text: LocalizedText): unknown {
  return typeof text === 'string' ? text : Object.entries(text).sort(by(([tag]) => tag))
}

function by<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)]
    return left < right ? -1 : left > right ? 1 : 0
  }
}
