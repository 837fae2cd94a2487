/**
 * What is wrong with one endpoint, in words: everything about it at once.
 *
 * Called for endpoints that are not as they should be; says something about each of them, unless an error
 * of YAML has been reported there.
 */
import type { Report } from '../../diagnostic/report.ts'
import { closest, quote } from '../../diagnostic/words.ts'
import { METHODS, registeredMethod } from '../../language/methods.ts'
import { type Entry, isNull, kindName, type Node, type ScalarNode } from '../../yaml/node.ts'
import { splitBefore } from './split-endpoint.ts'

/** Keys of other policy languages, where an endpoint is a mapping of fields. */
const PATH_FIELDS = new Set(['path', 'url', 'uri', 'route', 'pattern', 'endpoint'])
const METHOD_FIELDS = new Set(['method', 'methods', 'verb', 'verbs'])
/** Words for what is done, in the place of methods. */
const ACTIONS: Readonly<Record<string, string>> = {
  read: '`GET`',
  view: '`GET`',
  list: '`GET`',
  write: 'methods such as `[POST, PUT, PATCH]`',
  create: '`POST`',
  update: '`PUT` or `PATCH`',
  edit: '`PUT` or `PATCH`',
  remove: '`DELETE`',
}

const PATTERN_HELP = 'write a path such as `records/*`, in quotes if it begins with `*`'

/** `text` is what the node's places are in; without it there are no fixes. */
export function describeEndpoint(
  node: Node,
  text: string | undefined,
  report: Report,
  extraMethods: ReadonlySet<string>,
): void {
  if (node.kind === 'scalar') {
    describePattern(node, report)
    return
  }
  if (node.kind === 'list') {
    if (node.unread) return
    report({
      code: 'wrong-type',
      span: node.span,
      message: 'an endpoint is a path, and this is a list',
      help: PATTERN_HELP,
    })
    return
  }
  const fields = node.entries.map(({ key }) => key.text)
  if (
    !node.unread &&
    PATH_FIELDS.has(fields[0] ?? '') &&
    fields.slice(1).every((name) => METHOD_FIELDS.has(name))
  ) {
    const [path, methods] = node.entries.map(({ value }) => value)
    const pattern = path?.kind === 'scalar' && path.text !== '' ? path.text : 'records/*'
    // A path that is called so has methods after it, not another path.
    if (fields.length > 1 || (path?.kind === 'scalar' && /^[/*]/.test(path.text))) {
      const listed = methods?.kind === 'list' ? methods.items : [methods]
      const named = listed.flatMap((item) => (item?.kind === 'scalar' && item.text !== '' ? [item.text] : []))
      report({
        code: 'endpoint-keys',
        span: node.span,
        message: `an endpoint is a path and its methods, without ${fields.map((name) => quote(`${name}:`)).join(' and ')}`,
        help: `write ${quote(`${pattern}: [${named.length === 0 ? 'GET' : named.join(', ')}]`)}`,
      })
      return
    }
  }
  const [first, ...others] = node.entries
  if (first === undefined) {
    if (node.unread) return
    report({
      code: 'endpoint-keys',
      span: node.span,
      message: 'this endpoint has no path',
      help: PATTERN_HELP,
    })
    return
  }
  for (const [index, { key }] of others.entries()) {
    const edits = text === undefined ? undefined : splitBefore(index + 1, node, text)
    report({
      code: 'endpoint-keys',
      span: key.span,
      message: `an endpoint has one path, and ${quote(key.text)} is another one`,
      help: 'put `- ` in front of it to make it a separate endpoint',
      related: { message: 'the endpoint begins here', span: first.key.span },
      fix: edits && { title: 'make it a separate endpoint', edits },
    })
  }
  for (const entry of node.entries) {
    describePattern(entry.key, report)
    describeMethods(entry, report, extraMethods)
  }
}

function describePattern(node: ScalarNode, report: Report): void {
  if (node.unread) return
  if (isNull(node)) {
    report({
      code: 'null-value',
      span: node.span,
      message: node.text === '' ? 'an endpoint is empty' : `endpoint path is null`,
      help: PATTERN_HELP,
    })
  } else if (node.text === '') {
    report({
      code: 'empty-pattern',
      span: node.span,
      message: 'the path is empty',
      help: 'write `/` for the root, or `"*"` for every path',
    })
  } else {
    const control = /[\u0000-\u001f\u007f]/.exec(node.text)?.[0]
    if (control === undefined) return
    report({
      code: 'invalid-pattern',
      span: node.span,
      message: `${quote(node.text)} contains a control character`,
      help: control === '\n' ? 'write the path on one line, in quotes instead of a block' : 'delete it',
    })
  }
}

function describeMethods({ key, value }: Entry, report: Report, extraMethods: ReadonlySet<string>): void {
  if (value.kind === 'list') {
    if (value.items.length === 0 && !value.unread) {
      report({
        code: 'no-methods',
        span: value.span,
        message: `${quote(key.text)} has an empty list of methods, which grants nothing`,
        help: 'name the methods, or leave the list out for all of the API',
      })
    }
    for (const item of value.items) {
      if (item.kind === 'scalar') describeMethod(item, value.span, report, extraMethods)
      else if (!item.unread) {
        report({
          code: 'method-list',
          span: item.span,
          message: `a list of methods holds methods, and this is ${kindName(item)}`,
          help: 'write one flat list such as `[GET, POST]`',
        })
      }
    }
  } else if (value.kind === 'map') {
    if (value.unread) return
    report({
      code: 'wrong-type',
      span: value.span,
      message: `${quote(key.text)} takes methods, and this is a mapping`,
      help: 'write `GET` or `[GET, POST]`',
    })
  } else describeMethod(value, key.span, report, extraMethods)
}

function describeMethod(
  node: ScalarNode,
  around: ScalarNode['span'],
  report: Report,
  extraMethods: ReadonlySet<string>,
): void {
  const { text } = node
  if (node.unread) return
  if (isNull(node) || text === '') {
    report({
      code: 'no-methods',
      span: node.span.start === node.span.end ? around : node.span,
      message: text === '' ? 'missing method after `:`' : 'method is null',
      help: 'name the methods, or leave the colon out for all methods of the API',
    })
    return
  }
  if (registeredMethod(text) !== undefined || extraMethods.has(text)) return
  const upper = text.toUpperCase()
  if (text === '*' || upper === 'ANY' || upper === 'ALL') {
    report({
      code: 'method-wildcard',
      span: node.span,
      message: `unknown HTTP method ${quote(text)}${text === '*' ? '; a star does not mean all methods' : ''}`,
      help: 'leave it and the colon out for all methods of the API, or name the methods',
    })
    return
  }
  const words = text.split(/[\s,|;/+]+/).filter((word) => word !== '')
  if (words.length > 1 && words.every((word) => registeredMethod(word) !== undefined)) {
    report({
      code: 'method-list',
      span: node.span,
      message: `${quote(text)} is one string, not several methods`,
      help: `write ${quote(`[${words.map((word) => word.toUpperCase()).join(', ')}]`)}`,
    })
    return
  }
  const action = text.toLowerCase()
  const near = closest(text, [...METHODS, ...extraMethods])
  const other = /^[A-Z][A-Z-]+$/.test(text)
    ? `write a method such as \`GET\`; if your API has this one, list it in ${quote('extraMethods')} of ${quote('$options')}`
    : 'write a method such as `GET`'
  report({
    code: 'unknown-method',
    span: node.span,
    message: `unknown HTTP method ${quote(text)}`,
    help: Object.hasOwn(ACTIONS, action)
      ? `write ${ACTIONS[action] as string}`
      : near === undefined
        ? other
        : `did you mean ${quote(near)}?`,
  })
}
