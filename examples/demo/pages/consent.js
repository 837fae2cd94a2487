/**
 * The consent page, from `scope-policy/consent`: labels of the policy, what each scope really opens, and a
 * checkbox where a scope is marked `optional`.
 */
import { consent, contentSecurityPolicy, renderConsent, resolveConsent } from 'scope-policy/consent'
import { PAGE_HEADERS } from './html.js'

export function sendConsent(response, asked) {
  const { accountId: account, action, clientName, redirectUri } = asked
  const options = { action, account, client: { name: clientName }, redirectUri }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(options),
    ...PAGE_HEADERS,
  })
  response.end(renderConsent(view(asked), options))
}

/** The person's decision: `{ decision: 'allow' | 'deny' | 'invalid', scopes }`. Forms can be forged. */
export function readConsent(asked, form) {
  return resolveConsent(view(asked), form)
}

function view({ api, requested, granted, acceptLanguage }) {
  return consent(api.policy, requested, { acceptLanguage, ...(granted.length > 0 && { granted }) })
}
