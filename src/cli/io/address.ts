/**
 * A document at an address that the user gives. https, or http on the loopback interface; bounded in time and
 * size; no redirection is followed, so that no other host is ever asked.
 */
import { secureUrl } from '../../source/secure-url.ts'
import { quote } from '../../diagnostic/words.ts'
import { fetchText } from '../../serve/tokens/fetch-json.ts'
import { UsageError } from '../exit-code.ts'
import type { Source } from './source.ts'

const SECONDS = 10
const MAX_BYTES = 1024 * 1024

export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/** Throws {@link UsageError} for an address that is not fetched. */
export function addressSource(address: string): Source {
  const url = secureUrl(address)
  if (url === undefined)
    throw new UsageError(`${quote(address)} is not fetched: write an https URL, or http on loopback`)
  if (url.username !== '' || url.password !== '')
    throw new UsageError('a URL with a user name or password is not fetched')
  const read = async (): Promise<Uint8Array> => {
    try {
      const init = { headers: { accept: 'application/json' } }
      return Buffer.from(await fetchText(url.href, init, { timeout: SECONDS, maxBytes: MAX_BYTES }))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new UsageError(`${quote(address)} cannot be read: ${reason}`)
    }
  }
  return { path: address, read }
}
