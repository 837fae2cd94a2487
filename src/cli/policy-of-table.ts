/**
 * The file of the policy that a request table is about.
 *
 * A table may come from somebody else, such as a pull request, and what is wrong with the file it names is
 * shown with lines of that file. So it can only name files below the working folder or its own folder, also
 * after links are followed.
 */
import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { quote } from '../diagnostic/words.ts'
import type { RequestTable } from '../request-table/index.ts'
import { UsageError } from './exit-code.ts'
import type { Io } from './io/files.ts'
import { isBelow } from './io/links.ts'
import { reasonOf } from './io/reason-of.ts'
import type { Source } from './io/source.ts'

const TABLE_NAME = /\.test(\.ya?ml)$/

/** Throws {@link UsageError} when the table names none, or one that it may not. */
export async function policySource({ policy }: RequestTable, table: Source, io: Io): Promise<Source> {
  const shown = quote(table.path)
  if (policy === undefined && !TABLE_NAME.test(table.path)) {
    throw new UsageError(
      `${shown} does not say which policy it is about; write \`policy: scopes.yaml\` in it`,
    )
  }
  const name = policy?.text ?? relative(dirname(table.path), table.path.replace(TABLE_NAME, '$1'))
  const source = io.files.source(isAbsolute(name) ? name : join(dirname(table.path), name))
  if (source.file === undefined || table.file === undefined) return source
  const wanted = await resolved(source.file, `${quote(source.path)}, the policy of ${shown},`)
  const homes = [await resolved(io.cwd, 'the working folder'), dirname(await resolved(table.file, shown))]
  if (homes.some((home) => isBelow(wanted, home))) return source
  throw new UsageError(
    `${shown} names the policy ${quote(name)}, which lies neither below the working folder nor beside the table`,
  )
}

async function resolved(file: string, what: string): Promise<string> {
  try {
    return await realpath(file)
  } catch (error) {
    throw new UsageError(`${what} cannot be read: ${reasonOf(error)}`)
  }
}
