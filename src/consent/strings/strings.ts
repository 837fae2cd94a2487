/** The texts of the page around those of the document. Text, never markup; `{…}` stands for a value. */
export interface ConsentStrings {
  /** `{client}` */
  readonly title: string
  /** `{account}` */
  readonly account: string
  /** Heading of scopes without a group. */
  readonly permissions: string
  /** Marks what may be left out, and says so once. */
  readonly optional: string
  readonly optionalHint: string
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
  readonly details: string
  /** `{count}` */
  readonly more: string
  /** Headings of the labels of other scopes. */
  readonly includes: string
  readonly includedIn: string
  readonly grantedWith: string
  readonly new: string
  readonly widened: string
  readonly granted: string
  readonly unknown: string
  /** `{host}` */
  readonly redirect: string
  readonly privacy: string
  readonly terms: string
  readonly allow: string
  readonly deny: string
}
