/** What `run` gives to the file of each command. */
import type { Command } from '@commander-js/extra-typings'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io/files.ts'

interface CommandContext {
  readonly io: Io
  /** Says how the command ended; without it the exit code is 0. */
  readonly finish: (code: ExitCode) => void
}

/** All commands, with the options of each. */
export type Program = Command<[], Pick<GlobalOptions, keyof GlobalOptions>>

/** Adds one command to the program. */
export type RegisterCommand = (program: Program, context: CommandContext) => void

/** Options of the program that every command reads. */
export interface GlobalOptions {
  readonly color?: boolean
  /** Asked by the gate for files, by no command. */
  readonly followLinks?: boolean
}
