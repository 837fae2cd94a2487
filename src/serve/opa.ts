/**
 * Questions in the shape of OPA's REST API (`POST /v1/data/…` with `{ "input": … }`), as APISIX and Kong send
 * them with their OPA plugins.
 *
 * | | method, path | headers |
 * |---|---|---|
 * | APISIX | `input.request.method`, `.path` | `input.request.headers` |
 * | Kong | `input.request.http.method`, `.path` | `input.request.http.headers` |
 *
 * APISIX sends its path decoded, so it is escaped again before it is judged: a `%` in it was `%25`. What a
 * path loses by being decoded (`%2F`) cannot be known; its `forward-auth` plugin sends the path as it came.
 *
 * The result is an object with `allow`, or the boolean alone where the last segment of the URL is `allow`.
 */
import { isObject, ownMember } from '../source/own.ts'
import type { Answer } from './decide.ts'
import { type Question, valuesIn, type ValuesOf } from './question.ts'

export const OPA_DATA = '/v1/data/'

type JsonObject = Readonly<Record<string, unknown>>

/** A question, or one clause that states why there is none. */
export function readOpaInput(body: string): Question | { readonly problem: string } {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { problem: 'the body is not JSON' }
  }
  const request = objectAt(objectAt(json, 'input'), 'request')
  if (request === undefined) return { problem: 'there is no `input.request`' }
  const http = objectAt(request, 'http')
  const facts = http ?? request
  const method = ownMember(facts, 'method')
  const path = ownMember(facts, 'path')
  const host = ownMember(facts, 'host')
  const scheme = ownMember(facts, 'scheme')
  if (typeof method !== 'string' || typeof path !== 'string')
    return {
      problem: `there is no \`method\` and \`path\` in ${http === undefined ? 'input.request' : 'input.request.http'}`,
    }
  const valuesOf = headersOf(ownMember(facts, 'headers'))
  if (valuesOf === undefined) return { problem: 'the headers are not strings, or lists of strings' }
  return {
    method,
    target: http === undefined ? escaped(path) : path,
    valuesOf,
    origins: () => (typeof host === 'string' && typeof scheme === 'string' ? [`${scheme}://${host}`] : []),
  }
}

export function writeOpaResult({ status, reason, headers }: Answer, path: string): unknown {
  const allow = status === 200
  if (path.endsWith('/allow')) return { result: allow }
  // `status_code` for APISIX, `status` for Kong.
  return { result: { allow, ...(!allow && { status_code: status, status, reason }), headers } }
}

function headersOf(value: unknown): ValuesOf | undefined {
  const headers = Object.create(null) as Record<string, readonly string[]>
  if (value === undefined) return valuesIn(headers)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  for (const [name, one] of Object.entries(value)) {
    const values: readonly unknown[] = Array.isArray(one) ? one : [one]
    if (!values.every((text) => typeof text === 'string')) return undefined
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), ...values]
  }
  return valuesIn(headers)
}

/** A decoded path on the wire again: everything that a path cannot hold, and `%`, as UTF-8 escapes. */
function escaped(path: string): string {
  return path.replace(/[^!"$&-~]|[?#]/gu, (char) =>
    [...new TextEncoder().encode(char)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}

function objectAt(value: unknown, name: string): JsonObject | undefined {
  const member = ownMember(value, name)
  return isObject(member) ? member : undefined
}
