/** Whether data has the members and types of {@link CompiledData}, and values that a document can have. */
import { isOptionValue, READING_OPTIONS } from '../language/options.ts'
import { canonicalise, printCanonical } from '../pattern/canonical.ts'
import { type PathRules, readBasePath } from '../pattern/request-path.ts'
import { findMistake } from '../pattern/unreachable.ts'
import { type CompiledData, FORMAT, MEMBERS, VERSION } from './data.ts'
import { readEntries } from './entries.ts'
import { assert } from './error.ts'

/** A scope-token of RFC 6749 §3.3 that does not begin with `$`. */
const NAME = /^[!#%-[\]-~][!#-[\]-~]*$/
const EXTENSION = /^[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*$/
const FINGERPRINT = /^[0-9a-f]{64}$/
/** A method: a token of RFC 9110 §5.6.2. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export function verifyShape(data: CompiledData): void {
  assert(isObject(data, []), 'no object')
  assert((data.format as unknown) === FORMAT, 'the format is another one')
  assert((data.version as unknown) === VERSION, `this version of scope-policy reads version ${VERSION}`)
  assert(isObject(data, MEMBERS.whole), 'members')
  assert(typeof data.checksum === 'string', 'checksum')
  assert(typeof data.fingerprint === 'string' && FINGERPRINT.test(data.fingerprint), 'fingerprint')
  verifyRules(data.rules)
  verifyTypes(data)
  verifyEntries(data)
}

function verifyRules(rules: PathRules): void {
  assert(isObject(rules, MEMBERS.rules), 'rules')
  for (const name of READING_OPTIONS) assert(isOptionValue(name, rules[name]), name)
  const { basePath, extensions, pathLength } = rules
  assert(
    extensions.every((extension) => EXTENSION.test(extension)),
    'extensions',
  )
  assert(Number.isSafeInteger(pathLength) && pathLength >= 0, 'pathLength')
  assert(readBasePath(printCanonical(basePath), rules) === basePath, 'basePath')
}

function verifyTypes({ tables, endpoints }: CompiledData): void {
  assert(isObject(tables, MEMBERS.tables), 'tables')
  const { scopes, methods, runs, automata } = tables
  assert(isTexts(scopes) && areDistinct(scopes) && scopes.every((name) => NAME.test(name)), 'scopes')
  assert(isTexts(methods) && areDistinct(methods) && methods.every((name) => METHOD.test(name)), 'methods')
  assert(isTexts(runs) && runs.every((run) => run !== ''), 'runs')
  for (const name of ['sets', 'code', 'hot', 'roots', 'slashRoots'] as const) {
    assert(typeof tables[name] === 'string', name)
  }
  for (const name of ['setCount', 'window'] as const) {
    assert(Number.isSafeInteger(tables[name]) && tables[name] >= 0, name)
  }
  assert(typeof tables.escapes === 'boolean', 'escapes')
  assert(Array.isArray(automata), 'automata')
  for (const automaton of automata) {
    assert(isObject(automaton, MEMBERS.automaton) && isTexts(Object.values(automaton as object)), 'automata')
  }
  assert(isTexts(endpoints) && endpoints.length === scopes.length, 'endpoints')
}

function verifyEntries({ tables: { methods, automata }, rules, endpoints }: CompiledData): void {
  const known = new Set(methods)
  for (const lines of endpoints) {
    for (const entry of readEntries(lines)) {
      assert(
        entry.methods.every((method) => known.has(method)),
        'a method of an endpoint',
      )
      if (rules.wildcard === 'any') {
        assert(isReachable(entry.text, rules), 'the pattern of an endpoint')
      } else {
        const number = /^(-1|\d{1,9}) [^\0-\x1f\x7f]+$/.exec(entry.text)?.[1]
        assert(number !== undefined && Number(number) < automata.length, 'the pattern of an endpoint')
      }
    }
  }
}

/** Patterns that no rule about paths can be against, and most are. */
const ORDINARY = /^[\w~*-]+(?:\/[\w~*-]+)*$/

/**
 * Whether a pattern of `wildcard: any` is in canonical form and some path can match it. The walker takes the
 * text of patterns for text of accepted paths.
 */
function isReachable(text: string, rules: PathRules): boolean {
  if (ORDINARY.test(text)) return true
  const written = printCanonical(text)
  return canonicalise(written, rules).text === text && findMistake(written || '/', rules) === undefined
}

function isObject(value: unknown, members: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const names = Object.keys(value)
  return (
    members.length === 0 || (names.length === members.length && members.every((name) => names.includes(name)))
  )
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length
}
