/**
 * What can be set of the decision server: one table, from which flags, environment variables, the
 * configuration file and its schema are made, so that the four cannot differ.
 *
 * `clockTolerance` is `--clock-tolerance`, `SCOPE_POLICY_CLOCK_TOLERANCE`, and `clockTolerance:` in the file.
 * A flag wins over the environment, the environment over the file.
 */

/** One setting. Lists are separated by commas in flags and environment. */
export interface Setting {
  readonly name: keyof Settings
  readonly kind: 'text' | 'list' | 'number' | 'choice' | 'switch'
  /** One clause, for help and schema. */
  readonly what: string
  readonly choices?: readonly string[]
  readonly least?: number
  readonly most?: number
  /** Never a flag: other users of the machine see the arguments of a process. */
  readonly secret?: true
}

/** The settings in force. Times are in seconds, sizes in bytes. */
export interface Settings {
  readonly listen: string
  readonly headers: HeaderFamily
  readonly issuer?: string
  readonly audience: readonly string[]
  readonly jwks?: string
  readonly algorithms: readonly string[]
  readonly tokenType?: string
  readonly clockTolerance: number
  readonly remember: number
  readonly introspection?: string
  readonly introspectionClientId?: string
  readonly introspectionClientSecret?: string
  readonly allowHttp: boolean
  readonly timeout: number
  readonly realm?: string
  readonly resourceMetadata?: string
  readonly log: 'decisions' | 'denials' | 'errors'
  readonly reload: number
  readonly headerSize: number
  readonly grace: number
}

/** Where a gateway puts the method and the target of the original request. */
export type HeaderFamily = 'x-forwarded' | 'x-original' | 'envoy'

/**
 * Signatures by a key of the issuer. Never `none`; a shared secret (`HS256`) only where it is asked for,
 * since a public key taken for a secret lets anybody sign (RFC 8725 §2.1).
 */
const ASYMMETRIC: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

export const ALGORITHMS: readonly string[] = [...ASYMMETRIC, 'HS256', 'HS384', 'HS512']

export const DEFAULTS: Settings = {
  listen: '127.0.0.1:8787',
  headers: 'x-forwarded',
  audience: [],
  algorithms: ASYMMETRIC,
  clockTolerance: 5,
  remember: 60,
  allowHttp: false,
  timeout: 3,
  log: 'denials',
  reload: 1,
  headerSize: 16_384,
  grace: 10,
}

export const SETTINGS: readonly Setting[] = [
  { name: 'listen', kind: 'text', what: 'host and port to listen on; port 0 is a free one' },
  {
    name: 'headers',
    kind: 'choice',
    what: 'which headers of the gateway hold the original method and target',
    choices: ['x-forwarded', 'x-original', 'envoy'],
  },
  { name: 'issuer', kind: 'text', what: 'the `iss` that tokens must have' },
  { name: 'audience', kind: 'list', what: 'the `aud` that tokens must have, one of these' },
  { name: 'jwks', kind: 'text', what: 'URL or file of the keys that sign tokens (RFC 7517)' },
  { name: 'algorithms', kind: 'list', what: 'signature algorithms that are accepted', choices: ALGORITHMS },
  { name: 'tokenType', kind: 'text', what: 'the `typ` that tokens must have, such as at+jwt (RFC 9068)' },
  { name: 'clockTolerance', kind: 'number', what: 'seconds that clocks may differ', least: 0, most: 300 },
  {
    name: 'remember',
    kind: 'number',
    what: 'seconds for which a verified JWT is not verified again',
    least: 0,
    most: 600,
  },
  { name: 'introspection', kind: 'text', what: 'URL that is asked about tokens instead (RFC 7662)' },
  { name: 'introspectionClientId', kind: 'text', what: 'client id for introspection' },
  {
    name: 'introspectionClientSecret',
    kind: 'text',
    what: 'client secret for introspection',
    secret: true,
  },
  {
    name: 'allowHttp',
    kind: 'switch',
    what: 'accept http URLs of other machines, where keys, tokens and secrets travel unprotected',
  },
  {
    name: 'timeout',
    kind: 'number',
    what: 'seconds to wait for keys or introspection',
    least: 0.1,
    most: 60,
  },
  { name: 'realm', kind: 'text', what: 'protection space, named in challenges (RFC 9110 §11.5)' },
  { name: 'resourceMetadata', kind: 'text', what: 'metadata URL, named in challenges (RFC 9728 §5.1)' },
  {
    name: 'log',
    kind: 'choice',
    what: 'what is logged of requests',
    choices: ['decisions', 'denials', 'errors'],
  },
  {
    name: 'reload',
    kind: 'number',
    what: 'seconds between looks at the files; 0 is never',
    least: 0,
    most: 3600,
  },
  {
    name: 'headerSize',
    kind: 'number',
    what: 'bytes that the headers of a request may have',
    least: 1024,
    most: 1_048_576,
  },
  {
    name: 'grace',
    kind: 'number',
    what: 'seconds that running requests have when it stops',
    least: 0,
    most: 600,
  },
]

/** `clockTolerance` as `clock-tolerance`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `clockTolerance` as `SCOPE_POLICY_CLOCK_TOLERANCE`. */
export function variable(name: string): string {
  return `SCOPE_POLICY_${kebab(name).replaceAll('-', '_').toUpperCase()}`
}
