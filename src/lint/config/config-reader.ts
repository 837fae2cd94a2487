/** From the tree of a configuration file to what it says, each mistake reported at its place. */
import type { Finding, Report } from '../../diagnostic/report.ts'
import { quote, suggest } from '../../diagnostic/words.ts'
import type { Limits } from '../../language/limits.ts'
import { type Entry, isNull, type Node, type ScalarNode } from '../../yaml/node.ts'
import { mustBe, mustBeOneOf, type Problem } from '../../policy/shape/problem.ts'
import { checkShape } from '../../policy/shape/check-shape.ts'
import { documentOptions, extraMethodsOf } from '../../policy/document-options.ts'
import type { GivenOptions } from '../../policy/options.ts'
import { settingKind } from '../check-options.ts'
import { ruleProblem, SEVERITIES } from '../codes.ts'
import type { RuleSeverity } from '../rule.ts'
import { DEFAULT_SETTINGS } from '../settings.ts'
import type { ConfigPart, LintConfig, Override } from './config.ts'
import { globProblem } from './globs.ts'

export const EMPTY: LintConfig = { rules: {}, settings: {}, options: {}, overrides: [], ignore: [] }

const PART = ['rules', 'settings', 'options'] as const
const FIELDS = [...PART, 'overrides', 'ignore', '$schema'] as const
const OVERRIDE_FIELDS = ['files', ...PART] as const

type ReportAny = (finding: Finding<string>) => void
/** The value of a field with its key, where it has one. */
type Place = Pick<Entry, 'value'> & Partial<Entry>

export class ConfigReader {
  readonly #limits: Limits
  readonly #report: ReportAny

  constructor(limits: Limits, report: ReportAny) {
    this.#limits = limits
    this.#report = report
  }

  read(root: Node): LintConfig {
    if (isNull(root) && root.span.start === root.span.end) return EMPTY
    const fields = this.#fields({ value: root }, 'the configuration', FIELDS)
    const overrides = this.#list(
      fields.get('overrides'),
      '`overrides`',
      'write `- files:` and below it what is different',
    )
    const schema = fields.get('$schema')
    if (schema !== undefined) this.#text(schema, '`$schema`')
    return {
      ...this.#part(fields),
      overrides: overrides.map((value) => this.#override({ value })),
      ignore: this.#globs(fields.get('ignore'), '`ignore`'),
    }
  }

  #part(fields: ReadonlyMap<string, Entry>): ConfigPart {
    return {
      rules: this.#rules(fields.get('rules')),
      settings: this.#settings(fields.get('settings')),
      options: this.#options(fields.get('options')),
    }
  }

  #override(place: Place): Override {
    const fields = this.#fields(place, 'an override', OVERRIDE_FIELDS)
    const files = fields.get('files')
    if (files === undefined && place.value.kind === 'map') {
      const help = 'add `files:` with a glob, such as `public/**`'
      this.#report({
        code: 'missing-field',
        span: place.value.span,
        message: 'an override names no `files`',
        help,
      })
    }
    return { files: this.#globs(files, '`files`'), ...this.#part(fields) }
  }

  #rules(place: Place | undefined): ConfigPart['rules'] {
    const rules: Record<string, RuleSeverity> = {}
    for (const { key, value } of this.#map(place, '`rules`', 'write `rule: severity` below it, indented')) {
      const problem = ruleProblem(key.text, 'configured')
      if (problem !== undefined) this.#report({ code: 'unknown-rule', span: key.span, ...problem })
      const severity = this.#word({ key, value }, `rule ${quote(key.text)}`, SEVERITIES)
      if (severity !== undefined) rules[key.text] = severity
    }
    return rules
  }

  #settings(place: Place | undefined): ConfigPart['settings'] {
    const settings: Record<string, unknown> = {}
    for (const entry of this.#map(place, '`settings`', 'write `name: value` below it, indented')) {
      settings[entry.key.text] = this.#setting(entry)
    }
    return settings
  }

  #setting(entry: Entry): unknown {
    const { key, value } = entry
    const shown = `setting ${quote(key.text)}`
    switch (settingKind(key.text)) {
      case undefined: {
        const help = suggest(key.text, Object.keys(DEFAULT_SETTINGS))
        this.#report({ code: 'unknown-setting', span: key.span, message: `there is no ${shown}`, help })
        return undefined
      }
      case 'a list of texts':
        return this.#list(entry, shown, 'write a list such as `[en, de]`').map((item) =>
          this.#text({ value: item }, shown),
        )
      case 'true or false':
        return this.#word(entry, shown, ['true', 'false']) === 'true'
      case 'a whole number from 1 on': {
        if (value.kind === 'scalar' && /^[1-9]\d{0,8}$/.test(value.text)) return Number(value.text)
        this.#wrong(entry, shown, 'a whole number from 1 on', 'write it in digits, such as `80`')
        return undefined
      }
      case 'a text':
        return this.#text(entry, shown)
    }
  }

  /** As `$options` of a document, by the same code. */
  #options(place: Place | undefined): GivenOptions {
    if (place === undefined) return {}
    if (place.value.kind !== 'map') {
      this.#wrong(place, '`options`', 'a mapping', 'write `name: value` below it, indented')
      return {}
    }
    const { span } = place.value
    const key: ScalarNode = { kind: 'scalar', text: '$options', style: 'plain', span }
    const document = { root: { kind: 'map', entries: [{ key, value: place.value }], span } as const }
    const report: Report = this.#report
    const extraMethods = extraMethodsOf(document, {})
    if (!checkShape(document, report, extraMethods)) return {}
    const options = documentOptions(document, {
      limits: this.#limits,
      report,
      extraMethods,
      skip: () => undefined,
    })
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  }

  #globs(place: Place | undefined, shown: string): readonly string[] {
    if (place === undefined) return []
    const help = 'write a glob such as `"vendor/**"`, or a list of globs'
    const items =
      place.value.kind === 'scalar' && !isNull(place.value) ? [place.value] : this.#list(place, shown, help)
    return items.flatMap((value) => {
      const text = this.#text({ value }, shown)
      const problem = text === undefined ? undefined : globProblem(text)
      if (problem !== undefined) {
        const message = `${quote(text ?? '')} matches no file`
        this.#report({ code: 'invalid-value', span: value.span, message, help: problem })
      }
      return text === undefined ? [] : [text]
    })
  }

  #fields(place: Place, shown: string, known: readonly string[]): ReadonlyMap<string, Entry> {
    const help = `write ${quote(`${known[0] ?? ''}:`)} and others below it, indented`
    const fields = new Map<string, Entry>()
    for (const entry of this.#map(place, shown, help)) {
      const { text, span } = entry.key
      if (known.includes(text)) fields.set(text, entry)
      else {
        const field = `${quote(text)} is no field of ${shown}`
        this.#report({ code: 'unknown-field', span, message: field, help: suggest(text, known) })
      }
    }
    return fields
  }

  #map(place: Place | undefined, shown: string, help: string): readonly Entry[] {
    if (place === undefined) return []
    if (place.value.kind === 'map') return place.value.entries
    this.#wrong(place, shown, 'a mapping', help)
    return []
  }

  #list(place: Place | undefined, shown: string, help: string): readonly Node[] {
    if (place === undefined) return []
    if (place.value.kind === 'list') return place.value.items
    this.#wrong(place, shown, 'a list', help)
    return []
  }

  #text(place: Place, shown: string): string | undefined {
    const { value } = place
    if (value.kind === 'scalar' && !isNull(value) && value.text !== '') return value.text
    this.#wrong(place, shown, 'a text', 'write a text, in quotes where it begins with `*`')
    return undefined
  }

  #word<T extends string>(place: Place, shown: string, allowed: readonly T[]): T | undefined {
    const { value } = place
    const found = value.kind === 'scalar' ? allowed.find((word) => word === value.text) : undefined
    if (found === undefined && !value.unread) {
      this.#report(mustBeOneOf(problemOf(place), 'invalid-value', shown, allowed))
    }
    return found
  }

  #wrong(place: Place, shown: string, wanted: string, help: string): void {
    if (!place.value.unread) this.#report(mustBe(problemOf(place), 'wrong-type', shown, wanted, help))
  }
}

function problemOf({ key, value }: Place): Problem {
  const error = { instancePath: '', keyword: 'type', params: {} }
  return { path: [], error, node: value, key, child: undefined }
}
