/**
 * Sends a request of the page exactly as it was typed, which no browser would, and explains the answer.
 */
import { reasonOf, send } from './send.js'

/** `{ status, statusText, challenge, body, reason, decision }`; `decision` where a policy was asked. */
export async function tryRequest(base, apis, { token, method, target }) {
  const { port } = new URL(base)
  const answer = await send(port, method, target, token === '' ? [] : [token])
  const { status, statusText, headers, body } = answer
  const decision = await decide(apis, token, method, target)
  return {
    status,
    statusText,
    challenge: headers['www-authenticate'],
    body,
    reason: reasonOf(answer),
    decision,
  }
}

/** The decision with all that it is based on. The API tells its clients less. */
async function decide(apis, token, method, target) {
  const api = apis.find(({ prefix }) => target.startsWith(prefix))
  if (api === undefined || token === '') return undefined
  try {
    const { payload } = await api.verify(token)
    const decision = api.policy.explain(payload.scope, method, target)
    return { document: `scopes/${api.name}.yaml`, scopes: payload.scope, ...decision }
  } catch {
    return undefined
  }
}
