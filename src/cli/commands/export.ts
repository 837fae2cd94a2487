/** `scope-policy export`: a policy in the language of another engine. */
import { join } from 'node:path'
import { Option } from 'commander'
import { TARGETS, type TargetName, unexpressedText } from '../../export/index.ts'
import { harmless } from '../../report/safe.ts'
import type { GlobalOptions, RegisterCommand } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Io } from '../io/files.ts'
import { loadBytes, usableOptions } from '../load.ts'
import { addPolicyFlags, toParseOptions } from '../policy-flags.ts'
import type { PolicyFlags } from '../policy-flags.ts'
import { usablePolicy } from '../usable.ts'

interface ExportOptions extends PolicyFlags, GlobalOptions {
  readonly to: TargetName
  readonly output?: string
  readonly force?: boolean
}

const EXAMPLES = `
Targets:
${Object.entries(TARGETS)
  .map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`)
  .join('\n')}

Examples:
  scope-policy export scopes.yaml --to cedar > policies.cedar
  scope-policy export scopes.yaml --to cedar -o cedar/     writes policies.cedar and schema.cedarschema

What the target cannot express is left out, so that it is denied there, and named on standard error. Path rules
are applied before: each target states in its first lines what it is to be asked with.

Exit codes: 0 written, 1 written but something could not be expressed, 2 nothing written`

export const registerExport: RegisterCommand = (program, context) => {
  const command = program
    .command('export')
    .summary("a policy in another engine's language")
    .description('Write a policy in the language of another engine, which then decides as `authorize` does.')
    .argument('<policy>', 'the scope document; - is standard input')
    .addOption(new Option('--to <target>', 'the engine').choices(Object.keys(TARGETS)).makeOptionMandatory())
    .option(
      '-o, --output <folder>',
      'a folder to write all files to; otherwise the first goes to standard output',
    )
    .option('--force', 'replace files that are there')
  addPolicyFlags(command)
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, _: unknown, self: { optsWithGlobals: () => ExportOptions }) => {
      context.finish(await exportPolicy(path, self.optsWithGlobals(), context.io))
    })
}

async function exportPolicy(path: string, options: ExportOptions, io: Io): Promise<ExitCode> {
  const { output, force = false, to } = options
  if (force && output === undefined) throw new UsageError('--force is for --output')
  const source = io.files.source(path)
  const loaded = loadBytes(source.path, await source.read(), usableOptions(toParseOptions(options)))
  const policy = usablePolicy(loaded, 'is not exported', io, options)
  const { files, unexpressed } = TARGETS[to].write(policy)
  if (output === undefined) io.stdout.write(files[0]?.text ?? '')
  else for (const { name, text } of files) await io.files.writeNew(join(output, name), text, force)
  for (const one of unexpressed) io.stderr.write(`warning: ${harmless(unexpressedText(one))}\n`)
  return unexpressed.length > 0 ? EXIT.findings : EXIT.clean
}
