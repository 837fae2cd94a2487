/**
 * scope-policy/consent: what a person is asked when a client requests scopes, and what came of it.
 *
 * - {@link consent}: the view, plain data for any template: labels in the person's language, grouped, each
 *   with what the scope really opens and how risky that is;
 * - {@link renderConsent}: the view as a page or fragment of HTML that needs no script;
 * - {@link resolveConsent}: the posted form as a decision, never for more than was requested;
 * - {@link consentRecord} and {@link changedSince}: the evidence, and what the same scopes allow by now.
 *
 * What is said of a scope is computed from its grants, by the same exact analysis that compares policies.
 *
 * @module
 */
export { changedSince } from './record/changed.ts'
export { FIELDS as consentFields } from './page/fields.ts'
export { consentRecord, mergeRecords, type RecordOptions, withdrawScopes } from './record/record.ts'
export { renderConsent } from './page/render.ts'
export type { FormFields, ResolveOptions } from './page/form-fields.ts'
export { type ConsentAnswer, type InvalidAnswer, resolveConsent } from './page/resolve.ts'
export {
  type AppsAnswer,
  type AppsOptions,
  type ConnectedApp,
  connectedAppsPolicy,
  renderConnectedApps,
  resolveConnectedApps,
} from './page/connected-apps.ts'
export { type ConsentTexts, consentTexts, type ItemTexts } from './page/texts.ts'
export { contentSecurityPolicy, stylesHash } from './page/style-source.ts'
export { styles } from './page/styles.ts'
export { consent, type ConsentOptions } from './view/consent.ts'
export type {
  ConsentAccount,
  ConsentClient,
  ConsentService,
  FrameOptions,
  PageOptions,
} from './page/options.ts'
export { type ConsentFrame, consentStrings, type OwnStrings } from './strings/index.ts'
export {
  PAGE_LANGUAGES as consentLanguages,
  type PageLanguage as ConsentLanguage,
} from '../language/page-languages.ts'
export type { ConsentStrings, PluralString } from './strings/strings.ts'
export type { ReadingOptions } from '../language/options.ts'
export type { ConsentTheme } from './page/theme.ts'
export type {
  Access,
  AccessEndpoint,
  AccessPaths,
  ConsentChange,
  ConsentGroup,
  ConsentItem,
  ConsentOrigin,
  ConsentRecord,
  ConsentScope,
  ConsentText,
  ConsentTool,
  ConsentView,
  Extent,
  McpTool,
  Widening,
} from './view/types.ts'
