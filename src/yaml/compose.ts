/**
 * Tokens to nodes of the `yaml` package, with every error it reports: a fail-safe schema, since nothing here
 * is a number, boolean or date, and duplicate keys left to our own reader, which sees aliases.
 */
import { Composer, type CST, type Document } from 'yaml'

/** How the composer hands over what it finds: a private member, so a test asserts that the package has it. */
interface Reporting {
  onError: (...found: unknown[]) => void
}

/** Thrown by {@link compose}: each error is an exception of the package, with a stack, and costs accordingly. */
export class TooManyErrors extends Error {}

/**
 * The first document of a stream; undefined when there is none. `length` is that of the text. Throws
 * {@link TooManyErrors} when there are more than `most`.
 */
export function compose(
  stream: readonly CST.Token[],
  length: number,
  most: number,
  lenience: { readonly merge: boolean; readonly strict: boolean } = { merge: false, strict: true },
): Document.Parsed | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    ...lenience,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  const reporting = composer as unknown as Reporting
  const { onError } = reporting
  let errors = 0
  reporting.onError = (...found) => {
    errors += 1
    if (errors > most) throw new TooManyErrors()
    onError(...found)
  }
  // A second document has been reported.
  for (const document of composer.compose(stream, false, length)) return document
  return undefined
}

/**
 * The same for a document that is not ours: merge keys count, and after the first error nothing does, which
 * is the only one of the document. Throws {@link TooManyErrors} for more.
 */
export function composeData(stream: readonly CST.Token[], length: number): Document.Parsed | undefined {
  return compose(stream, length, 1, { merge: true, strict: false })
}
