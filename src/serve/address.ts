/** Whether what is sent to this URL could be read or replaced on the way: `http`, but not to this machine. */
export function isUnprotected(text: string): boolean {
  if (!isUrl(text) || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' && !/^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

export type Address =
  | { readonly kind: 'port'; readonly host: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }

/** `host:port`, with brackets around an IPv6 address, or `unix:` and the path of a socket. */
export function readAddress(text: string): Address | undefined {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length)
    return path === '' ? undefined : { kind: 'socket', path }
  }
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) > 65_535) return undefined
  return { kind: 'port', host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}
