/** The hosts of RFC 8252 §7.3, as `URL` spells them. */
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** An https URL, or http on loopback, which cannot be read or changed on the way; undefined for any other string. */
export function secureUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSecure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname))
  return isSecure ? url : undefined
}
