/** In place of the checks of what a caller gives `renderConsent`: the preview always gives the same. */
import type { CheckedPage } from '../../src/consent/page/check-options.ts'

export function checkPageOptions({ action, client }: Pick<CheckedPage, 'action' | 'client'>): CheckedPage {
  const { name } = client
  return {
    action,
    service: undefined,
    account: undefined,
    hiddenFields: [],
    as: 'page',
    nonce: undefined,
    strings: {},
    theme: undefined,
    darkTheme: undefined,
    client: {
      name,
      logo: undefined,
      verified: false,
      owner: undefined,
      id: undefined,
      uri: undefined,
      policy: undefined,
      terms: undefined,
    },
    redirectUri: undefined,
    redirectsThrough: [],
    manage: undefined,
    endpoints: 0,
    preview: false,
  }
}
