/** Flags that several commands have, and what follows from them. */
import { type FormatOption, InvalidArgumentError, Option } from './commander.ts'
import { EXIT, type ExitCode, UsageError } from './exit-code.ts'

/** `--format`, one of the names of a table of formats. */
export function formatOption<Name extends string>(
  formats: Readonly<Record<Name, unknown>>,
  description = 'how to print the answer',
): FormatOption<Name> {
  return new Option('--format <name>', description).choices(namesIn(formats)).default('pretty')
}

/** The names of a table, as choices of an option. */
export function namesIn<Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(table) as Name[]
}

/** A repeatable flag as a list. */
export function append(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value]
}

/** A repeatable flag as words separated by spaces. */
export function joined(value: string, earlier: string | undefined): string {
  return earlier === undefined ? value : `${earlier} ${value}`
}

/** A repeatable flag as a list of some of the choices. */
export function someOf<Choice extends string>(
  choices: readonly Choice[],
): (value: string, earlier?: readonly Choice[]) => readonly Choice[] {
  return (value, earlier = []) => {
    const known = choices.find((choice) => choice === value)
    if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
    return [...earlier, known]
  }
}

/** Findings about what was not read or not compared: it could be any of the others. */
const NOT_COMPARED: readonly string[] = ['unread', 'unlisted']

/** The exit code for findings, by kind; `failOn` are kinds, `any` or `none`. */
export function failsOn<Kind extends string>(
  kinds: readonly Kind[],
  counts: Readonly<Record<Kind, number>>,
  failOn: readonly string[] = ['any'],
): ExitCode {
  const isWanted = (kind: Kind): boolean =>
    failOn.includes('any') ||
    failOn.includes(kind) ||
    (NOT_COMPARED.includes(kind) && !failOn.includes('none'))
  return kinds.some((kind) => counts[kind] > 0 && isWanted(kind)) ? EXIT.findings : EXIT.clean
}

/** Throws {@link UsageError} for the first of the flags that is given; `why` is what they are for. */
export function refuseFlags(options: object, flags: readonly string[], why: string): void {
  for (const flag of flags) {
    const { [new Option(flag).attributeName()]: given } = options as Readonly<Record<string, unknown>>
    if (given !== undefined) throw new UsageError(`${flag} is ${why}`)
  }
}
