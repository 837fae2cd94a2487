/**
 * The configuration file: YAML or JSON, read as strictly as a policy, with the place of every mistake.
 */
import type { Finding } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import type { Entry, Node } from '../yaml/node.ts'
import { type Place, TypedReader } from '../yaml/typed-reader.ts'
import { type ReadFile, readYamlFile } from '../yaml/yaml-file.ts'
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

const FIELDS: readonly string[] = [
  'policies',
  'authzen',
  '$schema',
  ...SETTINGS.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias])),
]
const POLICY_FIELDS: readonly string[] = ['file', 'clients', 'audiences', 'hosts']
const AUTHZEN_FIELDS: readonly string[] = [
  'url',
  'clients',
  'subjects',
  'subjectsFile',
  'actions',
  'resources',
]

export function readConfig(bytes: Uint8Array): ReadFile<Config> {
  return readYamlFile(bytes, DEFAULT_LIMITS, (root, report) => new ConfigReader(report).config(root))
}

/** A file of `subjectsFile`: for each type of subject, the scopes of each id. */
export function readSubjects(bytes: Uint8Array): ReadFile<Subjects> {
  return readYamlFile(bytes, DEFAULT_LIMITS, (root, report) => new ConfigReader(report).subjects(root))
}

const CODE = 'invalid-configuration'
/** How a mapping is written whose names are the user's. */
const NAMED = 'write `name: …` below it, indented'

class ConfigReader {
  readonly #report: (finding: Finding<string>) => void
  readonly #reader: TypedReader<string>

  constructor(report: (finding: Finding<string>) => void) {
    this.#report = report
    const codes = { unknownField: CODE, wrongType: CODE, nullValue: CODE, invalidValue: CODE }
    this.#reader = new TypedReader(report, codes)
  }

  config(root: Node): Config {
    const settings: Record<string, string | number | boolean | readonly string[]> = {}
    let policies: readonly PolicyChoice[] = []
    let authzen: AuthzenConfig | undefined
    for (const entry of this.#fields({ value: root }, 'the configuration', FIELDS)) {
      const { text } = entry.key
      const setting = settingNamed(text)
      if (text === 'authzen' && entry.value.kind === 'map') {
        authzen = this.#authzen(entry)
        settings['authzen'] = true
      } else if (setting !== undefined) {
        const read = this.#setting(setting, entry)
        if (read !== undefined) settings[setting.name] = read
      } else if (text === 'policies') policies = this.#policies(entry)
    }
    return { settings, policies, ...(authzen !== undefined && { authzen }) }
  }

  #setting(setting: Setting, entry: Entry): string | number | boolean | readonly string[] | undefined {
    const strings = this.#reader.strings(entry, quote(entry.key.text))
    if (strings === undefined) return undefined
    const read = settingValue(setting, strings)
    if ('value' in read) return read.value
    this.#problem(entry.value, `${quote(setting.name)} cannot be this: ${read.problem}`, setting.description)
    return undefined
  }

  #policies(entry: Entry): readonly PolicyChoice[] {
    const items = this.#reader.items(entry, '`policies`', 'write `policies: [{ file: scopes.yaml }]`')
    return items.flatMap((item) => {
      const found: Record<string, readonly string[]> = {}
      for (const field of this.#fields({ value: item }, 'a policy', POLICY_FIELDS)) {
        const strings = this.#reader.strings(field, quote(field.key.text))
        if (strings !== undefined) found[field.key.text] = strings
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

  #authzen(place: Entry): AuthzenConfig {
    let url: string | undefined
    let subjectsFile: string | undefined
    let subjects: Subjects = new Map()
    const clients = new Map<string, string>()
    const actions = new Map<string, readonly string[]>()
    const resources = new Map<string, ResourceType>()
    for (const entry of this.#fields(place, '`authzen`', AUTHZEN_FIELDS)) {
      const { text } = entry.key
      if (text === 'url') url = this.#string(entry)
      else if (text === 'subjectsFile') subjectsFile = this.#string(entry)
      else if (text === 'subjects') subjects = this.subjects(entry.value)
      else
        for (const named of this.#reader.entries(entry, quote(text), NAMED)) {
          const name = named.key.text
          if (text === 'actions') actions.set(name, this.#reader.strings(named, quote(name)) ?? [])
          else if (text === 'clients')
            for (const field of this.#fields(named, 'a client', ['tokenFile']))
              clients.set(name, this.#string(field) ?? '')
          else {
            const read = this.#resource(named)
            if (read !== undefined) resources.set(name, read)
          }
        }
    }
    return { url, clients, subjects, subjectsFile, actions, resources }
  }

  /** `TYPE: { ID: "scope scope" }`, or a list of scopes. */
  subjects(node: Node): Subjects {
    const subjects = new Map<string, ReadonlyMap<string, readonly string[]>>()
    for (const ids of this.#reader.entries({ value: node }, '`subjects`', NAMED)) {
      const scopes = new Map<string, readonly string[]>()
      const shown = `the subjects of type ${quote(ids.key.text)}`
      for (const entry of this.#reader.entries(ids, shown, NAMED))
        scopes.set(entry.key.text, this.#scopes(entry))
      subjects.set(ids.key.text, scopes)
    }
    return subjects
  }

  #scopes(entry: Entry): readonly string[] {
    const { key, value } = entry
    if (value.kind === 'scalar') return value.text.split(' ').filter((name) => name !== '')
    if (value.kind === 'list' && value.items.length === 0) return []
    return this.#reader.strings(entry, `the scopes of ${quote(key.text)}`) ?? []
  }

  #resource(entry: Entry): ResourceType | undefined {
    const { key, value } = entry
    if ([ROUTE, SCOPE, ...MCP_METHODS.keys()].includes(key.text)) {
      this.#problem(value, `the resource type ${quote(key.text)} has a fixed meaning`, 'use another name')
      return undefined
    }
    let path: string | undefined
    let ids: readonly string[] = []
    for (const field of this.#fields(entry, 'a resource', ['path', 'ids'])) {
      if (field.key.text === 'path') path = this.#string(field)
      else ids = this.#reader.strings(field, '`ids`') ?? []
    }
    const names = path?.match(/\{[^{}]*\}/g) ?? []
    if (path === undefined || names.some((one) => one !== ID)) {
      const message = `a resource has a \`path\` with ${quote(ID)} for its id`
      this.#problem(value, message, `write \`path: records/${ID}\``)
      return undefined
    }
    return { path, ids }
  }

  #fields(place: Place, shown: string, known: readonly string[]): Iterable<Entry> {
    return this.#reader.fields(place, shown, known).values()
  }

  #string(entry: Entry): string | undefined {
    return this.#reader.string(entry, quote(entry.key.text))?.text
  }

  #problem(node: Node, message: string, help: string): void {
    this.#report({ code: CODE, span: node.span, message, help })
  }
}
