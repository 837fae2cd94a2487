/**
 * URLs for attributes: `http`, `https` or relative. Anything else (`javascript:`, `data:`, …) and whatever
 * a URL parser would silently take out (tabs, line ends, blanks at the ends) or read differently (`\`) is
 * refused, since these come from clients as often as from code.
 */

/** Read against it, a relative URL stays relative. */
const BASE = 'https://relative.invalid/'

/** Throws `TypeError`; `what` names the option. */
export function safeUrl(url: string, what: string): string {
  if (typeof url !== 'string' || url === '' || /[\u0000-\u0020\u007f-\u009f\\]/.test(url)) {
    throw new TypeError(`${what} is no URL`)
  }
  if (!['http:', 'https:'].includes(parse(url, what).protocol)) {
    throw new TypeError(`${what} must be a relative URL or one of http or https`)
  }
  return url
}

/** The source expression for a Content-Security-Policy: an origin, `'self'`, or the scheme of an app. */
export function cspSource(url: string, what: string): string {
  const { origin, protocol } = parse(url, what)
  if (origin === new URL(BASE).origin) return "'self'"
  return origin === 'null' ? protocol : origin
}

/** What of a redirect URI a person can recognise: its host, or the scheme of an app. */
export function shownHost(url: string, what: string): string {
  const { host, protocol } = parse(url, what)
  return host === '' ? protocol.slice(0, -1) : host
}

function parse(url: string, what: string): URL {
  try {
    return new URL(url, BASE)
  } catch {
    throw new TypeError(`${what} is no URL`)
  }
}
