/**
 * A consent app for Ory Hydra. Without `fields` it gives the page and its Content-Security-Policy; with
 * those of the posted form Hydra's answer, which says where to redirect to.
 *
 * `hydra` is `{ admin, public }`: the URLs of the two APIs.
 */
import { consent, contentSecurityPolicy, renderConsent, resolveConsent } from 'scope-policy/consent'

export async function consentApp(challenge, { acceptLanguage, fields }, { policy, hydra }) {
  const { requested_scope, requested_access_token_audience, client, subject } = await ask(
    hydra,
    '',
    challenge,
  )
  const view = consent(policy, requested_scope, { acceptLanguage })
  if (fields === undefined) {
    const page = {
      action: '/consent',
      hiddenFields: { consent_challenge: challenge },
      client: { name: client.client_name || client.client_id, logo: client.logo_uri || undefined },
      account: subject,
      // The answer goes back by way of Hydra, whose own page then sends the person to the client.
      redirectsThrough: [hydra.public, ...client.redirect_uris.filter(isAccepted)],
    }
    return { html: renderConsent(view, page), csp: contentSecurityPolicy(page) }
  }
  const answer = resolveConsent(view, fields, { hiddenFields: ['consent_challenge'] })
  if (answer.decision !== 'allow') return ask(hydra, '/reject', challenge, { error: 'access_denied' })
  const grant_access_token_audience = requested_access_token_audience
  return ask(hydra, '/accept', challenge, { grant_scope: answer.scopes, grant_access_token_audience })
}

/**
 * Hydra also registers schemes without a dot (`myapp:`), which the page refuses, as RFC 8252 §7.1 does. Such a
 * URI must not keep a client from its others; to that one itself browsers do not go from this page. Have the
 * client register `com.example.app:/callback` instead.
 */
function isAccepted(uri) {
  return /^(?:https?|[a-z][a-z\d-]*(?:\.[a-z\d-]+)+):/i.test(uri)
}

async function ask(hydra, path, challenge, answer) {
  const url = `${hydra.admin}/admin/oauth2/auth/requests/consent${path}?consent_challenge=${encodeURIComponent(challenge)}`
  const method = answer === undefined ? 'GET' : 'PUT'
  const response = await fetch(url, { method, ...(answer && { body: JSON.stringify(answer) }) })
  if (!response.ok) throw new Error(`Hydra answered ${response.status}`)
  return response.json()
}
