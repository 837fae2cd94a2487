/**
 * A consent app for Ory Hydra (OAuth2 API v2). Without `fields` it gives the page and its
 * Content-Security-Policy; with those of the posted form it gives where to redirect to, or the page again if the
 * policy has changed since it was shown.
 *
 * Hydra remembers a consent by itself (`remember`) and then sets `skip`. It keeps neither what was declined nor what
 * scopes meant, so records do: with them, people are asked also in spite of `skip` when a scope has come to mean more.
 */
import type { Policy } from 'scope-policy'
import {
  consent,
  type ConsentView,
  type ConsentRecord,
  consentRecord,
  contentSecurityPolicy,
  type FormFields,
  mergeRecords,
  renderConsent,
  resolveConsent,
  withdrawScopes,
} from 'scope-policy/consent'

export interface HydraOptions {
  readonly policy: Policy
  /** URLs of the two APIs. */
  readonly hydra: { readonly admin: string; readonly public: string }
  /** Your database. */
  readonly records?: {
    readonly load: (subject: string, client: string) => Promise<ConsentRecord | undefined>
    readonly save: (subject: string, client: string, record: ConsentRecord) => Promise<void>
  }
  /** For how many seconds Hydra remembers a consent; 0 is for good. */
  readonly rememberFor?: number
}

export interface HydraRequest {
  readonly acceptLanguage?: string | undefined
  readonly fields?: FormFields | undefined
}

export type HydraResult = { readonly html: string; readonly csp: string } | { readonly redirect_to: string }

interface ConsentRequest {
  readonly requested_scope?: readonly string[]
  readonly requested_access_token_audience?: readonly string[]
  readonly skip?: boolean
  readonly request_url?: string
  readonly subject?: string
  readonly client?: {
    readonly client_id?: string
    readonly client_name?: string
    readonly logo_uri?: string
    readonly redirect_uris?: readonly string[]
    readonly skip_consent?: boolean
  }
}

export async function consentApp(
  challenge: string,
  { acceptLanguage, fields }: HydraRequest,
  { policy, hydra, records, rememberFor = 0 }: HydraOptions,
): Promise<HydraResult> {
  const asked = (await ask(hydra, '', challenge)) as ConsentRequest
  const { requested_scope = [], client = {}, subject = '' } = asked
  const id = client.client_id ?? ''
  const accept = (scopes: readonly string[]): Promise<HydraResult> =>
    ask(hydra, '/accept', challenge, {
      grant_scope: scopes,
      grant_access_token_audience: asked.requested_access_token_audience ?? [],
      remember: true,
      remember_for: rememberFor,
    }) as Promise<HydraResult>
  // Scopes that the policy does not have belong to Hydra itself.
  const servers = requested_scope.filter((name) => !policy.scopes.has(name))
  const stored = await records?.load(subject, id)
  const view = consent(
    policy,
    requested_scope.filter((name) => policy.scopes.has(name)),
    {
      acceptLanguage,
      granted: stored,
      review: stored !== undefined && promptsOf(asked).includes('consent'),
    },
  )
  if (client.skip_consent === true) return accept(requested_scope)
  if (asked.skip === true && (records === undefined || view.nothingToAsk)) {
    return accept(records === undefined ? requested_scope : [...namesOf(view), ...servers])
  }
  const page = {
    action: '/consent',
    hiddenFields: { consent_challenge: challenge },
    client: {
      name: client.client_name === '' ? id : (client.client_name ?? id),
      id,
      logo: client.logo_uri === '' ? undefined : client.logo_uri,
    },
    account: subject,
    // The answer goes back by way of Hydra, whose own page then sends the person to the client.
    redirectsThrough: [hydra.public, ...(client.redirect_uris ?? [])],
  }
  const show = (): HydraResult => ({ html: renderConsent(view, page), csp: contentSecurityPolicy(page) })
  if (fields === undefined) return show()
  const answer = resolveConsent(view, fields, { hiddenFields: ['consent_challenge'] })
  if (answer.decision === 'invalid' && answer.reason === 'outdated') return show()
  if (answer.decision === 'withdraw') {
    if (stored !== undefined) await records?.save(subject, id, withdrawScopes(stored))
    await revoke(hydra, subject, id)
  }
  if (answer.decision !== 'allow') {
    return ask(hydra, '/reject', challenge, { error: 'access_denied' }) as Promise<HydraResult>
  }
  const record = consentRecord(view, answer.scopes)
  await records?.save(subject, id, stored === undefined ? record : mergeRecords(stored, record))
  return accept([...answer.scopes, ...servers])
}

/** Of a view with nothing to ask. */
function namesOf({ granted, implicit }: ConsentView): readonly string[] {
  return [...granted, ...implicit].map(({ scope }) => scope)
}

/** OpenID Connect Core §3.1.2.1. */
function promptsOf({ request_url = '' }: ConsentRequest): readonly string[] {
  const query = request_url.split('?')[1] ?? ''
  return new URLSearchParams(query).get('prompt')?.split(' ') ?? []
}

/** Ends the consent that Hydra remembers, and its tokens. */
async function revoke(hydra: HydraOptions['hydra'], subject: string, client: string): Promise<void> {
  const query = new URLSearchParams({ subject, client })
  const url = `${hydra.admin}/admin/oauth2/auth/sessions/consent?${query.toString()}`
  const response = await fetch(url, { method: 'DELETE' })
  if (!response.ok) throw new Error(`Hydra answered ${response.status}`)
}

async function ask(
  hydra: HydraOptions['hydra'],
  path: string,
  challenge: string,
  answer?: object,
): Promise<unknown> {
  const url = `${hydra.admin}/admin/oauth2/auth/requests/consent${path}?consent_challenge=${encodeURIComponent(challenge)}`
  const init = answer && {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  }
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`Hydra answered ${response.status}`)
  return response.json()
}
