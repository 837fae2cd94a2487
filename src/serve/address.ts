/** Whether what is sent to this URL could be read or replaced on the way: `http`, but not to this machine. */
export function isUnprotected(text: string): boolean {
  if (!isUrl(text) || !URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' && !/^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

/** `host:port`, with brackets around an IPv6 address. */
export function readAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) > 65_535) return undefined
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}
