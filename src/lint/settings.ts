/** What can be set of rules beside their severity. */
export interface RuleSettings {
  /** Language tags (BCP 47) in which every label must be written; for `label-missing-locale`. */
  readonly locales: readonly string[]
  /** Characters that a label may have at most, as a person counts them; for `label-too-long`. */
  readonly labelLength: number
  /** Verbs that promise to change nothing, beside the built-in ones; for `label-contradicts-methods`. */
  readonly readingWords: readonly string[]
  /** Verbs in a label that say that something is changed, beside the built-in ones; for the same rule. */
  readonly writingWords: readonly string[]
}

export const DEFAULT_SETTINGS: RuleSettings = {
  locales: [],
  labelLength: 120,
  readingWords: [],
  writingWords: [],
}
