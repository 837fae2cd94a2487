/**
 * Settings from flags, environment and configuration file, and what must hold between them.
 */
import { quote } from '../diagnostic/words.ts'
import { SCOPE_TOKEN } from '../language/scope-token.ts'
import { isUnprotected, isUrl, readAddress } from './address.ts'
import { settingValue, splitValue } from './setting-value.ts'
import { ANY_AUDIENCE, DEFAULTS, kebab, SETTINGS, type Settings, variable } from './settings.ts'

/** What is wrong with settings, in one clause. */
export class UnusableSettings extends Error {
  override readonly name = 'UnusableSettings'
}

/**
 * `flags` by name of the setting as typed (a list where a flag was repeated), `file` as read. Throws {@link UnusableSettings}.
 */
export function readSettings(
  flags: Readonly<Record<string, string | readonly string[] | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): Settings {
  const read: Record<string, unknown> = { ...DEFAULTS, ...file }
  for (const setting of SETTINGS) {
    const { name, secret, alias } = setting
    const flag = secret === true ? undefined : flags[name]
    const text = flag ?? env[variable(name)] ?? (alias === undefined ? undefined : env[variable(alias)])
    if (text === undefined) continue
    const value = settingValue(setting, typeof text === 'string' ? splitValue(setting, text) : text)
    if ('value' in value) read[name] = value.value
    else {
      const place = flag === undefined ? variable(name) : `--${kebab(name)}`
      throw new UnusableSettings(`${place}: ${value.problem}`)
    }
  }
  const settings = read as unknown as Settings
  check(settings)
  return settings
}

function check(settings: Settings): void {
  const { listen, grpc, jwks, introspection, issuer, audience, resourceMetadata, baseline, origin } = settings
  for (const address of [listen, ...(grpc === undefined ? [] : [grpc])]) {
    if (readAddress(address) === undefined)
      throw new UnusableSettings(
        `${quote(address)} is not an address; write it as 127.0.0.1:8787, or unix:/run/scope-policy.sock`,
      )
  }
  if ((settings.tlsCert === undefined) !== (settings.tlsKey === undefined))
    throw new UnusableSettings('`tlsCert` and `tlsKey` belong together')
  if (settings.clientCa !== undefined && settings.tlsCert === undefined)
    throw new UnusableSettings('`clientCa` needs TLS; set `tlsCert` and `tlsKey`')
  if ((jwks.length === 0) === (introspection === undefined))
    throw new UnusableSettings(
      jwks.length === 0
        ? 'nothing verifies tokens; set `jwks` (URL or file of keys) or `introspection` (URL)'
        : 'set `jwks` or `introspection`, not both',
    )
  // Without these any token of the issuer opens the API, or any issuer's whose key is in the set.
  if (jwks.length > 0 && issuer.length === 0)
    throw new UnusableSettings('`issuer` is missing: the `iss` that tokens must have')
  if (jwks.length > 0 && jwks.length !== issuer.length)
    throw new UnusableSettings(
      `each issuer needs its own keys: \`issuer\` has ${issuer.length}, \`jwks\` has ${jwks.length}; write one key set for each issuer, in the same order`,
    )
  if (new Set(issuer).size < issuer.length) throw new UnusableSettings('`issuer` names an issuer twice')
  if (audience.length === 0)
    throw new UnusableSettings(
      '`audience` is missing: the `aud` that tokens must have, so that a token for another API opens nothing here' +
        (introspection === undefined ? '' : '; write `any` to accept tokens for every API'),
    )
  if (audience.includes(ANY_AUDIENCE) && (introspection === undefined || audience.length > 1))
    throw new UnusableSettings(
      introspection === undefined
        ? '`audience` is `any`, which is possible with introspection only; write the `aud` of your tokens'
        : '`audience` has `any` beside others; write one or the other',
    )
  checkUrls({
    introspection: [introspection],
    resourceMetadata: [resourceMetadata],
    jwks: jwks.filter(isUrl),
    origin,
  })
  const invalid = baseline.find((name) => !SCOPE_TOKEN.test(name))
  if (invalid !== undefined)
    throw new UnusableSettings(
      `\`baseline\` has ${quote(invalid)}, which is not a scope name (RFC 6749 §3.3)`,
    )
  for (const one of origin) {
    if (new URL(one).origin !== one.toLowerCase())
      throw new UnusableSettings(`${quote(one)} is not an origin; write it as https://api.example`)
  }
  if (settings.allowHttp) return
  // RFC 7662 §4 and RFC 8414 §2 require TLS: whoever replaces keys or answers on the way opens the API.
  for (const [name, urls] of Object.entries({ jwks, introspection: [introspection], issuer })) {
    for (const url of urls) {
      if (url !== undefined && isUnprotected(url))
        throw new UnusableSettings(
          `${quote(name)} is not protected by TLS: ${quote(url)}; write an https URL, or set ${quote('allowHttp')}`,
        )
    }
  }
}

function checkUrls(settings: Readonly<Record<string, readonly (string | undefined)[]>>): void {
  for (const [name, urls] of Object.entries(settings)) {
    for (const url of urls) {
      if (url !== undefined && !(isUrl(url) && URL.canParse(url)))
        throw new UnusableSettings(`${quote(name)} is not a URL: ${quote(url)}`)
    }
  }
}
