/**
 * Values inside of a field of a log: members of objects, headers of lists, claims of a token.
 *
 * A token in a log is not verified; what it says is believed as far as the log itself is.
 */
import { ownMember } from '../source/own.ts'
import { Buffer } from 'node:buffer'

/** The value at `names` in `value`; undefined where there is none. Only own members are read. */
export function fieldValue(value: unknown, names: readonly string[]): unknown {
  let at = value
  for (const [index, name] of names.entries()) {
    // A member may itself be named with dots.
    const rest = ownMember(at, names.slice(index).join('.'))
    if (rest !== undefined) return single(rest)
    at = ownMember(at, name) ?? headerOf(at, name) ?? ownMember(claimsIn(at), name)
    if (at === undefined) return undefined
  }
  return single(at)
}

/** Headers as HAR has them, `[{ name, value }]`, and as Caddy does, `{ Name: [value] }`; in any case. */
function headerOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const wanted = name.toLowerCase()
  if (!Array.isArray(value)) {
    const key = Object.keys(value).find((one) => one.toLowerCase() === wanted)
    return key === undefined ? undefined : ownMember(value, key)
  }
  const header = (value as readonly unknown[]).find((one) => {
    const other = ownMember(one, 'name')
    return typeof other === 'string' && other.toLowerCase() === wanted
  })
  return ownMember(header, 'value')
}

/** The claims of a JWT, with `Bearer` before it or not; of its payload alone; of JSON. */
function claimsIn(value: unknown): unknown {
  const text = single(value)
  if (typeof text !== 'string') return undefined
  const token = /^(?:(?:Bearer|DPoP) +)?([\w-]+)(?:\.([\w-]+)\.[\w-]*)?$/i.exec(text)
  const json = token === null ? text : Buffer.from(token[2] ?? token[1] ?? '', 'base64url').toString()
  if (!json.startsWith('{')) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : value
}
