/** Runs the command line inside the test process, with everything it would say kept as text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli/run.ts'

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly cwd?: string
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly isTTY?: boolean
  /** Asks a command that runs until then to stop. */
  readonly stopped?: AbortSignal
  /** Hears standard output as it is written. */
  readonly onOutput?: (text: string) => void
}

export async function runCli(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { cwd = process.cwd(), stdin = '', env = {}, isTTY = false } = surroundings
  const { stopped = new AbortController().signal, onOutput } = surroundings
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: {
      write: (text) => {
        stdout += text
        onOutput?.(text)
      },
      isTTY,
    },
    stderr: { write: (text) => void (stderr += text), isTTY },
    cwd,
    env,
    stopped,
  })
  return { code, stdout, stderr }
}

/** A folder with these files, removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export const GOOD = `profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
search:
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET, POST]
`

/** The same without anything that a rule would say. */
export const CLEAN: string = GOOD.replace('records/*/search', 'records/search')

export const CLEAN_WITH_WARNING: string = CLEAN.replace('GET\n', 'get\n')

export const WITH_WARNING: string = GOOD.replace('GET\n', 'get\n')

export const WITH_ERROR: string = GOOD.replace('GET\n', 'GTE\n')
