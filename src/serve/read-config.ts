/**
 * The configuration file: YAML or JSON, read as strictly as a policy, with the place of every mistake.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type Finding, withSeverity } from '../diagnostic/report.ts'
import { quote, suggest } from '../diagnostic/words.ts'
import { checkCharacters, readableText } from '../yaml/characters.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import type { Entry, Node } from '../yaml/node.ts'
import { parseDocument } from '../yaml/parse.ts'
import { readSource } from '../yaml/read-source.ts'
import {
  type AuthzenConfig,
  ID,
  MCP_METHODS,
  ROUTE,
  SCOPE,
  type ResourceType,
  type Subjects,
} from './authzen/config.ts'
import type { PolicyChoice } from './policies.ts'
import { settingValue } from './setting-value.ts'
import { type Setting, settingNamed, SETTINGS } from './settings.ts'

export interface Config {
  /** The value of each setting that is there. */
  readonly settings: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** Files as written: relative to the configuration file. */
  readonly policies: readonly PolicyChoice[]
  /** The section `authzen`; its files are relative to the configuration file as well. */
  readonly authzen?: AuthzenConfig
}

export interface ReadResult<T> {
  /** Null when there are diagnostics. */
  readonly value: T | null
  readonly text: string
  readonly diagnostics: readonly Diagnostic<string>[]
}

export interface ConfigResult extends Omit<ReadResult<Config>, 'value'> {
  readonly config: Config | null
}

const FIELDS: readonly string[] = ['$schema', 'policies', 'authzen', ...SETTINGS.map(({ name }) => name)]
const ALIASES: readonly string[] = SETTINGS.flatMap(({ alias }) => alias ?? [])
const POLICY_FIELDS: readonly string[] = ['file', 'clients', 'audiences', 'hosts']
const AUTHZEN_FIELDS: readonly string[] = [
  'url',
  'clients',
  'subjects',
  'subjectsFile',
  'actions',
  'resources',
]

export function readConfig(bytes: Uint8Array): ConfigResult {
  const { value: config, ...rest } = readWith(bytes, (reader, root) => reader.config(root))
  return { config, ...rest }
}

/** A file of `subjectsFile`: for each type of subject, the scopes of each id. */
export function readSubjects(bytes: Uint8Array): ReadResult<Subjects> {
  return readWith(bytes, (reader, root) => reader.subjects(root))
}

function readWith<T>(bytes: Uint8Array, read: (reader: ConfigReader, root: Node) => T): ReadResult<T> {
  const findings: Finding<string>[] = []
  const report = (finding: Finding<string>): void => {
    findings.push(finding)
  }
  const text = readSource(bytes, DEFAULT_LIMITS, report) ?? ''
  const finish = (value: T | null): ReadResult<T> => {
    const diagnostics = withSeverity(findings, text, () => 'error')
    return { value: findings.length === 0 ? value : null, text, diagnostics }
  }
  if (findings.length > 0) return finish(null)
  checkCharacters(text, report)
  const { document } = parseDocument(readableText(text), DEFAULT_LIMITS, report)
  if (document === null || findings.length > 0) return finish(null)
  return finish(read(new ConfigReader(report), document.root))
}

class ConfigReader {
  readonly #report: (finding: Finding<string>) => void

  constructor(report: (finding: Finding<string>) => void) {
    this.#report = report
  }

  config(root: Node): Config {
    const settings: Record<string, string | number | boolean | readonly string[]> = {}
    let policies: readonly PolicyChoice[] = []
    let authzen: AuthzenConfig | undefined
    for (const { key, value } of this.#fields(root, FIELDS, 'the configuration')) {
      const setting = settingNamed(key.text)
      if (key.text === 'authzen' && value.kind === 'map') {
        authzen = this.#authzen(value)
        settings['authzen'] = true
      } else if (setting !== undefined) {
        const read = this.#setting(setting, value)
        if (read !== undefined) settings[setting.name] = read
      } else if (key.text === 'policies') policies = this.#policies(value)
    }
    return { settings, policies, ...(authzen !== undefined && { authzen }) }
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
      const { clients = [], audiences = [], hosts = [] } = found
      return [{ file, clients, audiences, hosts: hosts.map((host) => host.toLowerCase()) }]
    })
  }

  #authzen(node: Node): AuthzenConfig {
    let url: string | undefined
    let subjectsFile: string | undefined
    let subjects: Subjects = new Map()
    const clients = new Map<string, string>()
    const actions = new Map<string, readonly string[]>()
    const resources = new Map<string, ResourceType>()
    for (const { key, value } of this.#fields(node, AUTHZEN_FIELDS, '`authzen`')) {
      if (key.text === 'url') url = this.#string(value)
      else if (key.text === 'subjectsFile') subjectsFile = this.#string(value)
      else if (key.text === 'subjects') subjects = this.subjects(value)
      else if (key.text === 'clients')
        for (const [name, client] of this.#entries(value, '`clients`'))
          for (const field of this.#fields(client, ['tokenFile'], 'a client'))
            clients.set(name, this.#string(field.value) ?? '')
      else if (key.text === 'actions')
        for (const [name, methods] of this.#entries(value, '`actions`'))
          actions.set(name, this.#strings(methods) ?? [])
      else
        for (const [name, resource] of this.#entries(value, '`resources`')) {
          const read = this.#resource(name, resource)
          if (read !== undefined) resources.set(name, read)
        }
    }
    return { url, clients, subjects, subjectsFile, actions, resources }
  }

  /** `TYPE: { ID: "scope scope" }`, or a list of scopes. */
  subjects(node: Node): Subjects {
    const subjects = new Map<string, ReadonlyMap<string, readonly string[]>>()
    for (const [type, ids] of this.#entries(node, '`subjects`')) {
      const scopes = new Map<string, readonly string[]>()
      for (const [id, value] of this.#entries(ids, `the subjects of type ${quote(type)}`)) {
        if (value.kind === 'scalar')
          scopes.set(
            id,
            value.text.split(' ').filter((name) => name !== ''),
          )
        else
          scopes.set(
            id,
            value.kind === 'list' && value.items.length === 0 ? [] : (this.#strings(value) ?? []),
          )
      }
      subjects.set(type, scopes)
    }
    return subjects
  }

  #resource(name: string, node: Node): ResourceType | undefined {
    if ([ROUTE, SCOPE, ...MCP_METHODS.keys()].includes(name)) {
      this.#problem(node, `the resource type ${quote(name)} has a fixed meaning`, 'use another name')
      return undefined
    }
    let path: string | undefined
    let ids: readonly string[] = []
    for (const { key, value } of this.#fields(node, ['path', 'ids'], 'a resource')) {
      if (key.text === 'path') path = this.#string(value)
      else ids = this.#strings(value) ?? []
    }
    const names = path?.match(/\{[^{}]*\}/g) ?? []
    if (path === undefined || names.some((one) => one !== ID)) {
      this.#problem(
        node,
        `a resource has a \`path\` with ${quote(ID)} for its id`,
        `write \`path: records/${ID}\``,
      )
      return undefined
    }
    return { path, ids }
  }

  #string(node: Node): string | undefined {
    const [first, second] = this.#strings(node) ?? []
    if (second === undefined) return first
    this.#problem(node, 'expected one string, not a list', 'write one value')
    return undefined
  }

  /** The entries of a mapping with names of the user. */
  #entries(node: Node, what: string): readonly (readonly [name: string, value: Node])[] {
    if (node.kind === 'map') return node.entries.map(({ key, value }) => [key.text, value])
    this.#problem(node, `${what} is a mapping`, 'write `name: …`')
    return []
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
