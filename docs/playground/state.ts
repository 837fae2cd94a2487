/**
 * What is on the page, kept in the fragment of the address: it is never sent to a server (RFC 3986 §3.5).
 * JSON, compressed by the browser, in base64url.
 */

export interface State {
  readonly document: string
  readonly scopes: string
  readonly method: string
  readonly path: string
  readonly before: string
  readonly openapi: string
  readonly tab: string
}

const MEMBERS = ['document', 'scopes', 'method', 'path', 'before', 'openapi', 'tab'] as const

export async function toFragment(state: State): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(state))
  const packed = await through(bytes, new CompressionStream('deflate-raw'))
  return btoa(String.fromCharCode(...packed))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Undefined for anything that is not a state; what is missing in one is empty. */
export async function fromFragment(fragment: string): Promise<State | undefined> {
  if (fragment === '') return undefined
  try {
    const text = atob(fragment.replaceAll('-', '+').replaceAll('_', '/'))
    const packed = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const bytes = await through(packed, new DecompressionStream('deflate-raw'))
    const read = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>
    const members = MEMBERS.map((name) => {
      const value = Object.hasOwn(read, name) ? read[name] : undefined
      return [name, typeof value === 'string' ? value : ''] as const
    })
    const state: Readonly<Record<string, string>> = Object.fromEntries(members)
    return state as unknown as State
  } catch {
    return undefined
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
