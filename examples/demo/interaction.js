/**
 * Login and consent: where the authorization server sends the browser when it has a question.
 *
 * What is granted is kept as a grant of oidc-provider: scopes that the person leaves out are rejected in it,
 * and then missing from the token.
 */
import { URLSearchParams } from 'node:url'
import express from 'express'
import { readConsent, sendConsent } from './pages/consent.js'
import { errorPage } from './pages/error.js'
import { loginPage } from './pages/login.js'

export function interactions(provider, apis) {
  const router = express.Router()
  const form = express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' })

  router.get('/:uid', async (request, response) => {
    const details = await provider.interactionDetails(request, response)
    if (details.prompt.name === 'login') loginPage(response, details)
    else sendConsent(response, await question(request, details))
  })

  router.post('/:uid/login', form, async (request, response) => {
    const details = await provider.interactionDetails(request, response)
    const accountId = (new URLSearchParams(request.body).get('name') ?? '').trim().slice(0, 60)
    if (accountId === '') return loginPage(response, details)
    await provider.interactionFinished(request, response, { login: { accountId } })
  })

  router.post('/:uid/consent', form, async (request, response) => {
    const details = await provider.interactionDetails(request, response)
    if (details.prompt.name !== 'consent') throw new Error('there is no such question')
    const asked = await question(request, details)
    const answer = readConsent(asked, new URLSearchParams(request.body))
    if (answer.decision === 'invalid') return errorPage(response, 400, 'invalid form', answer.message)
    if (answer.decision === 'deny') {
      const result = { error: 'access_denied', error_description: 'the person has denied access' }
      return provider.interactionFinished(request, response, result)
    }
    const { grant, api, requested } = asked
    const declined = requested.filter((scope) => !answer.scopes.includes(scope))
    grant.rejected = undefined
    api.leftOut = declined
    if (answer.scopes.length > 0) grant.addResourceScope(api.resource, answer.scopes)
    if (declined.length > 0) grant.rejectResourceScope(api.resource, declined)
    // `openid` and `offline_access` are no scopes of an API.
    const { missingOIDCScope } = details.prompt.details
    if (missingOIDCScope !== undefined) grant.addOIDCScope(missingOIDCScope)
    const consent = { grantId: await grant.save() }
    await provider.interactionFinished(request, response, { consent })
  })

  router.use((error, _request, response, next) => {
    if (response.headersSent) return next(error)
    errorPage(response, error.statusCode ?? 500, error.name, error.error_description ?? error.message)
  })
  return router

  /** Everything that the consent page is about. */
  async function question(request, { uid, params, session, grantId, prompt }) {
    const api = apis.find(({ clientId }) => clientId === params.client_id)
    const { accountId } = session
    const grant =
      (grantId && (await provider.Grant.find(grantId))) ||
      new provider.Grant({ accountId, clientId: params.client_id })
    const missing = prompt.details.missingOIDCScope ?? []
    const requested = (params.scope ?? '').split(' ').filter((name) => name !== '' && !missing.includes(name))
    const client = await provider.Client.find(params.client_id)
    return {
      api,
      grant,
      requested: requested.filter((name) => api.policy.scopes.has(name)),
      granted: grant.getResourceScope(api.resource).split(' ').filter(Boolean),
      accountId,
      clientName: client.clientName,
      acceptLanguage: request.headers['accept-language'],
      action: `/interaction/${uid}/consent`,
      redirectUri: params.redirect_uri,
    }
  }
}
