/**
 * Lines of the serving demo.
 */

/** A command for a shell. Targets of the demo need no quotes; curl adds `http://` by itself. */
export function curlLine(method, target, file, address) {
  const words = ['curl', method === 'GET' ? '-i' : `-iX ${method}`]
  // Without this, curl removes dot segments before it sends.
  if (target.includes('/../')) words.push('--path-as-is')
  if (file !== undefined) words.push(`-H @${file}`)
  return [...words, `${address}${target}`].join(' ')
}

/** One decision for the terminal. Paths are the client's text: control characters stay out of it. */
export function decisionLine({ method, path, status, reason, refusal, scopes }) {
  const token = scopes === undefined ? 'no token' : `scope ${scopes.join(' ')}`
  const line = `${status ?? 'ok '} ${method} ${path}  ${refusal ?? reason} (${token})`
  return line.replace(/[^\x20-\x7e]/g, (unit) => `\\u{${unit.codePointAt(0).toString(16)}}`)
}
