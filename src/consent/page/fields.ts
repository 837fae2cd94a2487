/** The names of the fields that the form sends, for custom pages. */
export const FIELDS = {
  /** `allow`, `deny` or, on a page that shows earlier decisions, `withdraw`; the buttons. */
  decision: 'consent',
  /** The names of the optional scopes that are ticked; repeated. */
  scope: 'consent_scope',
  /** The keys of groups whose optional scopes are all allowed; repeated. */
  group: 'consent_group',
  /** The id of the view. */
  view: 'consent_view',
} as const

/** The one field of the page of connected apps: the id of the client whose access ends; the buttons. */
export const REVOKE_FIELD = 'consent_revoke'
