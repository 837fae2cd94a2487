/**
 * Flags for what the `$options` of a document does not say; they override what it says. Every command
 * that reads a policy has them.
 */
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import type { ParseOptions } from '../index.ts'

/** The values as commander gives them. */
export interface PolicyFlags {
  readonly preset?: 'cerb'
  readonly basePath?: string
  readonly extensions?: readonly string[]
  readonly caseInsensitive?: boolean
  readonly trailingSlash?: 'strict' | 'ignore'
  readonly wildcard?: 'any' | 'segment'
  readonly head?: 'explicit' | 'as-get'
  readonly encodedSlash?: 'refuse' | 'data'
  readonly delimiters?: 'refuse' | 'data'
  readonly methods?: readonly string[]
}

const CHOICES: readonly (readonly [flags: string, description: string, choices: readonly string[]])[] = [
  ['--preset <name>', 'a set of options at once', ['cerb']],
  ['--trailing-slash <mode>', 'whether one slash at the end of a path is dropped', ['strict', 'ignore']],
  ['--wildcard <mode>', 'whether `*` crosses `/`', ['any', 'segment']],
  ['--head <mode>', 'whether GET also grants HEAD', ['explicit', 'as-get']],
  ['--encoded-slash <mode>', 'what `%2F` in a path is', ['refuse', 'data']],
  ['--delimiters <mode>', 'what `;`, `%3B`, `%3F` and `%23` in a path are', ['refuse', 'data']],
]

const GROUP = 'Policy options (they override `$options` of the document):'

export function addPolicyFlags(command: Command): Command {
  const options = [
    ...CHOICES.map(([flags, description, choices]) => new Option(flags, description).choices(choices)),
    new Option('--base-path <path>', 'what every request path begins with'),
    new Option('--extensions <list>', 'response formats trimmed from paths: json,xml').argParser(words),
    new Option('--case-insensitive', 'compare ASCII letters of paths without case'),
    new Option('--methods <list>', 'what a bare pattern grants: GET,POST').argParser(words),
  ]
  for (const option of options) command.addOption(option.helpGroup(GROUP))
  return command
}

export function toParseOptions(flags: PolicyFlags): ParseOptions {
  const { preset, basePath, extensions, trailingSlash, wildcard, head, encodedSlash, delimiters, methods } =
    flags
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(basePath === undefined ? {} : { basePath }),
    ...(extensions === undefined ? {} : { extensions }),
    ...(flags.caseInsensitive === true ? { caseSensitive: false } : {}),
    ...(trailingSlash === undefined ? {} : { trailingSlash }),
    ...(wildcard === undefined ? {} : { wildcard }),
    ...(head === undefined ? {} : { head }),
    ...(encodedSlash === undefined ? {} : { encodedSlash }),
    ...(delimiters === undefined ? {} : { delimiters }),
    ...(methods === undefined ? {} : { methods }),
  }
}

function words(list: string): string[] {
  const parts = list.split(',').map((word) => word.trim())
  if (parts.includes('')) throw new InvalidArgumentError('Separate words by single commas.')
  return parts
}
