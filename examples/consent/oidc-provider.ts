/**
 * The consent step of oidc-provider: call it for GET and POST of an interaction whose prompt is `consent`.
 *
 * oidc-provider lists only what its grant lacks. The page is about all that the client asks for, and records
 * state what the person decided before, so nothing is forgotten: not what was declined, nor what was granted
 * before a scope came to mean more. Scopes that the policy does not have belong to the authorization server
 * (`openid`, `offline_access`) and are granted without a line.
 *
 * oidc-provider does not know what scopes mean, so by itself it asks nobody when one has come to mean more. Give
 * {@link interactionsPolicy} to its option `interactions.policy`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { URLSearchParams } from 'node:url'
import type Provider from 'oidc-provider'
import { interactionPolicy } from 'oidc-provider'
import type { Policy } from 'scope-policy'
import {
  consent,
  type ConsentRecord,
  consentRecord,
  contentSecurityPolicy,
  mergeRecords,
  renderConsent,
  resolveConsent,
  withdrawScopes,
} from 'scope-policy/consent'

/** Your database: what a person decided about a client. */
export interface ConsentRecords {
  readonly load: (account: string, client: string) => Promise<ConsentRecord | undefined>
  readonly save: (account: string, client: string, record: ConsentRecord) => Promise<void>
}

export interface ConsentStep {
  readonly provider: Provider
  readonly policy: Policy
  /** The resource server (RFC 8707) whose scopes the policy holds. */
  readonly resource: string
  readonly records: ConsentRecords
  readonly service?: string
}

/** The interactions of oidc-provider, and the consent step also where records state that there is something to ask. */
export function interactionsPolicy(
  current: () => Pick<ConsentStep, 'policy' | 'records'>,
): interactionPolicy.DefaultPolicy {
  const { base, Check } = interactionPolicy
  const all = base()
  const check = new Check('consent_outdated', 'scopes mean more than was agreed to', async ({ oidc }) => {
    const { accountId } = oidc.session ?? {}
    if (accountId === undefined || oidc.client === undefined || oidc.result?.consent !== undefined) {
      return Check.NO_NEED_TO_PROMPT
    }
    const { policy, records } = current()
    const requested = text(oidc.params?.['scope'])
      .split(' ')
      .filter((name) => policy.scopes.has(name))
    const granted = await records.load(accountId, oidc.client.clientId)
    const { nothingToAsk } = consent(policy, requested, { granted })
    return nothingToAsk ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
  })
  all.get('consent')?.checks.add(check)
  return all
}

export async function interaction(
  req: IncomingMessage,
  res: ServerResponse,
  { provider, policy, resource, records, service }: ConsentStep,
): Promise<void> {
  const { params, session, uid, grantId } = await provider.interactionDetails(req, res)
  const account = session?.accountId ?? ''
  const clientId = String(params['client_id'])
  const client = await provider.Client.find(clientId)
  const requested = text(params['scope']).split(' ').filter(Boolean)
  const stored = await records.load(account, clientId)
  const view = consent(
    policy,
    requested.filter((name) => policy.scopes.has(name)),
    {
      acceptLanguage: req.headers['accept-language'],
      granted: stored,
      review: stored !== undefined && text(params['prompt']).split(' ').includes('consent'),
    },
  )
  const page = {
    action: `/interaction/${uid}`,
    client: { name: client?.clientName ?? clientId, id: clientId, logo: client?.logoUri },
    account,
    redirectUri: String(params['redirect_uri']),
    ...(service !== undefined && { service: { name: service } }),
  }
  const show = (status: number): void => {
    res.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(page),
      'cache-control': 'no-store',
    })
    res.end(renderConsent(view, page))
  }
  if (req.method === 'GET') {
    show(200)
    return
  }
  const answer = resolveConsent(view, new URLSearchParams(await bodyOf(req)))
  if (answer.decision === 'invalid') {
    // The policy or the request has changed since the page was shown: ask about what it is now.
    show(answer.reason === 'outdated' ? 200 : 400)
    return
  }
  const old = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  if (answer.decision === 'withdraw') {
    if (stored !== undefined) await records.save(account, clientId, withdrawScopes(stored))
    await old?.destroy()
  }
  if (answer.decision !== 'allow') {
    await provider.interactionFinished(
      req,
      res,
      { error: 'access_denied' },
      { mergeWithLastSubmission: false },
    )
    return
  }
  const record = consentRecord(view, answer.scopes)
  const merged = stored === undefined ? record : mergeRecords(stored, record)
  await records.save(account, clientId, merged)
  // A grant can only grow. So there is a new one, and the tokens of the old one end where something was withdrawn.
  const grant = new provider.Grant({ accountId: account, clientId })
  const servers = requested.filter((name) => !policy.scopes.has(name))
  grant.addOIDCScope([...new Set([...(old?.getOIDCScope().split(' ') ?? []), ...servers])].join(' ').trim())
  grant.addResourceScope(resource, merged.scopes.filter((name) => policy.scopes.has(name)).join(' '))
  if (answer.declined.length > 0) grant.rejectResourceScope(resource, answer.declined.join(' '))
  const { withdrawn = [] } = answer
  if (withdrawn.length > 0) await old?.destroy()
  const result = { consent: { grantId: await grant.save() } }
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: true })
}

/** A form of this page is small. */
const MAX_BODY_LENGTH = 1_000_000

async function bodyOf(req: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of req) {
    text += String(chunk)
    if (text.length > MAX_BODY_LENGTH) throw new Error('the form is too large')
  }
  return text
}

/** A parameter of the request, which is text where it is there. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
