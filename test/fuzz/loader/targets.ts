/** What is fed with bytes: how it begins, the words it is given, and what must hold. */
import { checkLint } from './check-lint.ts'
import { checkPath, PATH_CORPUS, PATH_WORDS } from './check-path.ts'
import { checkSource } from './check-source.ts'
import type { Said } from './check-source.ts'
import { DOCUMENT_WORDS, documentCorpus } from './corpus.ts'

export interface Target {
  readonly corpus: (suite?: string) => readonly Uint8Array[]
  readonly words: readonly Uint8Array[]
  /** What is wrong; throwing is wrong as well. */
  readonly check: (bytes: Uint8Array) => Said
}

export const TARGETS: Readonly<Record<string, Target>> = {
  source: { corpus: documentCorpus, words: DOCUMENT_WORDS, check: checkSource },
  lint: { corpus: documentCorpus, words: DOCUMENT_WORDS, check: checkLint },
  path: { corpus: () => PATH_CORPUS, words: PATH_WORDS, check: checkPath },
}

/** What is wrong with an input; the first line of what is thrown, without what is only in this input. */
export function said({ check }: Target, bytes: Uint8Array): Said {
  try {
    return check(bytes)
  } catch (error) {
    const [message = '', place = ''] = error instanceof Error ? (error.stack ?? '').split(/\n\s+at /) : []
    return `throws ${message.split('\n')[0] ?? ''} at ${/^[\w.#]*/.exec(place)?.[0] ?? ''}`
  }
}
