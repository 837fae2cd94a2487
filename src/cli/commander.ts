/**
 * Commander, with types that follow from the flags: the options of a command that its action reads have to be those
 * that it declares. At run time it is commander itself; `@commander-js/extra-typings` is only its types.
 */
import * as commander from 'commander'
import type * as typed from '@commander-js/extra-typings'

/** Adds flags to a command, whatever it has already. */
export type AddFlags<Flags> = <
  Args extends unknown[],
  Opts extends typed.OptionValues,
  GlobalOpts extends typed.OptionValues,
>(
  command: typed.Command<Args, Opts, GlobalOpts>,
) => typed.Command<Args, Opts & { [Name in keyof Flags]: Flags[Name] }, GlobalOpts>

/** `--format <name>` of a table of formats. */
export type FormatOption<Name extends string> = typed.Option<
  '--format <name>',
  undefined,
  'pretty',
  undefined,
  false,
  Name
>

export { CommanderError, InvalidArgumentError } from 'commander'
export const Command: typeof typed.Command = commander.Command as never
export const Option: typeof typed.Option = commander.Option
