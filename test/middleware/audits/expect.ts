/** What audits look for, as one comparison each, so that a failure shows all of it. */
import { expect } from 'vitest'
import type { Asked, Subject } from './audit.ts'

/** The answer has this status, and no handler ran. */
export function expectDenied({ response, ran }: Asked, status: number): void {
  expect({ status: response.status, ran }).toEqual({ status, ran: [] })
}

/**
 * The same, or a 404 of a router that took no route, where the middleware is asked about less than everything
 * and was not asked.
 */
export function expectDeniedOrUnknown({ has }: Subject, asked: Asked, status: number): void {
  const partial = !has('unknown-routes') || !has('whole-server')
  const unknown = partial && asked.records.length === 0 && asked.response.status === 404
  expectDenied(asked, unknown ? 404 : status)
}

/** One handler ran, and its answer arrived. */
export function expectReached({ response, ran }: Asked, path: string): void {
  expect({ status: response.status, ran: ran.map(({ route }) => route.path) }).toEqual({
    status: 200,
    ran: [path],
  })
}
