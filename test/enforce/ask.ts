/**
 * What the tests of the core share: a request of three fields, a guard made and asked in one call, and the
 * answer to whatever was thrown.
 */
import { expect } from 'vitest'
import { createGuard } from '../../src/enforce/guard.ts'
import type { Outcome, RequestReader, ScopePolicyOptions } from '../../src/enforce/types.ts'
import { fakePolicy } from '../middleware/fake-policy.ts'

export interface Request {
  readonly method?: unknown
  readonly target?: unknown
  readonly scopes?: unknown
  readonly headers?: Readonly<Record<string, unknown>>
}

export const reader: RequestReader<Request> = {
  method: (request) => request.method,
  target: (request) => request.target,
  header: (request, name) => request.headers?.[name],
  scopes: (request) => request.scopes as string[],
}

export const PUT: Request = { method: 'PUT', target: '/a', scopes: ['read'] }
export const GET: Request = { method: 'GET', target: '/a', scopes: ['read'] }

/** What a guard with these options answers; most answers are synchronous. */
export function ask(request: Request, options: Partial<ScopePolicyOptions<Request>> = {}): Outcome {
  const outcome = createGuard({ policy: fakePolicy(), ...options }, reader)(request)
  if (outcome instanceof Promise) throw new Error('expected a synchronous outcome')
  return outcome
}

export async function askLater(
  request: Request,
  options: Partial<ScopePolicyOptions<Request>>,
): Promise<Outcome> {
  const outcome = createGuard({ policy: fakePolicy(), ...options }, reader)(request)
  expect(outcome).toBeInstanceOf(Promise)
  return outcome
}

export const boom = (): never => {
  throw new Error('secret detail')
}

export const DENIED_BY_ERROR: object = {
  allow: false,
  status: 500,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: { error: 'server_error', error_description: 'the request could not be judged' },
  decision: { allowed: false, outcome: 'denied', reason: 'internal-error' },
}
