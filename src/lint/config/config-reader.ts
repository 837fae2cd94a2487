/** From the tree of a configuration file to what it states, each mistake reported at its place. */
import type { Finding, Report } from '../../diagnostic/report.ts'
import { quote, suggest } from '../../diagnostic/words.ts'
import type { Limits } from '../../language/limits.ts'
import { readOptions } from '../../policy/document-options.ts'
import type { GivenOptions } from '../../policy/options.ts'
import { type Entry, isNull, type Node, type ScalarNode } from '../../yaml/node.ts'
import { type FaultCodes, type Place, TypedReader } from '../../yaml/typed-reader.ts'
import { settingKind } from '../check-options.ts'
import { ruleProblem, SEVERITIES } from '../codes.ts'
import type { RuleSeverity } from '../rule.ts'
import { DEFAULT_SETTINGS } from '../settings.ts'
import type { ConfigPart, Extension, LintConfig, Override } from './config.ts'
import { globProblem } from './globs.ts'

export const EMPTY: LintConfig = {
  rules: {},
  settings: {},
  options: {},
  extends: [],
  overrides: [],
  ignore: [],
}

const PART = ['rules', 'settings', 'options'] as const
const FIELDS = [...PART, 'extends', 'overrides', 'ignore', '$schema'] as const
const OVERRIDE_FIELDS = ['files', ...PART] as const

const CODES: FaultCodes<string> = {
  unknownField: 'unknown-field',
  wrongType: 'wrong-type',
  nullValue: 'wrong-type',
  invalidValue: 'invalid-value',
}

/** No URL and no drive, since nothing is fetched, and no backslash, which is a separator on one system only. */
const RELATIVE_PATH = /^(?!\/|[A-Za-z][A-Za-z0-9+.-]*:)[^\\]+$/

/** What `extends` takes; the schema has the same expression. */
export const RELATIVE_PATH_SOURCE: string = RELATIVE_PATH.source

type ReportAny = (finding: Finding<string>) => void

export class ConfigReader {
  readonly #limits: Limits
  readonly #report: ReportAny
  readonly #reader: TypedReader<string>

  constructor(limits: Limits, report: ReportAny) {
    this.#limits = limits
    this.#report = report
    this.#reader = new TypedReader(report, CODES)
  }

  read(root: Node): LintConfig {
    if (isNull(root) && root.span.start === root.span.end) return EMPTY
    const fields = this.#reader.fields({ value: root }, 'the configuration', FIELDS)
    const overrides = this.#reader.items(
      fields.get('overrides'),
      '`overrides`',
      'write `- files:` and below it what is different',
    )
    const schema = fields.get('$schema')
    if (schema !== undefined) this.#reader.string(schema, '`$schema`')
    return {
      ...this.#part(fields),
      extends: this.#extensions(fields.get('extends')),
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

  #extensions(place: Place | undefined): readonly Extension[] {
    const help = 'write a path such as `../.scope-policyrc.yaml`, or a list of paths'
    return this.#oneOrMore(place, '`extends`', help).flatMap(({ text, span }) => {
      if (RELATIVE_PATH.test(text)) return { path: text, span }
      const message = `${quote(text)} is not a relative path`
      this.#report({ code: 'invalid-value', span, message, help: 'write it relative to this file, with `/`' })
      return []
    })
  }

  #override(place: Place): Override {
    const fields = this.#reader.fields(place, 'an override', OVERRIDE_FIELDS)
    const files = fields.get('files')
    if (files === undefined && place.value.kind === 'map') {
      const help = 'add `files:` with a glob, such as `public/**`'
      const { span } = place.value
      this.#report({ code: 'missing-field', span, message: 'an override names no `files`', help })
    }
    return { files: this.#globs(files, '`files`'), ...this.#part(fields) }
  }

  #rules(place: Place | undefined): ConfigPart['rules'] {
    const rules: Record<string, RuleSeverity> = {}
    const help = 'write `rule: severity` below it, indented'
    for (const entry of this.#reader.entries(place, '`rules`', help)) {
      const { text, span } = entry.key
      const problem = ruleProblem(text, 'configured')
      if (problem !== undefined) this.#report({ code: 'unknown-rule', span, ...problem })
      const severity = this.#reader.word(entry, `rule ${quote(text)}`, SEVERITIES)
      if (severity !== undefined) rules[text] = severity
    }
    return rules
  }

  #settings(place: Place | undefined): ConfigPart['settings'] {
    const settings: Record<string, unknown> = {}
    const help = 'write `name: value` below it, indented'
    for (const entry of this.#reader.entries(place, '`settings`', help)) {
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
        this.#report({ code: 'unknown-setting', span: key.span, message: `unknown ${shown}`, help })
        return undefined
      }
      case 'a list of strings':
        return this.#reader
          .items(entry, shown, 'write a list such as `[en, de]`')
          .map((item) => this.#reader.string({ value: item }, shown)?.text)
      case 'true or false':
        return this.#reader.word(entry, shown, ['true', 'false']) === 'true'
      case 'a whole number from 1 on': {
        if (value.kind === 'scalar' && /^[1-9]\d{0,8}$/.test(value.text)) return Number(value.text)
        this.#reader.wrong(entry, shown, 'a whole number from 1 on', 'write it in digits, such as `80`')
        return undefined
      }
      case 'a string':
        return this.#reader.string(entry, shown)?.text
    }
  }

  /** As `$options` of a document, by the same code. */
  #options(place: Place | undefined): GivenOptions {
    if (place === undefined) return {}
    if (place.value.kind !== 'map') {
      this.#reader.wrong(place, '`options`', 'a mapping', 'write `name: value` below it, indented')
      return {}
    }
    const { span } = place.value
    const key: ScalarNode = { kind: 'scalar', text: '$options', style: 'plain', span }
    const document = { root: { kind: 'map', entries: [{ key, value: place.value }], span } as const }
    const report: Report = this.#report
    const options = readOptions(document, { limits: this.#limits, report, skip: () => undefined })
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  }

  #globs(place: Place | undefined, shown: string): readonly string[] {
    const help = 'write a glob such as `"vendor/**"`, or a list of globs'
    return this.#oneOrMore(place, shown, help).map(({ text, span }) => {
      const problem = globProblem(text)
      if (problem !== undefined) {
        const message = `${quote(text)} matches no file`
        this.#report({ code: 'invalid-value', span, message, help: problem })
      }
      return text
    })
  }

  /** A string, or a list of them. */
  #oneOrMore(place: Place | undefined, shown: string, help: string): readonly ScalarNode[] {
    if (place === undefined) return []
    const { value } = place
    const nodes = value.kind === 'scalar' && !isNull(value) ? [value] : this.#reader.items(place, shown, help)
    return nodes.flatMap((node) => this.#reader.string({ value: node }, shown) ?? [])
  }
}
