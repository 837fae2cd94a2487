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

/** Declares a command with its flags: the one place that states them, from which the types of its options follow. */
export function declaration<Declared>(
  declare: (program: Program) => Declared,
): (program: Program) => Declared {
  return declare
}

interface Acting<Options> {
  readonly optsWithGlobals: () => Options
}

/** The options that the action of a command reads, those of the program among them. */
export type OptionsOf<Declare extends (program: Program) => Acting<unknown>> = ReturnType<
  ReturnType<Declare>['optsWithGlobals']
>

/** Adds one command to the program. */
export type RegisterCommand = (program: Program, context: CommandContext) => void

/** Options of the program that every command reads. */
export interface GlobalOptions {
  readonly color?: boolean
  /** Read by the gate for files, by no command. */
  readonly followLinks?: boolean
}

/** Adds a command whose action is `work` with its options, those of the program among them, and its arguments. */
export function registering<Options, Arguments extends unknown[]>(
  declare: (program: Program) => {
    action(work: (...given: [...Arguments, unknown, Acting<Options>]) => Promise<void>): unknown
  },
  work: (options: Options, io: Io, ...args: Arguments) => Promise<ExitCode>,
): RegisterCommand {
  return (program, { io, finish }) => {
    declare(program).action(async (...given) => {
      // Commander passes the arguments, the options of the command alone, and the command.
      const command = given.at(-1) as Acting<Options>
      finish(await work(command.optsWithGlobals(), io, ...(given.slice(0, -2) as Arguments)))
    })
  }
}
