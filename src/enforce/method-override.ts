/**
 * Wishes for another method than that of the request line. Some servers grant them after the request was
 * judged: a `POST` that may pass then reaches the handler of `DELETE`.
 */

const HEADERS = ['x-http-method-override', 'x-http-method', 'x-method-override']
/** Also as an array or an object, as query parsers read `_method[]`; names are compared decoded. */
const PARAMETER = /^_method(?:\[|$)/i

/** Whether a request asks for another method; `header` gives undefined or null for a header that is not there. */
export function overridesMethod(target: string, header: (name: string) => unknown): boolean {
  return HEADERS.some((name) => isThere(header(name))) || namesMethod(target)
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

function namesMethod(target: string): boolean {
  const start = target.indexOf('?')
  if (start < 0) return false
  // Some parsers separate by `;` as well.
  return target
    .slice(start + 1)
    .split(/[&;#?]/)
    .some((pair) => PARAMETER.test(decoded(pair.split('=', 1)[0] ?? '').trim()))
}

function decoded(name: string): string {
  return name
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
