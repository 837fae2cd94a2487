/** `GET /workers/me`, or `GET, POST /workers/me`: the methods, a space, and the request target as received. */
import { type ScalarNode, spanInside } from '../yaml/node.ts'
import { quote, suggest } from '../diagnostic/words.ts'
import { METHODS, registeredMethod, USUAL_METHODS } from '../language/methods.ts'
import { NAME_METHODS } from '../language/scope-fields.ts'
import type { TableReport } from './codes.ts'
import type { TableRequest, Written } from './model.ts'

/** Spaces between method and path are taken together, so no path begins with one. */
const FORM = /^([^\s/,]+(?:, *[^\s/,]+)*) +(.*)$/s

/** A method that is called on a name, and the name. */
const NAME_FORM = new RegExp(`^(${NAME_METHODS.join('|')}) +(.*)$`, 's')

/** Null when it was reported. Spans are those of the node. */
export function readRequest(node: ScalarNode, report: TableReport): TableRequest | null {
  const [, method = '', name = ''] = NAME_FORM.exec(node.text) ?? []
  if (name !== '') {
    const span = spanInside(node, 0, method.length)
    return { methods: [{ text: method, span }], target: name, span: node.span }
  }
  const [, list, target] = FORM.exec(node.text) ?? []
  if (list === undefined || target === undefined) {
    report(malformed(node))
    return null
  }
  const methods: Written[] = []
  let isValid = true
  for (const found of list.matchAll(/[^\s,]+/g)) {
    const [text] = found
    const span = spanInside(node, found.index, found.index + text.length)
    const twice = methods.some((method) => method.text === text)
    if (METHODS.has(text) && !twice) {
      methods.push({ text, span })
      continue
    }
    isValid = false
    const upper = registeredMethod(text)
    if (twice) {
      report({
        code: 'invalid-request',
        span,
        message: `duplicate method ${quote(text)}`,
        help: 'delete it',
      })
    } else if (upper === undefined) {
      report({
        code: 'unknown-method',
        span,
        message: `unknown HTTP method ${quote(text)}`,
        help: suggest(text, [...USUAL_METHODS, 'HEAD', 'OPTIONS']),
      })
    } else {
      report({
        code: 'invalid-request',
        span,
        message: `method ${quote(text)} is not in upper case, and methods are compared exactly`,
        help: `write ${quote(upper)}`,
      })
    }
  }
  return isValid ? { methods, target, span: node.span } : null
}

function malformed(node: ScalarNode): Parameters<TableReport>[0] {
  const { text, span } = node
  const shown = quote(text)
  const help = 'write a method, a space and the path, such as `GET /workers/me`'
  if (registeredMethod(text.trim()) !== undefined) {
    return { code: 'invalid-request', span, message: `no path after ${shown}`, help }
  }
  const message = text.startsWith('/') ? `no method before ${shown}` : `${shown} is not a request`
  const better = /^\/\S*$/.test(text) ? `write the method, too, such as ${quote(`GET ${text}`)}` : help
  return { code: 'invalid-request', span, message, help: better }
}
