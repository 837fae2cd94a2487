/**
 * The strings of the page around those of the document: text, never markup; `{…}` is replaced by a value.
 */

/** One string for each plural category of the language (CLDR, `Intl.PluralRules`), or one for all of them. */
export type PluralString =
  string | (Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string })

export interface ConsentStrings {
  /** `{client}` */
  readonly title: string
  /** `{client}`, `{service}` */
  readonly titleService: string
  /** `{account}` */
  readonly account: string
  readonly switchAccount: string
  /** About the client. */
  readonly verified: string
  readonly unverified: string
  /** `{owner}` */
  readonly owner: string
  /** `{id}` */
  readonly clientId: string
  readonly lookalike: string
  /** `{host}`; the second for loopback addresses and schemes of apps. */
  readonly redirect: string
  readonly redirectDevice: string
  /** Heading of scopes without a group. */
  readonly permissions: string
  readonly nothingNew: string
  /** Explains a page that shows earlier decisions. */
  readonly review: string
  /** Marks what may be left out, and explains it once. */
  readonly optional: string
  readonly optionalHint: string
  /** Of many scopes. `{count}` */
  readonly summary: PluralString
  readonly summaryHigh: PluralString
  readonly groupCount: PluralString
  readonly selectGroup: PluralString
  readonly riskLow: string
  readonly riskMedium: string
  readonly riskHigh: string
  readonly reads: string
  readonly creates: string
  readonly changes: string
  readonly deletes: string
  /** The same where it is everything. */
  readonly readsAll: string
  readonly createsAll: string
  readonly changesAll: string
  readonly deletesAll: string
  /** All four. */
  readonly everything: string
  readonly nothing: string
  /** Of MCP. `{count}` */
  readonly tools: PluralString
  readonly toolsChange: PluralString
  readonly resources: PluralString
  readonly prompts: PluralString
  readonly details: string
  /** `{count}` */
  readonly more: PluralString
  /** Headings of the labels of other scopes. */
  readonly includes: string
  readonly includedIn: string
  readonly grantedWith: string
  readonly new: string
  readonly widened: string
  /** Precedes what a scope allows now and did not then. */
  readonly widenedBy: string
  /** Marks of earlier decisions. */
  readonly allowedBefore: string
  readonly declinedBefore: string
  /** Headings of what is not asked for again. */
  readonly granted: string
  readonly declined: string
  /** Heading of unknown scopes for developers, who see their names. */
  readonly unknown: string
  /** `{count}` */
  readonly unknownCount: PluralString
  /** Precedes the link {@link ConsentStrings.manageLink}. */
  readonly manage: string
  readonly manageLink: string
  readonly privacy: string
  readonly terms: string
  readonly allow: string
  readonly deny: string
  /** In the place of `allow` where there is nothing to ask. */
  readonly continue: string
  /** The button that withdraws everything. */
  readonly withdraw: string
  readonly preview: string
  /** The page of connected apps. */
  readonly apps: string
  readonly noApps: string
  /** `{date}` */
  readonly allowedOn: string
  readonly allowedUntil: string
}
