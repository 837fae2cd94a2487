/**
 * Whether a POST to a path may well change nothing, as in `files:batchGet` or `users/1/getMemberGroups`.
 * GET has no body, so that questions too long for a query are asked by POST.
 *
 * The last segment that has letters decides, and of names in parts (`microsoft.graph.getSchedule`,
 * `documents:search`) the last part: it is a word that asks, or begins with one. Not so `lists`, `checkout`
 * and `findings`, which are nouns, nor `read` and `view`, which mark something as read. Below `search`,
 * `reports` and the like everything asks.
 */

const EXACT: ReadonlySet<string> = new Set(
  (
    'aggregate analyse analyze autocomplete availability batchget bulkget calculate check compare compute count ' +
    'describe detect diff digest discover download estimate evaluate exists explain export fetch filter find ' +
    'freebusy get graphql inspect introspect introspection list lookup match parse ping preview probe query ' +
    'queries retrieval retrieve search simulate stat statistics stats suggest summarize summary test translate ' +
    'validate validation verify watch'
  ).split(' '),
)

/** In front of a capital letter or a mark: `getSchedule`, `list_users`, `test-permissions`. */
const APART =
  /^(?:batch|bulk)?(?:analyze|calculate|check|classify|compare|compute|count|describe|detect|determine|discover|download|estimate|evaluate|export|extract|fetch|filter|find|get|inspect|is|list|lookup|preview|query|retrieve|search|simulate|suggest|test|translate|validate|verify)(?=[A-Z_-])/

/** In front of a word in lower case: `checkmembergroups`. */
const RUN_TOGETHER =
  /^(?:batchget|check(?!out|in|point|s$)|classify|determine|discover|estimate|evaluate|export|extract|fetch|find(?!ings?$)|get(?!away)|inspect|lookup|preview|query|retrieve|search(?!es$)|simulate|translate|validate|verify)|search$/

const ASKING_FOLDER = /(?:^|\/)(?:analytics|metrics|query|reports|search)\//

export function isReadingPath(pattern: string): boolean {
  if (ASKING_FOLDER.test(pattern)) return true
  const segments = pattern.split('/').reverse()
  const segment = segments.find((part) => /[A-Za-z]/.test(part)) ?? ''
  const name = segment.replace(/\(.*$|\.(?:json|xml)$/, '').replace(/[*$]/g, '')
  const part = name.split(/[:.]/).at(-1) ?? ''
  return EXACT.has(part.toLowerCase()) || APART.test(part) || RUN_TOGETHER.test(part)
}

/** Ends what `watch` has begun: a subscription of the caller's own. */
export function isUnwatching(pattern: string): boolean {
  return /(?:^|\/)(?:stop|unwatch)$/.test(pattern)
}

export function isWatching(pattern: string): boolean {
  return /[/:]watch$/.test(pattern)
}
