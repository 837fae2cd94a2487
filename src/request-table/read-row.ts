/** One item of `requests`, in its short form (`REQUEST: EXPECTATION`) or with fields (`request: …`). */
import { isNull, kindName, type MapNode, type Node, type ScalarNode } from '../yaml/node.ts'
import { closest, oneOf, quote, suggest } from '../diagnostic/words.ts'
import type { Refusal } from '../pattern/request-path.ts'
import type { TableCode, TableReport } from './codes.ts'
import type { Expected, RefusedRow, Row, ScopesRow, TokenRow, Written } from './model.ts'
import { readRequest } from './read-request.ts'
import { REASON_NAMES, REFUSAL_NAMES } from './refusal-names.ts'

const FIELDS = ['request', 'scopes', 'expect', 'by', 'reason', 'name']
const EXPECTED: readonly Expected[] = ['allow', 'deny']
const HOW = 'list the scopes that may, as in `[profile, api]`, `[]` for nobody, or write `refused`'

export class RowReader {
  readonly #report: TableReport
  /** Lists that several rows share through an alias are read once. */
  readonly #lists = new Map<Node, readonly Written[] | null>()
  /** Whether something went unread because of an error of YAML that has been reported. */
  incomplete = false

  constructor(report: TableReport) {
    this.#report = report
  }

  /** Null when something was reported. */
  read(item: Node): Row | null {
    if (item.kind === 'scalar' && !isNull(item) && !item.unread) {
      return this.#refuse('wrong-type', item, `nothing is expected of ${quote(item.text)}`, HOW)
    }
    if (item.kind !== 'map') {
      return this.#mistake(item, 'an item of `requests`', 'a request', 'write `- GET /workers/me: [profile]`')
    }
    if (item.unread) this.incomplete = true
    if (item.entries.some(({ key }) => FIELDS.includes(key.text))) return this.#long(item)
    const [entry, another] = item.entries
    if (entry === undefined) return this.#refuse('wrong-type', item, 'this item has no request', HOW)
    if (another !== undefined) {
      const { key } = another
      const near = closest(key.text, FIELDS)
      const message =
        near === undefined
          ? `a second request, ${quote(key.text)}, stands in the same item`
          : `${quote(key.text)} is no field of a request`
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
    if (value.unread) return this.#skip()
    if (value.text === 'refused') return request && { kind: 'refused', request }
    if (isNull(value)) {
      const empty = value.span.start === value.span.end
      return this.#refuse('null-value', empty ? key : value, `nothing is expected of ${quote(key.text)}`, HOW)
    }
    const near = closest(value.text, ['refused'])
    return this.#refuse(
      'wrong-type',
      value,
      `${quote(value.text)} stands where a list of scopes belongs`,
      near === undefined ? `write ${quote(`[${value.text}]`)}` : 'did you mean `refused`?',
    )
  }

  /** `{ refused: dot-segment }` */
  #rule(value: MapNode): Written<Refusal> | null {
    const [entry, another] = value.entries
    const wrong = another?.key ?? (entry?.key.text === 'refused' ? undefined : (entry?.key ?? value))
    if (entry === undefined || wrong !== undefined) {
      const shown = wrong?.kind === 'scalar' ? quote(wrong.text) : 'an empty mapping'
      return this.#refuse('invalid-value', wrong ?? value, `${shown} is no expectation`, HOW)
    }
    return this.#word(entry.value, entry.key, '`refused`', REFUSAL_NAMES, 'a rule of the paths')
  }

  #long(map: MapNode): TokenRow | null {
    const field = (name: string): { key: ScalarNode; value: Node } | undefined =>
      map.entries.find(({ key }) => key.text === name)
    let sound = true
    for (const { key } of map.entries) {
      if (FIELDS.includes(key.text) || key.text.startsWith('x-')) continue
      sound = false
      this.#refuse(
        'unknown-field',
        key,
        `${quote(key.text)} is no field of a request`,
        suggest(key.text, FIELDS),
      )
    }
    for (const name of ['request', 'scopes', 'expect']) {
      if (field(name) !== undefined || !sound) continue
      sound = false
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
    const named = name && this.#text(name.value, name.key, '`name`', 'a text')
    sound &&= granted !== null && why !== null && named !== null
    if (expected?.text === 'deny' && by !== undefined) {
      sound = false
      this.#refuse(
        'invalid-value',
        by.key,
        '`by` says which scope allows, and `deny` is expected',
        'delete it',
      )
    }
    if (expected?.text === 'allow' && reason !== undefined) {
      sound = false
      const message = '`reason` says why a request is denied, and `allow` is expected'
      this.#refuse('invalid-value', reason.key, message, 'delete it')
    }
    if (granted && token) sound = this.#within(granted, token) && sound
    if (!sound || !read || !token || !expected) return null
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
    const strange = granted.find(({ text }) => !names.has(text))
    if (strange === undefined) return true
    this.#report({
      code: 'invalid-value',
      span: strange.span,
      message: `\`by\` names ${quote(strange.text)}, which the token does not have`,
      help: 'name scopes of `scopes`',
    })
    return false
  }

  /** A list of names, or a text as in the `scope` claim, with single spaces between the names. */
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

  #text(node: Node, key: ScalarNode | undefined, shown: string, wanted: string): ScalarNode | null {
    if (node.kind === 'scalar' && node.text !== '' && !node.unread) return node
    return this.#mistake(node, shown, wanted, `write ${wanted}`, key)
  }

  /** The node is not of the kind it should be. */
  #mistake(node: Node, shown: string, wanted: string, help: string, key?: ScalarNode): null {
    if (node.unread) return this.#skip()
    const missing = isNull(node) && node.span.start === node.span.end
    const message = isNull(node) ? `${shown} is empty` : `${shown} must be ${wanted}, not ${kindName(node)}`
    return this.#refuse(
      isNull(node) ? 'null-value' : 'wrong-type',
      missing && key !== undefined ? key : node,
      message,
      help,
    )
  }

  #refuse(code: TableCode, { span }: Pick<Node, 'span'>, message: string, help: string): null {
    this.#report({ code, span, message, help })
    return null
  }

  #skip(): null {
    this.incomplete = true
    return null
  }
}

const MISSING: Readonly<Record<string, string>> = {
  request: 'add `request:` with a method and a path, such as `GET /workers/me`',
  scopes: 'add `scopes:` with the scopes of the token, `[]` for none',
  expect: 'add `expect: allow` or `expect: deny`',
}
