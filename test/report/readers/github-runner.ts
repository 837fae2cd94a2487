/**
 * How GitHub's runner reads a line of output, after `ActionCommand.cs` of actions/runner (MIT): the command
 * it finds, in the present syntax (`::name key=value::data`) or the old one (`##[name key=value]data`), which
 * is found anywhere in a line.
 */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

type Escapes = readonly (readonly [escape: string, text: string])[]

const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const PROPERTY: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]
const OLD: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]

/** Null for a line that is only shown. Every name counts as a command, although few are. */
export function readRunnerLine(line: string): RunnerCommand | null {
  return readPresent(line) ?? readOld(line)
}

function readPresent(line: string): RunnerCommand | null {
  const message = trimStart(line)
  if (!message.startsWith('::')) return null
  const end = message.indexOf('::', 2)
  if (end < 0) return null
  const { name, properties } = readInfo(message.slice(2, end), ',', PROPERTY, true)
  return { name, properties, data: unescape(message.slice(end + 2), DATA) }
}

function readOld(line: string): RunnerCommand | null {
  const start = line.indexOf('##[')
  if (start < 0) return null
  const end = line.indexOf(']', start)
  if (end < 0) return null
  const { name, properties } = readInfo(line.slice(start + 3, end), ';', OLD, false)
  return { name, properties, data: unescape(line.slice(end + 1), OLD) }
}

function readInfo(
  info: string,
  separator: string,
  escapes: Escapes,
  trimmed: boolean,
): Pick<RunnerCommand, 'name' | 'properties'> {
  const space = info.indexOf(' ')
  if (space < 0) return { name: info, properties: {} }
  const properties: Record<string, string> = {}
  const rest = info.slice(space + 1)
  for (const property of (trimmed ? trim(rest) : rest).split(separator)) {
    // Split in two without empty parts: `=` before the key and before the value is skipped.
    const [, key, value] = /^=*([^=]+)=+([^=].*)$/s.exec(property) ?? []
    if (key !== undefined && value !== undefined) properties[key] = unescape(value, escapes)
  }
  return { name: info.slice(0, space), properties }
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((left, [escape, plain]) => left.replaceAll(escape, plain), text)
}

/** White space as .NET has it, and what its comparison of texts takes for nothing. */
const BLANK = String.raw`[\s\u0085\p{Default_Ignorable_Code_Point}\p{Cc}]`

function trimStart(text: string): string {
  return text.replace(new RegExp(`^${BLANK}+`, 'u'), '')
}

function trim(text: string): string {
  return trimStart(text).replace(new RegExp(`${BLANK}+$`, 'u'), '')
}
