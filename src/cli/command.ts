/** What `run` gives to the file of each command. */
import type { Command } from 'commander'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io/files.ts'

interface CommandContext {
  readonly io: Io
  /** Says how the command ended; without it the exit code is 0. */
  readonly finish: (code: ExitCode) => void
}

/** Adds one command to the program. */
export type RegisterCommand = (program: Command, context: CommandContext) => void

/** Options of the program that every command reads. */
export interface GlobalOptions {
  readonly color?: boolean
  /** Asked by the gate for files, by no command. */
  readonly followLinks?: boolean
}
