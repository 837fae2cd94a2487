/** Whether data has the members and types of {@link CompiledData}, and values that a document can have. */
import { isOptionValue, READING_OPTIONS } from '../language/options.ts'
import { canonicalise, printCanonical } from '../pattern/canonical.ts'
import { type PathRules, readBasePath } from '../pattern/request-path.ts'
import { findMistake } from '../pattern/unreachable.ts'
import { BASELINE, isNameMethod } from '../language/scope-fields.ts'
import type { Holding } from '../policy/holding.ts'
import { type CompiledData, FORMAT, MEMBERS, type More, VERSION } from './data.ts'
import { readEntries } from './entries.ts'
import { assert } from './error.ts'

/** A scope-token of RFC 6749 §3.3 that does not begin with `$`. */
const NAME = /^[!#%-[\]-~][!#-[\]-~]*$/
/** The same, which may begin with `$`. */
const TOKEN = /^[!#-[\]-~]+$/
const EXTENSION = /^[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*$/
const FINGERPRINT = /^[0-9a-f]{64}$/
/** A method: a token of RFC 9110 §5.6.2. */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export function verifyShape(data: CompiledData): void {
  assert(isObject(data, []), 'no object')
  assert((data.format as unknown) === FORMAT, 'the format is another one')
  assert((data.version as unknown) === VERSION, `this version of scope-policy reads version ${VERSION}`)
  const members = Object.hasOwn(data, 'more') ? [...MEMBERS.whole, 'more'] : MEMBERS.whole
  assert(isObject(data, members), 'members')
  assert(typeof data.checksum === 'string', 'checksum')
  assert(typeof data.fingerprint === 'string' && FINGERPRINT.test(data.fingerprint), 'fingerprint')
  verifyRules(data.rules)
  verifyTypes(data)
  verifyEntries(data)
  if (data.more !== undefined) verifyMore(data.more, data)
}

/** Of names only the shape: their tables are built anew as well. */
function verifyMore(more: More, { tables: { scopes } }: CompiledData): void {
  assert(isObject(more, MEMBERS.more), 'more')
  const { holding, names, requestAs, deprecated } = more
  const known = new Set(scopes)
  assert(
    isRecord(requestAs, (value) => typeof value === 'string' && TOKEN.test(value)),
    'requestAs',
  )
  assert(isTexts(deprecated) && deprecated.every((name) => known.has(name)), 'deprecated')
  if (holding !== null) {
    assert(isObject(holding, MEMBERS.holding), 'holding')
    const { combinations, includes, aliases } = holding
    assert(
      Array.isArray(combinations) &&
        combinations.every(
          (one: unknown) =>
            Array.isArray(one) &&
            one.length === 2 &&
            isTexts(one[1]) &&
            one[1].every((name) => known.has(name)),
        ),
      'combinations',
    )
    assert(isRecord(includes, isTexts) && isRecord(aliases, (value) => typeof value === 'string'), 'holding')
    const extra = extraRows(holding)
    const last = extra.length === 0 ? [] : scopes.slice(-extra.length)
    assert(JSON.stringify(last) === JSON.stringify(extra), 'the rows of combinations')
  }
  if (names === null) return
  assert(isObject(names, ['tables', 'endpoints']), 'names')
  verifyTables(names.tables, names.endpoints)
  assert(JSON.stringify(names.tables.scopes) === JSON.stringify(scopes), 'the rows of names')
  assert(names.tables.methods.every(isNameMethod), 'the methods of names')
}

function extraRows({ combinations, baseline }: Holding): readonly string[] {
  assert(typeof (baseline as unknown) === 'boolean', 'baseline')
  return [...combinations.map(([key]) => key), ...(baseline ? [BASELINE] : [])]
}

function isRecord(value: unknown, test: (value: unknown) => boolean): boolean {
  return isObject(value, []) && Object.values(value as object).every(test)
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

function verifyTypes({ tables, endpoints, more }: CompiledData): void {
  verifyTables(tables, endpoints)
  const combinations: unknown = more?.holding?.combinations
  assert(
    combinations === undefined || (Array.isArray(combinations) && combinations.every(Array.isArray)),
    'combinations',
  )
  const extra = more?.holding === undefined || more.holding === null ? [] : extraRows(more.holding)
  const names = tables.scopes.slice(0, tables.scopes.length - extra.length)
  assert(
    names.every((name) => NAME.test(name)),
    'scopes',
  )
  assert(
    tables.methods.every((name) => METHOD.test(name)),
    'methods',
  )
}

function verifyTables(tables: CompiledData['tables'], endpoints: readonly string[]): void {
  assert(isObject(tables, MEMBERS.tables), 'tables')
  const { scopes, methods, runs, automata } = tables
  assert(isTexts(scopes) && areDistinct(scopes), 'scopes')
  assert(isTexts(methods) && areDistinct(methods), 'methods')
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
