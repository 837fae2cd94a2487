/** The names of the fields that the form sends, for pages of one's own. */
export const FIELDS = {
  /** `allow` or `deny`; the buttons. */
  decision: 'consent',
  /** The names of the optional scopes that are ticked; repeated. */
  scope: 'consent_scope',
  /** The id of the view. */
  view: 'consent_view',
} as const
