/**
 * The consent step of oidc-provider: call it for GET and POST of an interaction whose prompt is `consent`.
 * The policy also has `openid` and the like, with a label and an empty list of endpoints.
 */
import { URLSearchParams } from 'node:url'
import { consent, contentSecurityPolicy, renderConsent, resolveConsent } from 'scope-policy/consent'

export async function interaction(req, res, { provider, policy }) {
  const { prompt, params, session, uid, grantId } = await provider.interactionDetails(req, res)
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details
  const client = await provider.Client.find(params.client_id)
  const requested = [...missingOIDCScope, ...Object.values(missingResourceScopes).flat()]
  const view = consent(policy, requested, { acceptLanguage: req.headers['accept-language'] })
  const page = {
    action: `/interaction/${uid}`,
    client: { name: client.clientName },
    redirectUri: params.redirect_uri,
  }
  if (req.method === 'GET') {
    res.setHeader('content-type', 'text/html; charset=utf-8')
    res.setHeader('content-security-policy', contentSecurityPolicy(page))
    return res.end(renderConsent(view, page))
  }
  const answer = resolveConsent(view, new URLSearchParams(await bodyOf(req)))
  if (answer.decision !== 'allow') return provider.interactionFinished(req, res, { error: 'access_denied' })
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  const allowed = (names) => names.filter((name) => answer.scopes.includes(name)).join(' ')
  const refused = (names) => names.filter((name) => !answer.scopes.includes(name)).join(' ')
  grant.addOIDCScope(allowed(missingOIDCScope))
  grant.rejectOIDCScope(refused(missingOIDCScope))
  for (const [resource, names] of Object.entries(missingResourceScopes)) {
    grant.addResourceScope(resource, allowed(names))
    grant.rejectResourceScope(resource, refused(names))
  }
  await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
}

async function bodyOf(req) {
  let text = ''
  for await (const chunk of req) text += chunk
  return text
}
