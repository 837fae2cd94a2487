/** The runtime of compiled tables with `wildcard: any`. */
import { type Answers, createAnswers } from '../decision/answers.ts'
import { createAuthorizer } from '../decision/authorize.ts'
import { containsText, once } from '../decision/narrowest.ts'
import { matchesRuns } from '../matcher/pattern-matcher.ts'
import type { Tables } from '../matcher/tables.ts'
import { foldCase, printCanonical } from '../pattern/canonical.ts'
import type { PathRules } from '../pattern/request-path.ts'
import { type Entry, readEntries } from './entries.ts'

/** `lists` has the entries of each scope, in the order of the scopes' numbers. */
export function openTrees(tables: Tables, lists: readonly string[], rules: PathRules): Answers {
  const authorizer = createAuthorizer(tables, rules)
  const compared = (text: string): string => (rules.caseSensitive ? text : foldCase(text))
  const entriesOf = (scope: number): readonly Entry[] => readEntries(lists[scope] as string)
  return createAnswers(
    tables.scopes,
    tables.methods,
    authorizer,
    {
      inclusion: () =>
        containsText(
          once((scope) => entriesOf(scope).map(({ methods, text }) => ({ methods, text: compared(text) }))),
          authorizer.allows,
        ),
      granting: (scope, method, path) =>
        entriesOf(scope)
          .filter(
            ({ methods, text }) => methods.includes(method) && matchesRuns(compared(text).split('*'), path),
          )
          .map(({ text }) => ({ endpoint: printCanonical(text) || '/' })),
    },
    rules,
  )
}
