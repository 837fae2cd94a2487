/**
 * The configuration file: YAML or JSON, read as strictly as a policy, with the place of every mistake.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type Finding, withSeverity } from '../diagnostic/report.ts'
import { quote, suggest } from '../diagnostic/words.ts'
import { checkCharacters, readableText } from '../document/characters.ts'
import { DEFAULT_LIMITS } from '../document/limits.ts'
import type { Entry, Node } from '../document/node.ts'
import { parseDocument } from '../document/parse.ts'
import { readSource } from '../document/read-source.ts'
import type { PolicyChoice } from './policies.ts'
import { settingValue } from './setting-value.ts'
import { type Setting, settingNamed, SETTINGS } from './settings.ts'

export interface Config {
  /** The value of each setting that is there. */
  readonly settings: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** Files as written: relative to the configuration file. */
  readonly policies: readonly PolicyChoice[]
}

export interface ConfigResult {
  /** Null when there are diagnostics. */
  readonly config: Config | null
  readonly text: string
  readonly diagnostics: readonly Diagnostic<string>[]
}

const FIELDS: readonly string[] = ['$schema', 'policies', ...SETTINGS.map(({ name }) => name)]
const ALIASES: readonly string[] = SETTINGS.flatMap(({ alias }) => alias ?? [])
const POLICY_FIELDS: readonly string[] = ['file', 'clients', 'audiences']

export function readConfig(bytes: Uint8Array): ConfigResult {
  const findings: Finding<string>[] = []
  const report = (finding: Finding<string>): void => {
    findings.push(finding)
  }
  const text = readSource(bytes, DEFAULT_LIMITS, report) ?? ''
  const finish = (config: Config | null): ConfigResult => {
    const diagnostics = withSeverity(findings, text, () => 'error')
    return { config: findings.length === 0 ? config : null, text, diagnostics }
  }
  if (findings.length > 0) return finish(null)
  checkCharacters(text, report)
  const { document } = parseDocument(readableText(text), DEFAULT_LIMITS, report)
  if (document === null || findings.length > 0) return finish(null)
  return finish(new ConfigReader(report).read(document.root))
}

class ConfigReader {
  readonly #report: (finding: Finding<string>) => void

  constructor(report: (finding: Finding<string>) => void) {
    this.#report = report
  }

  read(root: Node): Config {
    const settings: Record<string, string | number | boolean | readonly string[]> = {}
    let policies: readonly PolicyChoice[] = []
    for (const { key, value } of this.#fields(root, FIELDS, 'the configuration')) {
      const setting = settingNamed(key.text)
      if (setting !== undefined) {
        const read = this.#setting(setting, value)
        if (read !== undefined) settings[setting.name] = read
      } else if (key.text === 'policies') policies = this.#policies(value)
    }
    return { settings, policies }
  }

  #setting(setting: Setting, node: Node): string | number | boolean | readonly string[] | undefined {
    const strings = this.#strings(node)
    if (strings === undefined) return undefined
    const read = settingValue(setting, strings)
    if ('value' in read) return read.value
    this.#problem(node, `${quote(setting.name)} cannot be this: ${read.problem}`, setting.description)
    return undefined
  }

  #policies(node: Node): readonly PolicyChoice[] {
    if (node.kind !== 'list') {
      this.#problem(node, '`policies` is a list', 'write `policies: [{ file: scopes.yaml }]`')
      return []
    }
    return node.items.flatMap((item) => {
      const found: Record<string, readonly string[]> = {}
      for (const { key, value } of this.#fields(item, POLICY_FIELDS, 'a policy')) {
        const strings = this.#strings(value)
        if (strings !== undefined) found[key.text] = strings
      }
      const [file, another] = found['file'] ?? []
      if (file === undefined || another !== undefined) {
        this.#problem(item, 'a policy has one `file`', 'write `file: scopes.yaml`')
        return []
      }
      return [{ file, clients: found['clients'] ?? [], audiences: found['audiences'] ?? [] }]
    })
  }

  #fields(node: Node, known: readonly string[], what: string): readonly Entry[] {
    if (node.kind !== 'map') {
      this.#problem(node, `${what} is a mapping`, `write ${quote(`${known.at(-1) ?? ''}: …`)}`)
      return []
    }
    return node.entries.filter((entry) => this.#isKnown(entry, known, what))
  }

  #isKnown({ key }: Entry, known: readonly string[], what: string): boolean {
    if (known.includes(key.text) || (known === FIELDS && ALIASES.includes(key.text))) return true
    this.#problem(key, `unknown field ${quote(key.text)} of ${what}`, suggest(key.text, known))
    return false
  }

  /** The strings of a scalar or a list of scalars. */
  #strings(node: Node): readonly string[] | undefined {
    const nodes = node.kind === 'list' ? node.items : [node]
    const strings = nodes.flatMap((one) => (one.kind === 'scalar' && one.text !== '' ? [one.text] : []))
    if (strings.length > 0 && strings.length === nodes.length) return strings
    this.#problem(node, 'expected a string, or a list of strings', 'write the value')
    return undefined
  }

  #problem(node: Node, message: string, help: string): void {
    this.#report({ code: 'invalid-configuration', span: node.span, message, help })
  }
}
