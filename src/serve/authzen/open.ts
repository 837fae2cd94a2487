/** Opens what the section `authzen` names, and keeps it up to date: tokens of clients, and more subjects. */
import type { ServedPolicy } from '../load-policy.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { readSubjects } from '../read-config.ts'
import { WatchedFile, type WatchOptions } from '../watched-file.ts'
import type { AuthzenConfig, Subjects } from './config.ts'
import { DecisionPoint } from './decision-point.ts'
import type { AuthzenService } from './handler.ts'
import type { JsonObject } from './messages.ts'

/** A file of `authzen` that cannot be used at the start. */
class UnusableAuthzen extends Error {
  override readonly name = 'UnusableAuthzen'
}

const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/
const MIN_TOKEN_LENGTH = 16

export interface OpenAuthzen {
  readonly service: AuthzenService
  /** Looks at its files. Never rejects. */
  readonly poll: () => Promise<void>
}

/** Rejects when a file cannot be read, or with {@link UnusableAuthzen}. */
export async function openAuthzen(
  config: AuthzenConfig,
  policyFor: (claims: JsonObject) => ServedPolicy | undefined,
  { metrics, log, watch }: { readonly metrics: Metrics; readonly log: Log; readonly watch: WatchOptions },
): Promise<OpenAuthzen> {
  const clients = new Map<string, string>()
  let subjects = config.subjects
  const watched: {
    readonly file: WatchedFile
    readonly take: (content: Buffer) => void
    problem: string | null
  }[] = []
  const open = async (path: string, take: (content: Buffer) => void): Promise<void> => {
    const file = await WatchedFile.open(path, watch)
    take(file.content)
    watched.push({ file, take, problem: null })
  }
  for (const [name, path] of config.clients) {
    await open(path, (content) => clients.set(name, readToken(content, path)))
  }
  if (config.subjectsFile !== undefined) {
    const path = config.subjectsFile
    await open(path, (content) => (subjects = merged(config.subjects, subjectsIn(content, path))))
  }
  const point = new DecisionPoint(policyFor, config, () => subjects)
  const poll = async (): Promise<void> => {
    for (const one of watched) {
      const { path } = one.file
      try {
        if (!(await one.file.poll())) continue
        one.take(one.file.content)
        one.problem = null
        metrics.reloaded('loaded')
        log('info', 'authzen-loaded', { file: path })
      } catch (error) {
        const problem = error instanceof Error ? error.message : 'it cannot be read'
        if (problem === one.problem) continue
        one.problem = problem
        metrics.reloaded('refused')
        log('error', 'authzen-not-loaded', { file: path, problem, kept: 'the last good content' })
      }
    }
  }
  return { service: { point, clients: () => clients, url: config.url }, poll }
}

function readToken(content: Buffer, path: string): string {
  const token = content.toString().trim()
  if (!TOKEN.test(token) || token.length < MIN_TOKEN_LENGTH)
    throw new UnusableAuthzen(
      `${path} holds no bearer token: one line of at least ${MIN_TOKEN_LENGTH} letters, digits and -._~+/ (RFC 6750 §2.1)`,
    )
  return token
}

function subjectsIn(content: Buffer, path: string): Subjects {
  const { value, diagnostics } = readSubjects(content)
  if (value !== null) return value
  const [first] = diagnostics
  const { line, column } = first?.range.start ?? { line: 1, column: 1 }
  throw new UnusableAuthzen(`${path}:${line}:${column}: ${first?.message ?? 'it has errors'}`)
}

/** An entry of the configuration wins over one of the file. */
function merged(config: Subjects, file: Subjects): Subjects {
  const types = new Set([...file.keys(), ...config.keys()])
  return new Map(
    [...types].map((type) => [type, new Map([...(file.get(type) ?? []), ...(config.get(type) ?? [])])]),
  )
}
