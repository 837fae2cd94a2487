/**
 * What can be set of the decision server: one table, from which flags, environment variables, the
 * configuration file, its schema and the reference page are made, so that they cannot differ.
 *
 * `clockTolerance` is `--clock-tolerance`, `SCOPE_POLICY_CLOCK_TOLERANCE`, and `clockTolerance:` in the file.
 * A flag wins over the environment, the environment over the file.
 */

/** One setting. Lists are separated by commas in flags and environment; a flag of a list may be repeated. */
export interface Setting {
  readonly name: keyof Settings
  readonly kind: 'string' | 'list' | 'number' | 'choice' | 'switch'
  /** The heading under which the reference page lists it. */
  readonly group: Group
  /** One clause, for help, schema and reference. */
  readonly description: string
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Never a flag: other users of the machine see the arguments of a process. */
  readonly secret?: true
  /** The name before it was renamed, which is still accepted everywhere. */
  readonly alias?: string
}

type Group = 'Listening' | 'Tokens' | 'Bound tokens' | 'Answers' | 'Operation'

/** The settings in force. Times are in seconds, sizes in bytes. */
export interface Settings {
  readonly listen: string
  readonly grpc?: string
  readonly headers: HeaderFamily
  readonly mcpPath: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
  readonly issuer: readonly string[]
  readonly audience: readonly string[]
  readonly jwks: readonly string[]
  readonly staleKeys: number
  readonly algorithms: readonly string[]
  readonly tokenType?: string
  readonly clockTolerance: number
  readonly tokenCacheTtl: number
  readonly introspection?: string
  readonly introspectionClientId?: string
  readonly introspectionClientSecret?: string
  readonly introspectionCacheTtl: number
  readonly scopeClaim: readonly string[]
  readonly scopeSeparator?: string
  readonly tokenHeader: string
  readonly tokenCookie?: string
  readonly dpop: boolean
  readonly dpopMaxAge: number
  readonly origin: readonly string[]
  readonly clientCertificateHeader?: string
  readonly authzen: boolean
  readonly allowHttp: boolean
  readonly timeout: number
  readonly realm?: string
  readonly resourceMetadata?: string
  readonly baseline: readonly string[]
  readonly identitySize: number
  readonly log: 'decisions' | 'denials' | 'errors'
  readonly otlp: boolean
  readonly reload: number
  readonly headerSize: number
  readonly shutdownTimeout: number
}

/** Where a gateway puts the method and the target of the original request. */
export type HeaderFamily = 'x-forwarded' | 'x-original' | 'envoy' | 'mcp'

/** The value of `audience` that accepts tokens for any API: for introspection only. */
export const ANY_AUDIENCE = 'any'

/**
 * Signatures by a key of the issuer. Never `none`; a shared secret (`HS256`) only where it is asked for,
 * since a public key taken for a secret lets anybody sign (RFC 8725 §2.1).
 */
export const ASYMMETRIC: readonly string[] = [
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

const ALGORITHMS: readonly string[] = [...ASYMMETRIC, 'HS256', 'HS384', 'HS512']

export const DEFAULTS: Settings = {
  listen: '127.0.0.1:8787',
  headers: 'x-forwarded',
  mcpPath: '/mcp',
  issuer: [],
  audience: [],
  jwks: [],
  staleKeys: 3_600,
  algorithms: ASYMMETRIC,
  clockTolerance: 5,
  tokenCacheTtl: 60,
  introspectionCacheTtl: 0,
  scopeClaim: ['scope', 'scp', 'scopes'],
  tokenHeader: 'authorization',
  dpop: false,
  dpopMaxAge: 60,
  origin: [],
  authzen: false,
  allowHttp: false,
  timeout: 3,
  baseline: [],
  identitySize: 3_072,
  log: 'denials',
  otlp: false,
  reload: 1,
  headerSize: 16_384,
  shutdownTimeout: 10,
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'listen',
    kind: 'string',
    group: 'Listening',
    description: 'host and port to listen on, port 0 being a free one; or unix:/path/of/a.sock',
  },
  {
    name: 'grpc',
    kind: 'string',
    group: 'Listening',
    description: 'address to answer ext_authz of Envoy on, over gRPC, with its health service',
  },
  {
    name: 'headers',
    kind: 'choice',
    group: 'Listening',
    description:
      'which headers of the gateway hold the original method and target; `mcp` is x-forwarded, with Mcp-Method and Mcp-Name on `mcpPath`',
    choices: ['x-forwarded', 'x-original', 'envoy', 'mcp'],
  },
  {
    name: 'mcpPath',
    kind: 'string',
    group: 'Listening',
    description: 'path of the MCP server, with `headers: mcp`',
  },
  {
    name: 'tlsCert',
    kind: 'string',
    group: 'Listening',
    description: 'file of the certificate (PEM, with its chain) to listen with TLS',
  },
  {
    name: 'tlsKey',
    kind: 'string',
    group: 'Listening',
    description: 'file of the key of that certificate (PEM)',
  },
  {
    name: 'clientCa',
    kind: 'string',
    group: 'Listening',
    description: 'file of the CA (PEM) that has to have signed the certificates of those who ask',
  },
  {
    name: 'authzen',
    kind: 'switch',
    group: 'Listening',
    description:
      'answer AuthZEN 1.0 as well; its clients, subjects, actions and resources belong into the configuration file',
  },
  {
    name: 'headerSize',
    kind: 'number',
    group: 'Listening',
    description: 'bytes that the headers of a request may have',
    min: 1024,
    max: 1_048_576,
  },
  {
    name: 'issuer',
    kind: 'list',
    group: 'Tokens',
    description: 'the `iss` that tokens must have; of several issuers, each has its own entry in `jwks`',
  },
  {
    name: 'audience',
    kind: 'list',
    group: 'Tokens',
    description: 'the `aud` that tokens must have, one of these; `any` with introspection accepts each',
  },
  {
    name: 'jwks',
    kind: 'list',
    group: 'Tokens',
    description:
      'URL or file of the keys that sign tokens (RFC 7517), one for each issuer, in the same order',
  },
  {
    name: 'staleKeys',
    kind: 'number',
    group: 'Tokens',
    description: 'seconds for which the last good keys of a URL are used while it fails',
    min: 0,
    max: 86_400,
  },
  {
    name: 'algorithms',
    kind: 'list',
    group: 'Tokens',
    description: 'signature algorithms that are accepted',
    choices: ALGORITHMS,
  },
  {
    name: 'tokenType',
    kind: 'string',
    group: 'Tokens',
    description: 'the `typ` that tokens must have, such as at+jwt (RFC 9068); default: at+jwt, JWT, or none',
  },
  {
    name: 'clockTolerance',
    kind: 'number',
    group: 'Tokens',
    description: 'seconds that clocks may differ',
    min: 0,
    max: 300,
  },
  {
    name: 'tokenCacheTtl',
    kind: 'number',
    group: 'Tokens',
    description: 'seconds for which a verified JWT is not verified again',
    min: 0,
    max: 600,
    alias: 'remember',
  },
  {
    name: 'introspection',
    kind: 'string',
    group: 'Tokens',
    description: 'URL that is asked about tokens instead (RFC 7662)',
  },
  {
    name: 'introspectionClientId',
    kind: 'string',
    group: 'Tokens',
    description: 'client id for introspection',
  },
  {
    name: 'introspectionClientSecret',
    kind: 'string',
    group: 'Tokens',
    description: 'client secret for introspection',
    secret: true,
  },
  {
    name: 'introspectionCacheTtl',
    kind: 'number',
    group: 'Tokens',
    description:
      'seconds for which an active token is not asked about again; a revoked one counts so much longer',
    min: 0,
    max: 600,
  },
  {
    name: 'scopeClaim',
    kind: 'list',
    group: 'Tokens',
    description:
      'claims that hold the scopes, by name or path (resource_access.api.roles); the first that is there decides alone',
  },
  {
    name: 'scopeSeparator',
    kind: 'string',
    group: 'Tokens',
    description: 'what separates scope names in a claim that is a string; default: a space',
  },
  {
    name: 'tokenHeader',
    kind: 'string',
    group: 'Tokens',
    description: 'header that holds the token; another one than Authorization may hold it without `Bearer`',
  },
  {
    name: 'tokenCookie',
    kind: 'string',
    group: 'Tokens',
    description: 'cookie that holds the token where the header is missing; both at once are refused',
  },
  {
    name: 'dpop',
    kind: 'switch',
    group: 'Bound tokens',
    description: 'accept tokens that are bound to a key, with a proof (DPoP, RFC 9449)',
  },
  {
    name: 'dpopMaxAge',
    kind: 'number',
    group: 'Bound tokens',
    description: 'seconds for which a proof is good',
    min: 1,
    max: 600,
  },
  {
    name: 'origin',
    kind: 'list',
    group: 'Bound tokens',
    description:
      'origins at which clients reach the API, such as https://api.example, for the `htu` of proofs; default: X-Forwarded-Proto and -Host, else Host',
  },
  {
    name: 'clientCertificateHeader',
    kind: 'string',
    group: 'Bound tokens',
    description:
      'header in which the gateway passes the certificate of the client, for certificate-bound tokens (RFC 8705); the gateway must overwrite what clients send',
  },
  {
    name: 'allowHttp',
    kind: 'switch',
    group: 'Tokens',
    description: 'accept http URLs of other machines, where keys, tokens and secrets travel unprotected',
  },
  {
    name: 'timeout',
    kind: 'number',
    group: 'Tokens',
    description: 'seconds to wait for keys or introspection',
    min: 0.1,
    max: 60,
  },
  {
    name: 'realm',
    kind: 'string',
    group: 'Answers',
    description: 'protection space, named in challenges (RFC 9110 §11.5)',
  },
  {
    name: 'resourceMetadata',
    kind: 'string',
    group: 'Answers',
    description: 'metadata URL, named in challenges (RFC 9728 §5.1)',
  },
  {
    name: 'baseline',
    kind: 'list',
    group: 'Answers',
    description:
      'scopes that a client should ask for to begin with, named in the challenge of a 401 without a valid token (RFC 6750 §3)',
  },
  {
    name: 'identitySize',
    kind: 'number',
    group: 'Answers',
    description:
      'bytes that the X-Auth headers may have together; one that does not fit is sent empty and named in X-Auth-Omitted',
    min: 256,
    max: 1_048_576,
  },
  {
    name: 'log',
    kind: 'choice',
    group: 'Operation',
    description: 'what is logged of requests',
    choices: ['decisions', 'denials', 'errors'],
  },
  {
    name: 'otlp',
    kind: 'switch',
    group: 'Operation',
    description:
      'export spans and durations of decisions by @opentelemetry/sdk-node, which has to be installed and is configured by OTEL_… variables',
  },
  {
    name: 'reload',
    kind: 'number',
    group: 'Operation',
    description: 'seconds between looks at the files and keys; 0 is never',
    min: 0,
    max: 3600,
  },
  {
    name: 'shutdownTimeout',
    kind: 'number',
    group: 'Operation',
    description: 'seconds that running requests have when it stops',
    min: 0,
    max: 600,
    alias: 'grace',
  },
]

/** The setting of that name, or of that former name. */
export function settingNamed(name: string): Setting | undefined {
  return SETTINGS.find((setting) => setting.name === name || setting.alias === name)
}

/** `clockTolerance` as `clock-tolerance`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `clockTolerance` as `SCOPE_POLICY_CLOCK_TOLERANCE`. */
export function variable(name: string): string {
  return `SCOPE_POLICY_${kebab(name).replaceAll('-', '_').toUpperCase()}`
}
