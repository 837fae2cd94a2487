/**
 * Everything that a command takes from the process, in one value, so that tests can run commands without
 * starting a process. Files are read from the real file system, relative to `cwd`.
 */
import process from 'node:process'
import type { Readable } from 'node:stream'
import { reasonOf } from './reason-of.ts'

export interface Sink {
  readonly write: (text: string) => void
  readonly isTTY: boolean
  /** How wide the terminal is, if it is one that says so. */
  readonly columns?: number | undefined
}

export interface ProcessIo {
  readonly stdin: Readable
  readonly stdout: Sink
  readonly stderr: Sink
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts when the process is asked to stop; for commands that run until then. */
  readonly stopped: AbortSignal
  /** Calls `listener` when the process is asked to reload (SIGHUP), which ends it otherwise. */
  readonly onHangup?: (listener: () => void) => void
}

export function processIo(): ProcessIo {
  return {
    // Touched only by those who read it: the first touch opens it.
    get stdin() {
      return process.stdin
    },
    stdout: sink(process.stdout, 'standard output'),
    stderr: sink(process.stderr, 'standard error'),
    cwd: process.cwd(),
    env: process.env,
    // Touched only by those who wait for it: without it a signal ends the process at once.
    get stopped() {
      return untilAsked()
    },
    onHangup: (listener) => {
      process.on('SIGHUP', listener)
    },
  }
}

/** A second signal ends the process at once. */
function untilAsked(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort()
    })
  }
  return controller.signal
}

/** Resolves when a signal is aborted, or has been. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener('abort', () => {
        resolve()
      })
  })
}

/**
 * A reader that goes away, such as `head`, is not a failure: what it no longer reads is dropped, and the exit
 * code still answers the question. Any other failure to write means that the answer was lost, which is
 * reported where that is still possible.
 */
function sink(stream: NodeJS.WriteStream, name: string): Sink {
  // Node leaves it out, against its types, where there is no terminal.
  const isTerminal = (stream as { readonly isTTY?: boolean }).isTTY === true
  let open = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false
    if (error.code === 'EPIPE') return
    process.exitCode = 2
    if (stream !== process.stderr)
      process.stderr.write(`error: ${name} cannot be written: ${reasonOf(error)}\n`)
  })
  return {
    write: (text) => {
      if (open) stream.write(text)
    },
    isTTY: isTerminal,
    get columns() {
      return isTerminal ? stream.columns : undefined
    },
  }
}
