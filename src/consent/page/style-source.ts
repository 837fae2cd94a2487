/** The style sheet of a page, and what a Content-Security-Policy has to say to let it through. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { checkPageOptions } from './check-options.ts'
import { Html, markup } from './html.ts'
import type { PageOptions } from './options.ts'
import { styles } from './styles.ts'
import { themeRules } from './theme.ts'
import { cspSource, safeUrl } from './urls.ts'

export function pageStyle(options: PageOptions): {
  readonly attributes: Html | undefined
  readonly text: Html
} {
  const { nonce } = options
  return {
    attributes: nonce === undefined ? undefined : markup` nonce="${checkedNonce(nonce)}"`,
    // Of our own, and checked not to end the element.
    text: new Html(styles + themeRules(options)),
  }
}

/** The SHA-256 of {@link styles} as a source expression, for pages that put it into a style element. */
export const stylesHash: string = hashSource(styles)

/**
 * The value of the `Content-Security-Policy` header for a page with the same options: no script, no frame,
 * nothing from elsewhere but the logo. Browsers hold the redirect behind the form to `form-action` as well,
 * so give `redirectUri` and `redirectsThrough`, or the way back to the client is barred.
 */
export function contentSecurityPolicy(given: PageOptions): string {
  const options = checkPageOptions(given)
  const { action, client, nonce, redirectUri, redirectsThrough = [] } = options
  const rules = themeRules(options)
  const style =
    nonce !== undefined
      ? `'nonce-${checkedNonce(nonce)}'`
      : rules === ''
        ? stylesHash
        : hashSource(styles + rules)
  const targets = new Set(["'self'", cspSource(safeUrl(action, 'action'), 'action')])
  for (const url of redirectsThrough) targets.add(cspSource(url, 'redirectsThrough'))
  if (redirectUri !== undefined) targets.add(cspSource(redirectUri, 'redirectUri'))
  const { logo } = client
  return [
    "default-src 'none'",
    `style-src ${style}`,
    ...(logo === undefined ? [] : [`img-src ${cspSource(safeUrl(logo, 'client.logo'), 'client.logo')}`]),
    `form-action ${[...targets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Throws `TypeError` for what is no base64-value (CSP Level 3, §2.3.1). */
function checkedNonce(nonce: string): string {
  if (typeof nonce !== 'string' || !/^[\w+/-]+={0,2}$/.test(nonce))
    throw new TypeError('nonce must be base64')
  return nonce
}

function hashSource(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`
}
