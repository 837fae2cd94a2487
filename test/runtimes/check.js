/**
 * Runs inside of every runtime, so it is plain JavaScript without any function of a platform: asks policies
 * the questions of the vectors, and lists every answer that is not the expected one.
 */

/** What a policy answers to one request, as text. */
export function answers(policy, scopes, method, path) {
  const { nearest, grantedBy, ...decision } = policy.explain(scopes, method, path)
  return JSON.stringify([
    policy.authorize(scopes, method, path),
    policy.authorize(new Set(scopes), method, path),
    policy.grant(scopes.join(' ')).authorize(method, path),
    { ...decision, grantedBy: grantedBy.map(({ scope, endpoint }) => [scope, endpoint]) },
    nearest === undefined || !decision.allowed,
    policy.scopesFor(method, path),
    policy.methodsFor(scopes, path),
  ])
}

/** `policies` by name; `expected` as `run.ts` writes it. Returns how many answers were right, and what was wrong. */
export function check(policies, expected) {
  const wrong = []
  let right = 0
  for (const [name, policy] of Object.entries(policies)) {
    if (policy.fingerprint !== expected.fingerprints[name]) wrong.push(`${name}: the fingerprint differs`)
    for (const [of, scopes, method, path, answer] of expected.requests) {
      if (of !== name) continue
      const found = answers(policy, scopes, method, path)
      if (found === answer) right += 1
      else wrong.push(`${name} ${method} ${path}: ${found} instead of ${answer}`)
    }
  }
  return { right, wrong }
}
