/**
 * Requests for another method than that of the request line. Some servers apply such an override after the
 * request was judged: a `POST` that may pass then reaches the handler of `DELETE`.
 *
 * What a parameter is called is up to the query parser of the server, and those differ: Rack drops brackets at
 * the start (`[_method]`), PHP drops spaces there, writes `_` for `.` and space (`.method` is `_method`) and
 * cuts at NUL, qs and PHP read `a[_method]` as a member. So a name is cut into the pieces between such
 * characters, and each piece counts. That refuses a few names which no server reads as `_method`, and none that
 * a client uses. Bodies are not read: an override in one is not seen.
 */

const HEADERS = ['x-http-method-override', 'x-http-method', 'x-method-override']

/** Between pieces of a name: brackets, dots, spaces, controls, quotes, and separators (encoded ones). */
const BETWEEN_PIECES = /[[\](){}.\s"'`,:|\\/=&;#?\u0000-\u001f\u007f]+/
/** Between parameters; `;` is one for some parsers, and what follows a second `?` or a `#` is read by some. */
const BETWEEN_PARAMETERS = /[&;#?]/
/** Names that are encoded more often are not decoded by any server that decodes at all. */
const MAX_DECODINGS = 3

/** Whether a request asks for another method; `header` returns undefined or null for an absent header. */
export function overridesMethod(target: string, header: (name: string) => unknown): boolean {
  return HEADERS.some((name) => isPresent(header(name))) || queryOverridesMethod(target)
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}

function queryOverridesMethod(target: string): boolean {
  const start = target.indexOf('?')
  if (start < 0) return false
  return target
    .slice(start + 1)
    .split(BETWEEN_PARAMETERS)
    .some(namesMethod)
}

/** Names only: a value may hold anything, such as the address of another page. */
function namesMethod(parameter: string): boolean {
  let name = parameter.split('=', 1)[0] ?? ''
  for (let decodings = 0; decodings <= MAX_DECODINGS; decodings++) {
    // PHP writes `_` for a dot, and drops spaces at the start.
    if (/^\s*\.method(?![\w-])/i.test(name)) return true
    if (name.split(BETWEEN_PIECES).some((piece) => piece.toLowerCase() === '_method')) return true
    const next = decoded(name)
    if (next === name) return false
    name = next
  }
  return false
}

function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/%(?:u([0-9A-Fa-f]{4})|([0-9A-Fa-f]{2}))/gi, (_, unit?: string, byte?: string) =>
      String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16)),
    )
}
