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
import type { LocalizedText, Scope } from './model.ts'
import type { PolicyData } from './policy-data.ts'

/** 64 hex digits; the same on every runtime. */
export function fingerprint(data: PolicyData): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalForm(data))))
}

function canonicalForm({ options, scopes }: PolicyData): string {
  const { basePath, extensions, caseSensitive, trailingSlash, wildcard, head, encodedSlash, delimiters } =
    options
  return JSON.stringify([
    'scope-policy 1',
    // `methods` has done its work: every endpoint lists its own.
    [basePath, extensions, caseSensitive, trailingSlash, wildcard, head, encodedSlash, delimiters],
    [...scopes.values()].sort(by(({ name }) => name)).map(canonicalScope),
  ])
}

function canonicalScope(scope: Scope): unknown {
  const methods = new Map<string, Set<string>>()
  for (const endpoint of scope.endpoints) {
    const known = methods.get(endpoint.pattern) ?? new Set()
    for (const method of endpoint.methods) known.add(method)
    methods.set(endpoint.pattern, known)
  }
  return [
    scope.name,
    canonicalText(scope.label),
    scope.description === undefined ? null : canonicalText(scope.description),
    scope.group === undefined ? null : canonicalText(scope.group),
    scope.risk ?? null,
    scope.optional,
    [...scope.includes].sort(),
    [...methods].sort(by(([pattern]) => pattern)).map(([pattern, set]) => [pattern, [...set].sort()]),
  ]
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
