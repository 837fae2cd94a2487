/**
 * JSON from a server of the operator: bounded in time and size, and with a cause that can be acted on.
 *
 * A redirection is not followed, since it would carry the token and the credentials elsewhere.
 */

/** What `fetch` says in every case is `fetch failed`; the cause is in `error.cause.code`. */
const CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not resolve (DNS)',
  EAI_AGAIN: 'the host name does not resolve for now (DNS)',
  ECONNREFUSED: 'the connection is refused',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed; name its CA in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate has an unknown CA; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate has an unknown CA; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate has an unknown CA; name it in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host name',
}

/** The string of a 200 answer. Rejects with an `Error` that states the cause. */
export async function fetchText(
  url: string,
  init: RequestInit,
  { timeout, maxBytes }: { readonly timeout: number; readonly maxBytes: number },
): Promise<string> {
  const signal = AbortSignal.timeout(Math.round(timeout * 1000))
  try {
    const { status, body } = await fetch(url, { ...init, redirect: 'manual', signal })
    if (status !== 200 || body === null) throw new Error(`${hostOf(url)} answered ${status}, not 200`)
    return await readUpTo(body, maxBytes)
  } catch (error) {
    throw new Error(causeOf(error, url, timeout), { cause: error })
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`the answer has more than ${maxBytes / 1024} KiB`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

function causeOf(error: unknown, url: string, timeout: number): string {
  if (!(error instanceof Error)) return 'the request failed'
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `${hostOf(url)} did not answer within ${timeout} s`
  let deepest = error.message
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    // A host with several addresses fails once for each of them.
    const [first] = at instanceof AggregateError ? (at.errors as unknown[]) : []
    const { code, message } = (first ?? at) as NodeJS.ErrnoException
    deepest = message
    if (code === undefined) continue
    const known = CAUSES[code]
    return `${hostOf(url)}: ${known === undefined ? '' : `${known}: `}${code}`
  }
  return deepest
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the server'
}
