/** `scope-token` of RFC 6749 §3.3: what a scope name is made of. */
export const SCOPE_TOKEN: RegExp = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Scopes about the login and its tokens (OpenID Connect Core §5.4, §11): they open nothing at an API. */
export const LOGIN_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
])
