/**
 * The policies in force, and which of them judges a token.
 *
 * A document that has become broken changes nothing: the last good policy stays, and the log and the
 * metrics say so. A request is judged by exactly one policy, the one in force when its token was verified.
 */
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { ParseOptions } from '../load.ts'
import { loadAtStart, loadInThread, type ServedPolicy } from './load-policy.ts'
import { hostsOf } from './question.ts'
import type { Claims } from './tokens/verifier.ts'
import { WatchedFile, type WatchOptions } from './watched-file.ts'

/** One policy and the tokens it is for. */
export interface PolicyChoice {
  readonly file: string
  /** Clients (`client_id`, else `azp`) that it is for. Empty: all. */
  readonly clients: readonly string[]
  /** Values of `aud` that it is for, one of them. Empty: all. */
  readonly audiences: readonly string[]
  /** Hosts of requests that it is for, in lower case, without a port. Empty or absent: all. */
  readonly hosts?: readonly string[]
}

/** How a policy is doing, for logs and metrics. */
export interface PolicyState {
  readonly file: string
  readonly policy: ServedPolicy
  /** Why the document on disk is not in force; null when it is. */
  readonly problem: string | null
}

/** What `poll` found out about a file. */
export type Reload =
  | { readonly file: string; readonly result: 'loaded'; readonly fingerprint: string }
  | { readonly file: string; readonly result: 'refused' | 'unreadable'; readonly problem: string }

export class Policies {
  readonly #entries: readonly Entry[]
  /** Whether there is one policy, for all. */
  readonly #isSingle: boolean
  #polled: Promise<unknown> = Promise.resolve()

  private constructor(entries: readonly Entry[]) {
    this.#entries = entries
    const [first, second] = entries
    this.#isSingle = second === undefined && first !== undefined && isForAll(first.choice)
  }

  /** Rejects with {@link UnusablePolicy}, or with what the file system says, when one cannot be used. */
  static async open(
    choices: readonly PolicyChoice[],
    options: ParseOptions,
    watch?: WatchOptions,
  ): Promise<Policies> {
    const entries: Entry[] = []
    const sources = await Promise.all(choices.map(({ file }) => WatchedFile.open(file, watch)))
    for (const [index, choice] of choices.entries()) {
      const source = sources[index] as WatchedFile
      const { policy, diagnostics } = await loadAtStart(source.content, options)
      if (policy === null) throw new UnusablePolicy(choice.file, source.content, diagnostics)
      entries.push(new Entry(choice, source, policy, options))
    }
    return new Policies(entries)
  }

  /** The first policy that is for such a token at such an origin; undefined when none is. */
  choose(claims: Claims, origins: () => readonly string[] = () => []): ServedPolicy | undefined {
    // Nearly always: then neither origins nor claims need be read.
    if (this.#isSingle) return this.#entries[0]?.policy
    const { aud } = claims
    const client = clientOf(claims)
    const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
    const entry = this.#entries.find(
      ({ choice }) =>
        isForHost(choice, origins) &&
        (choice.clients.length === 0 || (client !== undefined && choice.clients.includes(client))) &&
        (choice.audiences.length === 0 ||
          audiences.some((one) => typeof one === 'string' && choice.audiences.includes(one))),
    )
    return entry?.policy
  }

  get states(): readonly PolicyState[] {
    return this.#entries.map(({ choice, policy, problem }) => ({ file: choice.file, policy, problem }))
  }

  /** Looks at every file again; resolves with what has changed. One look after the other: a newer document wins. */
  poll(): Promise<readonly Reload[]> {
    const found = this.#polled.then(() => this.#poll())
    this.#polled = found.catch(() => undefined)
    return found
  }

  async #poll(): Promise<readonly Reload[]> {
    const found: Reload[] = []
    for (const entry of this.#entries) {
      const reload = await entry.poll()
      if (reload !== undefined) found.push(reload)
    }
    return found
  }
}

/** A document with errors where a server is to start with it. */
export class UnusablePolicy extends Error {
  override readonly name = 'UnusablePolicy'
  readonly file: string
  readonly content: Uint8Array
  readonly diagnostics: readonly Diagnostic[]

  constructor(file: string, content: Uint8Array, diagnostics: readonly Diagnostic[]) {
    super(`${file} has errors`)
    this.file = file
    this.content = content
    this.diagnostics = diagnostics
  }
}

function isForAll({ clients, audiences, hosts = [] }: PolicyChoice): boolean {
  return clients.length + audiences.length + hosts.length === 0
}

/** A request whose host is not known, or stated twice, is for no policy that names hosts. */
function isForHost({ hosts: wanted = [] }: PolicyChoice, origins: () => readonly string[]): boolean {
  if (wanted.length === 0) return true
  const hosts = hostsOf(origins())
  return hosts.length > 0 && hosts.every((host) => wanted.includes(host))
}

/** The client that a token was issued to (RFC 9068 §2.2, RFC 7662 §2.2). */
export function clientOf(claims: Claims): string | undefined {
  const client = Object.hasOwn(claims, 'client_id') ? claims['client_id'] : claims['azp']
  return typeof client === 'string' ? client : undefined
}

class Entry {
  readonly choice: PolicyChoice
  policy: ServedPolicy
  readonly #source: WatchedFile
  readonly #options: ParseOptions
  #unreadable: string | null = null
  #refused: string | null = null

  constructor(choice: PolicyChoice, source: WatchedFile, policy: ServedPolicy, options: ParseOptions) {
    this.choice = choice
    this.#source = source
    this.#options = options
    this.policy = policy
  }

  get problem(): string | null {
    return this.#unreadable ?? this.#refused
  }

  /** Each problem is reported once. */
  async poll(): Promise<Reload | undefined> {
    const { file } = this.choice
    const before = this.problem
    const isNew = await this.#poll()
    if (this.problem === null) {
      return isNew || before !== null
        ? { file, result: 'loaded', fingerprint: this.policy.fingerprint }
        : undefined
    }
    if (this.problem === before) return undefined
    return { file, result: this.#unreadable === null ? 'refused' : 'unreadable', problem: this.problem }
  }

  /** Whether there is a new policy. */
  async #poll(): Promise<boolean> {
    try {
      const changed = await this.#source.poll()
      this.#unreadable = null
      if (!changed) return false
    } catch (error) {
      this.#unreadable = error instanceof Error ? error.message : 'it cannot be read'
      return false
    }
    const { policy, diagnostics } = await loadInThread(this.#source.content, this.#options, true)
    const [first] = diagnostics
    if (policy === null) {
      const { line, column } = first?.range.start ?? { line: 1, column: 1 }
      this.#refused = `${line}:${column}: ${first?.message ?? 'it has errors'}`
      return false
    }
    this.#refused = null
    this.policy = policy
    return true
  }
}
