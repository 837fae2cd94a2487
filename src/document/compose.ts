/**
 * Tokens to nodes of the `yaml` package, with every error it knows: a fail-safe schema, since nothing here
 * is a number, boolean or date, and keys that stand twice left to our own reader, which sees aliases.
 */
import { Composer, type CST, type Document } from 'yaml'

/** The first document of a stream; undefined when there is none. `length` is that of the text. */
export function compose(stream: readonly CST.Token[], length: number): Document.Parsed | undefined {
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    strict: true,
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  // A second document has been reported.
  for (const document of composer.compose(stream, false, length)) return document
  return undefined
}
