/** The body, filtered; the same bytes when it is not JSON or nothing in it changes. */
export function filteredJson(body: Uint8Array, filter: (message: unknown) => unknown): Uint8Array | string {
  let message: unknown
  try {
    message = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return body
  }
  const filtered = filter(message)
  return filtered === message ? body : JSON.stringify(filtered)
}
