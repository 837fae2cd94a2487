/**
 * The three APIs. Each file says where an API and its token endpoint are, which scope document guards it,
 * and answers the requests that got through.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { loadPolicy } from 'scope-policy'
import { cerb } from './cerb.js'
import { cisco } from './cisco.js'
import { twitter } from './twitter.js'

/** With a policy, addresses below `base`, and one registered client for each API. */
export function loadApis(base) {
  return [cerb, twitter, cisco].map((api) => {
    const document = readFileSync(new URL(`../scopes/${api.name}.yaml`, import.meta.url))
    const policy = loadPolicy(document, api.options)
    return {
      // What a client gets that does not say which scopes it wants.
      defaultScope: [...policy.scopes.keys()].join(' '),
      ...api,
      policy,
      document: document.toString(),
      // The identifier of the API (RFC 8707), and so the audience of its tokens.
      resource: `${base}${api.prefix}`,
      clientId: `${api.name}-app`,
      clientSecret: randomBytes(24).toString('base64url'),
      respond: api.createApi(),
    }
  })
}
