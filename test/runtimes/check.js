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

/**
 * The published vectors, asked of `policies` by name. One answer for each row: right where every way to ask
 * gives the expected decision, and where a refused path is refused by a rule that the row names.
 */
export function checkVectors(policies, vectors) {
  const wrong = []
  let right = 0
  for (const [name, { rows }] of Object.entries(vectors)) {
    const policy = policies[name]
    for (const [scopes, method, path, expected] of rows) {
      const names = scopes === '' ? [] : scopes.split(' ')
      const { allowed, refusal } = policy.explain(names, method, path)
      const decisions = [
        allowed,
        policy.authorize(scopes, method, path),
        policy.authorize(names, method, path),
        policy.authorize(new Set(names), method, path),
        policy.grant(scopes).authorize(method, path),
      ]
      const refused =
        typeof expected === 'string' ? expected.split('|').includes(refusal) : refusal === undefined
      if (refused && decisions.every((decision) => decision === (expected === 1))) right += 1
      else
        wrong.push(`${name} ${method} ${path}: ${decisions.join()} ${refusal ?? ''} instead of ${expected}`)
    }
  }
  return { right, wrong }
}
