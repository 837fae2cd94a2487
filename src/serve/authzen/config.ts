/** The section `authzen` of the configuration file. */

/** For each type of subject, the scopes of each id. Maps, so that no name is special. */
export type Subjects = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

export interface ResourceType {
  /** A path with `{id}` for the id of the resource. */
  readonly path: string
  /** What a search finds. */
  readonly ids: readonly string[]
}

export interface AuthzenConfig {
  /** The URL of this decision point, for its metadata. */
  readonly url?: string | undefined
  /** By name, the file that holds the client's token. Empty: no client has to show one, on loopback only. */
  readonly clients: ReadonlyMap<string, string>
  readonly subjects: Subjects
  /** A file with more `subjects`. */
  readonly subjectsFile?: string | undefined
  /** By the name of the action, its methods; all of them have to be granted. */
  readonly actions: ReadonlyMap<string, readonly string[]>
  readonly resources: ReadonlyMap<string, ResourceType>
}

export const NO_AUTHZEN: AuthzenConfig = {
  clients: new Map(),
  subjects: new Map(),
  actions: new Map(),
  resources: new Map(),
}

/** Types with a fixed meaning, which `resources` cannot give another one. */
export const MCP_METHODS: ReadonlyMap<string, string> = new Map([
  ['tool', 'tools/call'],
  ['prompt', 'prompts/get'],
  ['resource', 'resources/read'],
])
export const ROUTE = 'route'
export const SCOPE = 'scope'
export const ID = '{id}'
