/** The style sheet of a page, and what a Content-Security-Policy has to say to let it through. */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { type CheckedFrame, checkPageOptions } from './check-options.ts'
import { Html, markup } from './html.ts'
import type { PageOptions } from './options.ts'
import { styles } from './styles.ts'
import { themeRules } from './theme.ts'
import { cspSource } from './urls.ts'

export function pageStyle(options: Pick<CheckedFrame, 'nonce' | 'theme' | 'darkTheme'>): {
  readonly attributes: Html | undefined
  readonly text: Html
} {
  const { nonce } = options
  return {
    attributes: nonce === undefined ? undefined : markup` nonce="${checkedNonce(nonce)}"`,
    // The project's own, and checked not to end the element.
    text: new Html(styles + themeRules(options)),
  }
}

/** The SHA-256 of {@link styles} as a source expression, for pages that put it into a style element. */
export const stylesHash: string = hashSource(styles)

/**
 * The value of the `Content-Security-Policy` header for a page with the same options: no script, no frame,
 * nothing from elsewhere but the logos. Browsers check the redirect that follows the form against `form-action`
 * as well, so give `redirectUri` and `redirectsThrough`, or the way back to the client is barred.
 */
export function contentSecurityPolicy(given: PageOptions): string {
  const { client, service, redirectUri, redirectsThrough, ...page } = checkPageOptions(given)
  const targets = redirectsThrough.map((url) => cspSource(url, 'redirectsThrough'))
  if (redirectUri !== undefined) targets.push(cspSource(redirectUri, 'redirectUri'))
  return policyFor(page, [service?.logo, client.logo], targets)
}

/** Of a page with these logos, whose form may lead to these targets. */
export function policyFor(
  frame: Pick<CheckedFrame, 'action' | 'nonce' | 'theme' | 'darkTheme'>,
  logos: readonly (string | undefined)[],
  targets: readonly string[],
): string {
  const { action, nonce } = frame
  const rules = themeRules(frame)
  const style =
    nonce !== undefined
      ? `'nonce-${checkedNonce(nonce)}'`
      : rules === ''
        ? stylesHash
        : hashSource(styles + rules)
  const images = new Set(logos.filter((logo) => logo !== undefined).map(imageSource))
  const forms = new Set(["'self'", cspSource(action, 'action'), ...targets])
  return [
    "default-src 'none'",
    `style-src ${style}`,
    ...(images.size === 0 ? [] : [`img-src ${[...images].join(' ')}`]),
    `form-action ${[...forms].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function imageSource(url: string): string {
  return url.startsWith('data:') ? 'data:' : cspSource(url, 'logo')
}

/** Throws `TypeError` for what is not a base64-value (CSP Level 3, §2.3.1). */
function checkedNonce(nonce: string): string {
  if (typeof nonce !== 'string' || !/^[\w+/-]+={0,2}$/.test(nonce))
    throw new TypeError('nonce must be base64')
  return nonce
}

function hashSource(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`
}
