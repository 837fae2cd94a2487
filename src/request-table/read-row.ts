/** One item of `requests`, in its short form (`REQUEST: EXPECTATION`) or with fields (`request: …`). */
import { type Entry, entryOf, isNull, type MapNode, type Node, type ScalarNode } from '../yaml/node.ts'
import { closest, oneOf, quote, suggest } from '../diagnostic/words.ts'
import type { Refusal } from '../pattern/request-path.ts'
import type { TableCode, TableReport } from './codes.ts'
import type { Expected, RefusedRow, Row, ScopesRow, TokenRow, Written } from './model.ts'
import { readRequest } from './read-request.ts'
import type { TypedReader } from '../yaml/typed-reader.ts'
import { REASON_NAMES, REFUSAL_NAMES } from './refusal-names.ts'

const FIELDS = ['request', 'scopes', 'expect', 'by', 'reason', 'name']
const EXPECTED: readonly Expected[] = ['allow', 'deny']
const HOW = 'list the scopes that may, as in `[profile, api]`, `[]` for none, or write `refused`'

export class RowReader {
  readonly #report: TableReport
  readonly #reader: TypedReader<TableCode>
  /** Lists that several rows share through an alias are read once. */
  readonly #lists = new Map<Node, readonly Written[] | null>()

  constructor(report: TableReport, reader: TypedReader<TableCode>) {
    this.#report = report
    this.#reader = reader
  }

  /** Null when something was reported. */
  read(item: Node): Row | null {
    if (item.kind === 'scalar' && !isNull(item) && !item.unread) {
      return this.#refuse('wrong-type', item, `no expectation for ${quote(item.text)}`, HOW)
    }
    if (item.kind !== 'map') {
      const how = 'write `- GET /workers/me: [profile]`'
      this.#reader.wrong({ value: item }, 'an item of `requests`', 'a request', how)
      return null
    }
    if (item.unread) this.#reader.incomplete = true
    if (item.entries.some(({ key }) => FIELDS.includes(key.text))) return this.#long(item)
    const [entry, another] = item.entries
    if (entry === undefined) return this.#refuse('wrong-type', item, 'this item has no request', HOW)
    if (another !== undefined) {
      const { key } = another
      const near = closest(key.text, FIELDS)
      const message =
        near === undefined
          ? `a second request in the same item, ${quote(key.text)}`
          : `unknown field ${quote(key.text)} of a request`
      const help = near === undefined ? 'put `- ` in front of each request' : `did you mean ${quote(near)}?`
      return this.#refuse(near === undefined ? 'invalid-request' : 'unknown-field', key, message, help)
    }
    return this.#short(entry.key, entry.value)
  }

  #short(key: ScalarNode, value: Node): ScopesRow | RefusedRow | null {
    const request = readRequest(key, this.#report)
    if (value.kind === 'map') {
      const rule = this.#rule(value)
      return request && rule && { kind: 'refused', request, rule }
    }
    if (value.kind === 'list') {
      const scopes = this.#names(value)
      return request && scopes && { kind: 'scopes', request, scopes }
    }
    if (value.unread) {
      this.#reader.incomplete = true
      return null
    }
    if (value.text === 'refused') return request && { kind: 'refused', request }
    if (isNull(value)) {
      const empty = value.span.start === value.span.end
      return this.#refuse('null-value', empty ? key : value, `no expectation for ${quote(key.text)}`, HOW)
    }
    const near = closest(value.text, ['refused'])
    return this.#refuse(
      'wrong-type',
      value,
      `${quote(value.text)} where a list of scopes belongs`,
      near === undefined ? `write ${quote(`[${value.text}]`)}` : 'did you mean `refused`?',
    )
  }

  /** `{ refused: dot-segment }` */
  #rule(value: MapNode): Written<Refusal> | null {
    const [entry, another] = value.entries
    const wrong = another?.key ?? (entry?.key.text === 'refused' ? undefined : (entry?.key ?? value))
    if (entry === undefined || wrong !== undefined) {
      const shown = wrong?.kind === 'scalar' ? quote(wrong.text) : 'an empty mapping'
      return this.#refuse('invalid-value', wrong ?? value, `${shown} is not an expectation`, HOW)
    }
    return this.#word(entry.value, entry.key, '`refused`', REFUSAL_NAMES, 'a rule of the paths')
  }

  #long(map: MapNode): TokenRow | null {
    const field = (name: string): Entry | undefined => entryOf(map, name)
    let valid = true
    for (const { key } of map.entries) {
      if (FIELDS.includes(key.text) || key.text.startsWith('x-')) continue
      valid = false
      this.#reader.unknownField(key, 'a request', FIELDS)
    }
    for (const name of ['request', 'scopes', 'expect']) {
      if (field(name) !== undefined || !valid) continue
      valid = false
      const first = map.entries[0]?.key ?? map
      this.#refuse('missing-field', first, `this request has no ${quote(name)}`, MISSING[name] ?? '')
    }
    const [request, scopes, expect, by, reason, name] = FIELDS.map(field)
    const asked = request && this.#text(request.value, request.key, '`request`', 'a request')
    const read = asked && readRequest(asked, this.#report)
    const token = scopes && this.#token(scopes.value, scopes.key, '`scopes`')
    const expected = expect && this.#word(expect.value, expect.key, '`expect`', EXPECTED)
    const granted = by && this.#token(by.value, by.key, '`by`')
    const why = reason && this.#word(reason.value, reason.key, '`reason`', REASON_NAMES, 'a reason')
    const named = name && this.#text(name.value, name.key, '`name`', 'a string')
    valid &&= granted !== null && why !== null && named !== null
    if (expected?.text === 'deny' && by !== undefined) {
      valid = false
      this.#refuse(
        'invalid-value',
        by.key,
        '`by` says which scope allows, and `deny` is expected',
        'delete it',
      )
    }
    if (expected?.text === 'allow' && reason !== undefined) {
      valid = false
      const message = '`reason` says why a request is denied, and `allow` is expected'
      this.#refuse('invalid-value', reason.key, message, 'delete it')
    }
    if (granted && token) valid = this.#within(granted, token) && valid
    if (!valid || !read || !token || !expected) return null
    return {
      kind: 'token',
      request: read,
      scopes: token,
      expect: expected.text,
      ...(granted && { by: granted }),
      ...(why && { reason: why }),
      ...(named && { name: named.text }),
    }
  }

  /** What `by` names must be in the token. */
  #within(granted: readonly Written[], token: readonly Written[]): boolean {
    const names = new Set(token.map(({ text }) => text))
    const unknown = granted.find(({ text }) => !names.has(text))
    if (unknown === undefined) return true
    this.#report({
      code: 'invalid-value',
      span: unknown.span,
      message: `\`by\` names ${quote(unknown.text)}, which the token does not have`,
      help: 'name scopes of `scopes`',
    })
    return false
  }

  /** A list of names, or a string as in the `scope` claim, with single spaces between the names. */
  #token(node: Node, key: ScalarNode, shown: string): readonly Written[] | null {
    if (node.kind === 'list') return this.#names(node)
    const text = this.#text(node, key, shown, 'a list of scopes')
    if (text === null) return null
    return this.#distinct(text.text.split(' ').map((name) => ({ text: name, span: text.span })))
  }

  #names(list: Node & { readonly kind: 'list' }): readonly Written[] | null {
    const known = this.#lists.get(list)
    if (known !== undefined) return known
    const names = list.items.map((item) =>
      this.#text(item, undefined, 'an item of the list', 'the name of a scope'),
    )
    const read = names.includes(null) ? null : this.#distinct(names as Written[])
    this.#lists.set(list, read)
    return read
  }

  #distinct(names: readonly Written[]): readonly Written[] | null {
    const known = new Map<string, Written>()
    for (const { text, span } of names) {
      const earlier = known.get(text)
      if (text === '' || earlier !== undefined) {
        this.#report({
          code: text === '' ? 'null-value' : 'duplicate-scope',
          span,
          message: text === '' ? 'a scope has an empty name' : `scope ${quote(text)} is listed twice`,
          help: text === '' ? 'write `[]` for a token without scopes' : 'delete one of them',
          related: earlier && { message: 'the first one is here', span: earlier.span },
        })
        return null
      }
      known.set(text, { text, span })
    }
    return names.map(({ text, span }) => ({ text, span }))
  }

  #word<Word extends string>(
    node: Node,
    key: ScalarNode,
    shown: string,
    allowed: readonly Word[],
    wanted: string = oneOf(allowed),
  ): Written<Word> | null {
    const read = this.#text(node, key, shown, wanted)
    if (read === null) return null
    const text = allowed.find((word) => word === read.text)
    if (text !== undefined) return { text, span: read.span }
    const help = suggest(read.text, allowed)
    return this.#refuse('invalid-value', read, `${shown} cannot be ${quote(read.text)}`, help)
  }

  #text(value: Node, key: ScalarNode | undefined, shown: string, wanted: string): ScalarNode | null {
    // A scope may be named `null`.
    if (value.kind === 'scalar' && value.text !== '' && !value.unread) return value
    return this.#reader.string({ value, ...(key && { key }) }, shown, wanted) ?? null
  }

  #refuse(code: TableCode, { span }: Pick<Node, 'span'>, message: string, help: string): null {
    this.#report({ code, span, message, help })
    return null
  }
}

const MISSING: Readonly<Record<string, string>> = {
  request: 'add `request:` with a method and a path, such as `GET /workers/me`',
  scopes: 'add `scopes:` with the scopes of the token, `[]` for none',
  expect: 'add `expect: allow` or `expect: deny`',
}
