/** `scope-policy test --generate`: a first request table for a policy, printed or written. */
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { quote } from '../diagnostic/words.ts'
import type { ParseOptions } from '../index.ts'
import { generateTable } from '../request-table/index.ts'
import type { GlobalOptions } from './command.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/files.ts'
import { loadPolicy } from './load.ts'
import { withSchemaPath } from './schema-path.ts'

export interface WriteOptions extends GlobalOptions {
  readonly output?: string
  /** Whether an existing file is replaced. */
  readonly force?: boolean
}

export async function writeTable(
  policyPath: string,
  flags: ParseOptions,
  options: WriteOptions,
  io: Io,
): Promise<void> {
  const { output, force } = options
  const source = io.files.source(policyPath)
  const target = output === undefined ? undefined : resolve(io.cwd, output)
  if (target === source.file) {
    throw new UsageError(`the table would replace ${quote(source.path)}, which it is about`)
  }
  const { policy } = await loadPolicy(source, flags, 'has no table', io, options)
  // A table that is printed will most likely be put beside the policy.
  const seen = target === undefined ? basename(source.path) : relative(dirname(target), source.file ?? '')
  const text = generateTable(policy, { policy: seen.replaceAll(sep, '/'), options: flags })
  if (target === undefined || output === undefined) {
    io.stdout.write(text)
    return
  }
  await io.files.writeNew(output, withSchemaPath(text, relative(io.cwd, target)), force === true)
}
