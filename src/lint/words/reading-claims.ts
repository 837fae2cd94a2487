import { quote } from '../../diagnostic/words.ts'
import type { Span } from '../../source/span.ts'
import { spanInside } from '../../yaml/node.ts'
import { eachText, maybeEnglish, repeatsName } from '../labels.ts'
import type { Subject } from '../subject.ts'
import { claimWords, readingClaim } from './reading-claim.ts'

/** The labels that promise to change nothing: the scope, and the words that promise it. */
export function* readingClaims({
  scopes,
  settings,
}: Subject): Generator<{ readonly name: string; readonly span: Span; readonly word: string }> {
  const words = claimWords(settings)
  for (const { scope, node, ...text } of eachText(scopes, ['label'])) {
    // A name is not a promise to a person.
    const isPromise = maybeEnglish(text) && !repeatsName(node.text, scope.name)
    const claim = isPromise ? readingClaim(node.text, words) : undefined
    if (claim === undefined) continue
    const word = quote(node.text.slice(claim.start, claim.end))
    yield { name: scope.name, span: spanInside(node, claim.start, claim.end), word }
  }
}
