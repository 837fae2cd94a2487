/** What is a little smaller than a document, a request or a string: large steps first. */
import type { PlainRequest } from '../arbitrary/request.ts'
import type {
  PlainDocument,
  PlainEndpoint,
  PlainGrants,
  PlainOptions,
  PlainScope,
} from '../reference/document.ts'

type Entries = readonly (readonly [name: string, value: PlainScope | PlainGrants | PlainOptions])[]

export function* smallerDocuments(document: PlainDocument): Generator<PlainDocument> {
  const entries: Entries = Object.entries(document)
  for (const [name] of entries) yield withoutScope(entries, name)
  for (const [place, [name, value]] of entries.entries()) {
    const smaller =
      name === '$options' ? smallerOptions(value as PlainOptions) : smallerScopes(value as PlainScope)
    for (const one of smaller) yield Object.fromEntries(entries.with(place, [name, one]))
  }
}

/** Those that include it then have its endpoints no more. */
function withoutScope(entries: Entries, gone: string): PlainDocument {
  const kept = entries.filter(([name]) => name !== gone)
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (!('includes' in value) || !value.includes.includes(gone)) return [name, value]
      const { includes, ...rest } = value
      const others = includes.filter((one) => one !== gone)
      return [name, others.length > 0 ? { ...rest, includes: others } : { endpoints: [], ...rest }]
    }),
  )
}

function* smallerOptions(options: PlainOptions): Generator<PlainOptions> {
  const entries = Object.entries(options) as [string, unknown][]
  for (const [name, value] of entries) {
    yield Object.fromEntries(entries.filter(([other]) => other !== name))
    if (!Array.isArray(value) || value.length < 2) continue
    for (const place of value.keys()) {
      yield Object.fromEntries(
        entries.map(([other, list]) => [other, other === name ? value.toSpliced(place, 1) : list]),
      )
    }
  }
}

function* smallerScopes(scope: PlainScope): Generator<PlainScope> {
  const { endpoints = [], includes, label } = scope
  if (includes !== undefined) yield { label, endpoints }
  if (label !== 'x') yield { ...scope, label: 'x' }
  for (const [place, endpoint] of endpoints.entries()) {
    yield { ...scope, endpoints: endpoints.toSpliced(place, 1) }
    for (const one of smallerEndpoints(endpoint)) yield { ...scope, endpoints: endpoints.with(place, one) }
  }
}

function* smallerEndpoints(endpoint: PlainEndpoint): Generator<PlainEndpoint> {
  if (typeof endpoint === 'string') {
    for (const text of smallerTexts(endpoint)) if (text !== '') yield text
    return
  }
  for (const [pattern, methods] of Object.entries(endpoint)) {
    const list = typeof methods === 'string' ? [] : methods
    if (list.length > 0) for (const method of list) yield { [pattern]: method }
    for (const text of smallerTexts(pattern)) if (text !== '') yield { [text]: methods }
  }
}

export function* smallerRequests(request: PlainRequest): Generator<PlainRequest> {
  const { scopes, method, path } = request
  for (const place of scopes.keys()) yield { ...request, scopes: scopes.toSpliced(place, 1) }
  if (method !== 'GET') yield { ...request, method: 'GET' }
  for (const text of smallerTexts(path)) yield { ...request, path: text }
}

/** Without a half, a quarter …, one character or escape; then with a simpler character. */
export function* smallerTexts(text: string): Generator<string> {
  for (let size = text.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at + size <= text.length; at += size) yield text.slice(0, at) + text.slice(at + size)
  }
  for (let at = 0; at + 3 <= text.length; at++) {
    if (text[at] === '%') yield text.slice(0, at) + text.slice(at + 3)
  }
  for (let at = 0; at < text.length; at++) {
    if (/[b-zA-Z]/.test(text[at] ?? '')) yield `${text.slice(0, at)}a${text.slice(at + 1)}`
  }
}
