/** The demo as a person runs it: its own process, on the built package. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT: string = join(import.meta.dirname, '../..')
/** A guard against hanging, not a measure. */
export const HANG = 20_000

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Api {
  readonly authorizationUrl?: string
  readonly redirectUri?: string
  readonly tokenUrl: string
  readonly apiUrl: string
  readonly mcpUrl?: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  readonly tokens: Readonly<Record<string, string>>
  readonly refreshTokens?: Readonly<Record<string, string>>
}

/** The line that `--json` prints. */
export interface Description {
  readonly base: string
  readonly apis: Readonly<Record<'cerb' | 'twitter' | 'cisco', Api>>
}

export function buildOnce(): void {
  if (existsSync(join(ROOT, 'dist/consent.js'))) return
  execFileSync('npx', ['tsup', '--silent'], { cwd: ROOT, stdio: 'inherit' })
}

const children = new Set<ChildProcessWithoutNullStreams>()

/** Ends every process that is still there. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
}

export function start(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(command, words, { cwd: ROOT, env: { ...process.env, ...environment } })
  children.add(child)
  child.on('close', () => children.delete(child))
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

export function demo(
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder = 'examples/demo',
): ChildProcessWithoutNullStreams {
  const unset = { PORT: '', TOKEN_SECONDS: '' }
  return start(process.execPath, [join(folder, 'main.js'), ...flags], { ...unset, ...environment })
}

/** Runs to the end. */
export function finish(child: ChildProcessWithoutNullStreams): Promise<Run> {
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text: string) => (stdout += text))
  child.stderr.on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    const guard = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`still running after: ${stdout}${stderr}`))
    }, HANG)
    child.on('close', (code) => {
      clearTimeout(guard)
      resolve({ code, stdout, stderr })
    })
  })
}

/** What a child prints, up to a string that shows that it is ready. */
export function printed(child: ChildProcessWithoutNullStreams, until: string): Promise<string> {
  let stdout = ''
  let stderr = ''
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new Error(`${why} after: ${stdout}${stderr}`))
    }
    const guard = setTimeout(fail, HANG, 'nothing more')
    child.stderr.on('data', (text: string) => (stderr += text))
    child.stdout.on('data', (text: string) => {
      stdout += text
      if (!stdout.includes(until)) return
      clearTimeout(guard)
      resolve(stdout)
    })
    child.on('close', () => {
      clearTimeout(guard)
      fail('ended')
    })
  })
}

/** A demo that serves; stopped by `killAll`. */
export async function serving(environment: Readonly<Record<string, string>> = {}): Promise<Description> {
  const line = await printed(demo(['--json'], environment), '\n')
  return JSON.parse(line) as Description
}
