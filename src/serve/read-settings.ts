/**
 * Settings from flags, environment and configuration file, and what must hold between them.
 */
import { quote } from '../diagnostic/words.ts'
import { isUnprotected, isUrl, readAddress } from './address.ts'
import { settingValue, splitValue } from './setting-value.ts'
import { DEFAULTS, kebab, SETTINGS, type Settings, variable } from './settings.ts'

/** What is wrong with settings, as one clause. */
export class UnusableSettings extends Error {
  override readonly name = 'UnusableSettings'
}

/**
 * `flags` by name of the setting as typed, `file` as read. Throws {@link UnusableSettings}.
 */
export function readSettings(
  flags: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): Settings {
  const read: Record<string, unknown> = { ...DEFAULTS, ...file }
  for (const setting of SETTINGS) {
    const { name, secret } = setting
    const flag = secret === true ? undefined : flags[name]
    const text = flag ?? env[variable(name)]
    if (text === undefined) continue
    const value = settingValue(setting, splitValue(setting, text))
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
  const { listen, jwks, introspection, issuer, audience, resourceMetadata } = settings
  if (readAddress(listen) === undefined)
    throw new UnusableSettings(`${quote(listen)} is no address; write it as 127.0.0.1:8787`)
  if ((jwks === undefined) === (introspection === undefined))
    throw new UnusableSettings(
      jwks === undefined
        ? 'nothing verifies tokens; set `jwks` (URL or file of keys) or `introspection` (URL)'
        : 'set `jwks` or `introspection`, not both',
    )
  // Without these any token of the issuer opens the API, or any issuer's whose key is in the set.
  if (jwks !== undefined && issuer === undefined)
    throw new UnusableSettings('`issuer` is missing: the `iss` that tokens must have')
  if (jwks !== undefined && audience.length === 0)
    throw new UnusableSettings(
      '`audience` is missing: the `aud` that tokens must have, so that a token for another API opens nothing here',
    )
  const urls = { introspection, resourceMetadata, ...(jwks !== undefined && isUrl(jwks) && { jwks }) }
  for (const [name, url] of Object.entries(urls)) {
    if (url !== undefined && !(isUrl(url) && URL.canParse(url)))
      throw new UnusableSettings(`${quote(name)} is no URL: ${quote(url)}`)
  }
  if (settings.allowHttp) return
  // RFC 7662 §4 and RFC 8414 §2 require TLS: whoever replaces keys or answers on the way opens the API.
  for (const [name, url] of Object.entries({ jwks, introspection, issuer })) {
    if (url !== undefined && isUnprotected(url))
      throw new UnusableSettings(
        `${quote(name)} is not protected by TLS: ${quote(url)}; write an https URL, or set ${quote('allowHttp')}`,
      )
  }
}
