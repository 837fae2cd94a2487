/** What `run` gives to the file of each command. */
import type { Command } from '@commander-js/extra-typings'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io/files.ts'

interface CommandContext {
  readonly io: Io
  /** Reports how the command ended; without it the exit code is 0. */
  readonly finish: (code: ExitCode) => void
}

/** All commands, with the options of each. */
export type Program = Command<[], Pick<GlobalOptions, keyof GlobalOptions>>

/** Adds one command to the program. */
export type RegisterCommand = (program: Program, context: CommandContext) => void

/** Options of the program that every command reads. */
export interface GlobalOptions {
  readonly color?: boolean
  /** Read by the gate for files, by no command. */
  readonly followLinks?: boolean
}

/** The action of a command: `work` with its options, those of the program among them, and its arguments. */
export function action<Options, Arguments extends unknown[]>(
  { io, finish }: CommandContext,
  work: (options: Options, io: Io, ...args: Arguments) => Promise<ExitCode>,
): (...given: [...Arguments, unknown, { readonly optsWithGlobals: () => Options }]) => Promise<void> {
  return async (...given) => {
    // Commander passes the arguments, the options of the command alone, and the command.
    const command = given.at(-1) as { readonly optsWithGlobals: () => Options }
    finish(await work(command.optsWithGlobals(), io, ...(given.slice(0, -2) as Arguments)))
  }
}
