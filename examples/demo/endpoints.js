/**
 * The token endpoints under the addresses that clients of these APIs know. All of them are the one of the
 * authorization server; what such a client leaves out is filled in before.
 */
import { Readable } from 'node:stream'
import { URLSearchParams } from 'node:url'
import express from 'express'

const FORM = 'application/x-www-form-urlencoded'

/** Middleware for POST; `handle` is the authorization server, which has its token endpoint at `url`. */
export function tokenEndpoint({ assumedGrantType, defaultScope }, url, handle) {
  const complete = (request, response) => {
    const form = new URLSearchParams(request.body)
    if (!form.has('grant_type') && assumedGrantType !== undefined) form.set('grant_type', assumedGrantType)
    // RFC 6749, section 3.3: a server may have a default for requests without a scope.
    if (!form.has('scope') && form.get('grant_type') === 'client_credentials') form.set('scope', defaultScope)
    handle(withForm(request, url, form), response)
  }
  return [express.text({ type: FORM, limit: '16kb' }), complete]
}

/** The same request with another target and another form: its own body has been read. */
function withForm({ method, headers, socket, httpVersion }, url, form) {
  const body = Buffer.from(form.toString())
  const changed = { 'content-type': headers['content-type'] ?? FORM, 'content-length': String(body.length) }
  return Object.assign(Readable.from([body]), {
    method,
    url,
    socket,
    httpVersion,
    headers: { ...headers, ...changed },
  })
}
