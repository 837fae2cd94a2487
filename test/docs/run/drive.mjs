/* global Request */
/**
 * Sends requests to a module of the documentation that is not a server by itself, and prints the statuses as JSON:
 * `drive.mjs KIND FILE REQUESTS`.
 */
import { pathToFileURL } from 'node:url'

const [, , kind, file, requests] = process.argv
const module = await import(pathToFileURL(file))

const send = {
  fetch: ({ method, url, headers }) => module.default.fetch(new Request(url, { method, headers }), {}, {}),
  route: ({ method, url, headers }) => module[method](new Request(url, { method, headers }), { params: {} }),
  authorizer: async ({ method, url, headers }) => {
    const rawPath = new URL(url).pathname
    const answer = await module.handler({ headers, rawPath, requestContext: { http: { method } } })
    return { status: answer.isAuthorized ? 200 : 403 }
  },
}
const statuses = []
for (const request of JSON.parse(requests)) statuses.push((await send[kind](request)).status)
console.log(JSON.stringify(statuses))
