/**
 * Flags for what the `$options` of a document does not say; they override what it says. Every command
 * that reads a policy has them: one for each row of the options.
 */
import { type AddFlags, InvalidArgumentError, Option } from './commander.ts'
import type { ParseOptions } from '../index.ts'
import { type GivenOptions, OPTION_NAMES, type OptionName, optionRow } from '../language/options.ts'

/** The values as commander gives them. */
export interface PolicyFlags extends Omit<GivenOptions, 'caseSensitive'> {
  readonly caseInsensitive?: boolean
}

const GROUP = 'Policy options (they override `$options` of the document):'

export const addPolicyFlags: AddFlags<PolicyFlags> = (command) => {
  // Choices first, as the help has always listed them.
  const names = [...OPTION_NAMES].sort((a, b) => Number(isChoice(b)) - Number(isChoice(a)))
  for (const name of names) command.addOption(toOption(name).helpGroup(GROUP))
  return command
}

function isChoice(name: OptionName): boolean {
  return optionRow(name).kind === 'choice'
}

function toOption(name: OptionName): InstanceType<typeof Option> {
  const { kind, choices = [], flag } = optionRow(name)
  const dashed = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  switch (kind) {
    case 'choice':
      return new Option(`${dashed} <${name === 'preset' ? 'name' : 'mode'}>`, flag).choices(choices)
    case 'switch':
      // The one switch is on by default: the flag turns it off.
      return new Option(dashed.replace('-sensitive', '-insensitive'), flag)
    case 'path':
      return new Option(`${dashed} <path>`, flag)
    default:
      return new Option(`${dashed} <list>`, flag).argParser(words)
  }
}

export function toParseOptions(flags: PolicyFlags): ParseOptions {
  const given = OPTION_NAMES.flatMap((name): readonly (readonly [string, unknown])[] => {
    if (name === 'caseSensitive') return flags.caseInsensitive === true ? [[name, false]] : []
    return flags[name] === undefined ? [] : [[name, flags[name]]]
  })
  return Object.fromEntries(given)
}

function words(list: string): string[] {
  const parts = list.split(',').map((word) => word.trim())
  if (parts.includes('')) throw new InvalidArgumentError('Separate words by single commas.')
  return parts
}
