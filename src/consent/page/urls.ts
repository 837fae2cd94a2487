/**
 * URLs for attributes: `http`, `https` or relative. Anything else (`javascript:`, `data:`, …) and whatever
 * a URL parser would silently take out (tabs, line ends, blanks at the ends) or read differently (`\`) is
 * refused, since these come from clients as often as from code.
 */

/** Read against it, a relative URL stays relative. */
const BASE = 'https://relative.invalid/'

/** Throws `TypeError`; `what` names the option. */
export function safeUrl(url: string, what: string): string {
  checkCharacters(url, what)
  if (!isWeb(parse(url, what).protocol)) {
    throw new TypeError(`${what} must be a relative URL or one of http or https`)
  }
  return url
}

/**
 * Where a redirect may lead: `http`, `https` or the scheme of an app, which is a domain name turned round and
 * so has a dot in it (RFC 8252 §7.1). Never a scheme that runs or shows what the URL itself says.
 */
export function redirectUrl(url: unknown, what: string): void {
  checkCharacters(url, what)
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (isWeb(protocol) || /^[a-z][a-z\d-]*(?:\.[a-z\d-]+)+:$/.test(protocol)) return
  throw new TypeError(
    `${what} must be an absolute URL of http or https, or of the scheme of an app such as com.example.app:/callback`,
  )
}

export function redirectOrRelativeUrl(url: unknown, what: string): void {
  checkCharacters(url, what)
  if (URL.canParse(url) || parse(url, what).origin !== new URL(BASE).origin) redirectUrl(url, what)
}

/** The source expression for a Content-Security-Policy: an origin, `'self'`, or the scheme of an app. */
export function cspSource(url: string, what: string): string {
  const { origin, protocol } = parse(url, what)
  if (origin === new URL(BASE).origin) return "'self'"
  return isWeb(protocol) ? origin : protocol
}

/** What of a URL a person can recognise: its host, or the scheme of an app, whose host anybody can choose. */
export function shownHost(url: string, what: string): string {
  const { host, origin, protocol } = parse(url, what)
  if (origin === new URL(BASE).origin) return url
  return isWeb(protocol) ? host : protocol.slice(0, -1)
}

function isWeb(protocol: string): boolean {
  return protocol === 'http:' || protocol === 'https:'
}

function checkCharacters(url: unknown, what: string): asserts url is string {
  if (typeof url !== 'string' || url === '' || /[\u0000-\u0020\u007f-\u009f\\]/.test(url)) {
    throw new TypeError(`${what} is no URL`)
  }
}

function parse(url: string, what: string): URL {
  try {
    return new URL(url, BASE)
  } catch {
    throw new TypeError(`${what} is no URL`)
  }
}
