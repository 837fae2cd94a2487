/**
 * A first scope document from what another tool states about scopes and paths: what all readers of `import` write to.
 *
 * Nothing is granted that the file does not say. What has no equal is left out and noted, with its place.
 */
import { quote } from '../diagnostic/words.ts'
import { METHODS } from '../language/methods.ts'
import { LOGIN_SCOPES, SCOPE_TOKEN } from '../language/scope-token.ts'
import { escapeSyntax } from '../openapi/import/pattern-text.ts'
import type { DraftEndpoint, DraftScope } from '../openapi/import/print-policy.ts'
import { scopeText } from '../openapi/import/scope-text.ts'
import { canonicalise } from '../pattern/canonical.ts'
import { DEFAULT_OPTIONS } from '../language/options.ts'

export interface ImportNote {
  /** `left-out`: it is in the file and not in the policy; `changed`: it is there in another form. */
  readonly code: 'left-out' | 'changed'
  readonly message: string
  /** Where in the file (JSON Pointer, RFC 6901). */
  readonly pointer: string
}

interface Building {
  readonly text: string
  readonly endpoints: Map<string, { pattern: string; methods: Set<string>; together?: readonly string[] }>
  readonly includes: Set<string>
}

export class PolicyDraft {
  readonly notes: ImportNote[] = []
  readonly #scopes = new Map<string, Building>()

  leftOut(message: string, pointer: string): void {
    this.notes.push({ code: 'left-out', message, pointer })
  }

  changed(message: string, pointer: string): void {
    this.notes.push({ code: 'changed', message, pointer })
  }

  /** The name; undefined for what no token can carry or a policy cannot name, which is left out. */
  scope(name: string, text: string, pointer: string): string | undefined {
    if (!SCOPE_TOKEN.test(name)) {
      this.leftOut(
        `${quote(name)} cannot be the name of a scope: ${name === '' ? 'it is empty' : 'no token can carry it'} (RFC 6749 section 3.3)`,
        pointer,
      )
      return undefined
    }
    if (name.startsWith('$')) {
      this.leftOut(`${quote(name)} cannot be the name of a scope: \`$\` begins keys of a policy`, pointer)
      return undefined
    }
    if (!this.#scopes.has(name)) this.#scopes.set(name, { text, endpoints: new Map(), includes: new Set() })
    return name
  }

  include(scope: string, other: string): void {
    this.#scopes.get(scope)?.includes.add(other)
  }

  /** `pattern` as {@link patternOf} has it; with `together`, only a comment. */
  grant(
    scope: string,
    pattern: string,
    methods: readonly string[],
    pointer: string,
    together?: readonly string[],
  ): void {
    const known = methods
      .map((method) => method.toUpperCase())
      .filter((method) => {
        if (METHODS.has(method)) return true
        this.leftOut(`${quote(method)} is not an HTTP method`, pointer)
        return false
      })
    if (known.length === 0) return
    const endpoints = this.#scopes.get(scope)?.endpoints
    const key = `${pattern} ${together?.join(' ') ?? ''}`
    const endpoint = endpoints?.get(key) ?? {
      pattern,
      methods: new Set<string>(),
      ...(together && { together }),
    }
    endpoints?.set(key, endpoint)
    for (const method of known) endpoint.methods.add(method)
  }

  get scopes(): readonly DraftScope[] {
    return [...this.#scopes].map(([name, { text, endpoints, includes }]) => ({
      name,
      ...scopeText(name, text),
      ...(includes.size > 0 && { includes: [...includes] }),
      endpoints: [...endpoints.values()].map(({ methods, ...rest }): DraftEndpoint => ({
        ...rest,
        methods: [...methods].sort(),
      })),
      ...(endpoints.size === 0 &&
        LOGIN_SCOPES.has(name) && { grantsNothing: 'about the login, not for the API' }),
    }))
  }
}

/** A part of a path: literal text, one segment or a piece of one, or any number of segments. */
export type PathPart = { readonly literal: string } | 'segment' | 'segments'

/**
 * A path as a pattern of `wildcard: segment`, without its leading slash. A part that is all of its segment is `*`;
 * next to text it is `?*`, since there a star alone may match nothing. Undefined where no request has the path.
 */
export function patternOf(parts: readonly PathPart[]): string | undefined {
  let text = ''
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'object') {
      const { text: canonical, refusal } = canonicalise(part.literal, DEFAULT_OPTIONS)
      if (refusal !== undefined || canonical.includes('?')) return undefined
      text += escapeSyntax(part.literal)
      continue
    }
    const next = parts[index + 1]
    const begins = text === '' || text.endsWith('/')
    const ends = next === undefined || (typeof next === 'object' && next.literal.startsWith('/'))
    if (part === 'segments') {
      if (!begins || !ends) return undefined
      text += '**/*'
    } else text += begins && ends ? '*' : '?*'
  }
  const path = text.replace(/^\//, '')
  if (/\/\/|(?:^|\/)\.{1,2}(?:\/|$)/.test(path) || path.startsWith('/')) return undefined
  return path === '' ? '/' : path
}

/** `/users/{id}` in its parts. */
export function templateParts(path: string): readonly PathPart[] {
  return path.split(/(\{[^{}]*\})/).flatMap((text): readonly PathPart[] => {
    if (text === '') return []
    return text.startsWith('{') && text.endsWith('}') ? ['segment'] : [{ literal: text }]
  })
}

/** An expression of a path in its parts; undefined where a pattern would allow more, or where it is not understood. */
export function expressionParts(expression: string): readonly PathPart[] | undefined {
  const parts: PathPart[] = []
  const pieces = expression.split(/(\(?(?:\.\*|\.\+|\[\^\/\]\+)\)?|\{[^{}]*\})/)
  for (const piece of pieces) {
    if (piece === '') continue
    const bare = piece.replace(/^\(|\)$/g, '')
    if (bare === '.*' || bare === '.+') parts.push('segments')
    else if (bare === '[^/]+' || /^\{\w*\}$/.test(bare)) parts.push('segment')
    else if (/^[\w/~:@!,;=&%-]*(?:\\?\.[\w/~:@!,;=&%-]*)*$/.test(piece))
      parts.push({ literal: piece.replaceAll('\\', '') })
    else return undefined
  }
  return parts
}
