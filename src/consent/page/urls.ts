/**
 * URLs for attributes, and the addresses that a browser returns to. These come from clients as often as from
 * code, so whatever a URL parser would silently strip (tabs, line ends, spaces at the ends) or read as another
 * address (`\`, `https:host` without slashes) is refused.
 *
 * Redirects may lead to `http`, `https` and the private-use schemes of apps (RFC 8252 §7.1), with a dot in
 * them or not: what a client has registered. Refused are schemes that run or show what the URL itself holds,
 * that belong to the browser or open another program on their own.
 */
import { checkOption, describeGiven } from '../../policy/given-options.ts'
import { isTexts } from '../own.ts'

const REFUSED_SCHEMES: ReadonlySet<string> = new Set([
  ...['javascript', 'vbscript', 'livescript', 'mocha', 'data', 'blob', 'file', 'filesystem', 'about'],
  ...['view-source', 'jar', 'wyciwyg', 'mhtml', 'mk', 'its', 'ms-its', 'res', 'shell', 'cid', 'mid'],
  ...['chrome', 'chrome-extension', 'chrome-untrusted', 'chrome-search', 'devtools', 'edge', 'brave'],
  ...[
    'opera',
    'vivaldi',
    'moz-extension',
    'moz-icon',
    'resource',
    'safari-extension',
    'safari-web-extension',
  ],
  ...['ws', 'wss', 'ftp', 'sftp', 'ssh', 'telnet', 'gopher', 'ldap', 'ldaps', 'smb', 'nfs', 'urn', 'news'],
  ...['mailto', 'tel', 'sms', 'callto', 'facetime', 'intent', 'content', 'android-app', 'ms-settings'],
  ...['ms-msdt', 'search-ms', 'ms-cxh', 'ms-officecmd', 'x-apple-helpviewer', 'applescript', 'help'],
])

/** Read against it, a relative URL stays relative. */
const BASE = 'https://relative.invalid/'
const SCHEME = /^([a-z][a-z\d+.-]*):/i

interface Address {
  /** Without the colon; undefined for a relative URL. */
  readonly scheme: string | undefined
  readonly url: URL
}

/** `http`, `https` or relative. Throws `TypeError`; `what` names the option. */
export function safeUrl(url: unknown, what: string): string {
  const { scheme } = read(url, what)
  if (scheme === undefined || isWeb(scheme)) return url as string
  throw new TypeError(`${what} must be a relative URL or one of http or https`)
}

const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml);base64,[\w+/]+={0,2}$/

/** As {@link safeUrl}, or an image that is in the URL itself: a server may fetch logos once instead of letting pages do so. */
export function imageUrl(url: unknown, what: string): string {
  return typeof url === 'string' && DATA_IMAGE.test(url) ? url : safeUrl(url, what)
}

/** Throws `TypeError` for what no redirect may lead to. `schemes` are the only ones, if given. */
export function redirectUrl(url: unknown, what: string, schemes: readonly string[] | undefined): void {
  const { scheme } = read(url, what)
  if (scheme === undefined) {
    throw new TypeError(
      `${what} must be an absolute URL of http or https, or of the scheme of an app such as com.example.app:/callback`,
    )
  }
  if (REFUSED_SCHEMES.has(scheme)) throw new TypeError(`${what} must not lead to the scheme ${scheme}`)
  if (schemes !== undefined && !schemes.includes(scheme)) {
    throw new TypeError(`${what} leads to the scheme ${scheme}, which allowSchemes does not list`)
  }
}

export function redirectOrRelativeUrl(
  url: unknown,
  what: string,
  schemes: readonly string[] | undefined,
): void {
  const { scheme, url: read_ } = read(url, what)
  if (scheme !== undefined || read_.origin !== new URL(BASE).origin) redirectUrl(url, what, schemes)
}

/** Throws `TypeError` for what is not a list of schemes, and for a scheme that is never allowed. */
export function checkSchemes(schemes: unknown): void {
  checkOption(isTexts(schemes), 'allowSchemes', 'a list of schemes', schemes)
  for (const scheme of schemes) {
    if (!/^[a-z][a-z\d+.-]*$/.test(scheme)) {
      throw new TypeError(
        `option allowSchemes must name schemes in lower case, without a colon, not ${describeGiven(scheme)}`,
      )
    }
    if (REFUSED_SCHEMES.has(scheme))
      throw new TypeError(`option allowSchemes cannot allow the scheme ${scheme}`)
  }
}

/**
 * The source expression for a Content-Security-Policy: an origin, `'self'`, `data:`, or the scheme of an app.
 *
 * The grammar of CSP has no IPv6 address and no underscore in a host, and browsers ignore an origin with either
 * one, which would bar the form without a word. There `*` matches the host, with scheme and port.
 */
export function cspSource(url: string, what: string): string {
  const { scheme, url: parsed } = read(url, what)
  if (scheme === undefined && parsed.origin === new URL(BASE).origin) return "'self'"
  if (scheme !== undefined && !isWeb(scheme)) return `${scheme}:`
  const { hostname, protocol } = parsed
  const port = parsed.port === '' ? '' : `:${parsed.port}`
  // A URL that begins with `//` has the scheme of the page, and so has a source without one.
  const start = scheme === undefined ? '' : `${protocol}//`
  if (!isPlainHost(hostname)) {
    return `${start}*${port === '' ? (protocol === 'http:' ? ':80' : ':443') : port}`
  }
  return `${start}${hostname}${port}`
}

export interface ShownTarget {
  /** What of a URL a person can recognize: its host, or the scheme of an app, whose host anybody can choose. */
  readonly text: string
  /** A loopback address (RFC 8252 §7.3) or an app. */
  readonly onDevice: boolean
}

export function shownTarget(url: string, what: string): ShownTarget {
  const { scheme, url: parsed } = read(url, what)
  if (scheme !== undefined && !isWeb(scheme)) return { text: scheme, onDevice: true }
  if (scheme === undefined && parsed.origin === new URL(BASE).origin) return { text: url, onDevice: false }
  const { host, hostname } = parsed
  const onDevice =
    hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname) || /(?:^|\.)localhost$/.test(hostname)
  return { text: host, onDevice }
}

function isWeb(scheme: string): boolean {
  return scheme === 'http' || scheme === 'https'
}

function isPlainHost(hostname: string): boolean {
  return /^[a-z\d](?:[a-z\d.-]*[a-z\d])?\.?$/.test(hostname)
}

function read(url: unknown, what: string): Address {
  if (typeof url !== 'string' || url === '' || /[\u0000-\u0020\u007f-\u009f\\]/.test(url)) {
    throw new TypeError(`${what} is not a URL`)
  }
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined && isWeb(scheme) && !/^https?:\/\/[^/?#]/i.test(url)) {
    throw new TypeError(`${what} needs \`//\` and a host after ${scheme}:`)
  }
  const base = scheme === undefined ? BASE : undefined
  if (!URL.canParse(url, base)) throw new TypeError(`${what} is not a URL`)
  const parsed = new URL(url, base)
  const isOwn = scheme === undefined && parsed.origin === new URL(BASE).origin
  if (!isOwn && isWeb(parsed.protocol.slice(0, -1)) && !isHost(parsed.hostname)) {
    throw new TypeError(`${what} has a host that no name service knows`)
  }
  return { scheme, url: parsed }
}

/** Names of letters, digits, hyphens, dots and underscores, and addresses. URL parsers also accept `*` and `;`. */
function isHost(hostname: string): boolean {
  return /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(hostname)
}
