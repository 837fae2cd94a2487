/** `scope-token` of RFC 6749 §3.3: what a scope name is made of. */
export const SCOPE_TOKEN: RegExp = /^[\x21\x23-\x5b\x5d-\x7e]+$/
