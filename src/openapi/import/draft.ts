/** Operations to the scopes of a first policy. */
import { DEFAULT_OPTIONS } from '../../language/options.ts'
import { count, oneOf, quote } from '../../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../../document/limits.ts'
import { METHODS } from '../../http/methods.ts'
import { printCanonical } from '../../pattern/canonical.ts'
import { OpenApiError } from '../error.ts'
import type { ApiDescription, Operation, Report } from '../model.ts'
import { needsSegments, patternText } from './pattern-text.ts'
import type { Draft, DraftEndpoint, DraftScope } from './print-policy.ts'
import { scopeText } from './scope-text.ts'
import { readTemplate, type Template } from '../read/template.ts'

/** By which templates are read: those of a policy without options. */
const RULES = DEFAULT_OPTIONS

/** What most people ask first comes first. */
const USUAL = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

interface Usable {
  readonly operation: Operation
  readonly template: Template
  readonly alternatives: readonly (readonly string[])[]
}

export function draftOf(description: ApiDescription, report: Report): Draft {
  const { basePaths, title, version } = description
  const [only = '', another] = basePaths
  if (another !== undefined) {
    report({
      code: 'several-base-paths',
      message: `the servers have different base paths: ${oneOf(basePaths.map((path) => path || '/'))}`,
      help: 'set `basePath` to that of the server that the policy is for',
      pointer: '/servers',
    })
  }
  const usable = description.operations.flatMap((operation) =>
    usableOperation(operation, description, report),
  )
  const wildcard = usable.some(({ template }) => needsSegments(template)) ? 'segment' : 'any'
  const scopes = draftScopes(description, usable, wildcard, report)
  if (scopes.length === 0) {
    report({ code: 'no-scopes', message: 'the document has no scopes, so there is nothing to grant' })
  }
  const name = [title, version].filter((part) => part !== '').join(' ')
  return {
    about: [
      `A first policy${name === '' ? '' : ` for ${quote(name)}`}, made from its OpenAPI document. Edit it: labels are what people read on`,
      'the consent screen.',
      ...(wildcard === 'any'
        ? []
        : [
            '',
            'With `wildcard: segment` a star stands for one segment, or the rest of one, as a path parameter',
            'does; by default it would also stand for several.',
          ]),
    ],
    basePath: another === undefined ? usableBasePath(only, report) : '',
    choices: another === undefined ? [] : basePaths,
    wildcard,
    scopes,
  }
}

/** In canonical form; the root where no request path can begin so. */
function usableBasePath(path: string, report: Report): string {
  const { pieces, refusal } = readTemplate(path === '' ? '/' : path, RULES)
  const text = pieces.map((piece) => ('literal' in piece ? printCanonical(piece.literal) : '')).join('')
  if (refusal === undefined && pieces.every((piece) => 'literal' in piece))
    return text === '' ? '' : `/${text}`
  report({
    code: 'unreachable-path',
    message: `the base path ${quote(path)} is left out, since no accepted request path begins so`,
    help: 'set `basePath` to what your server has',
    pointer: '/servers',
  })
  return ''
}

function usableOperation(
  operation: Operation,
  { basePaths }: ApiDescription,
  report: Report,
): readonly Usable[] {
  const { method, path, pointer, security } = operation
  const subject = quote(`${method} ${path}`)
  const asked = (security ?? []).flatMap((one) =>
    one.kind === 'scopes' && one.scopes.length > 0 ? [one] : [],
  )
  if (asked.length === 0) {
    report({
      code: 'operation-without-scopes',
      message: `${subject} asks for no scope, so no scope allows it`,
      help: 'exempt it from the check if it is public, or add it to a scope',
      pointer,
    })
    return []
  }
  if (asked.some(({ others }) => others)) {
    report({
      code: 'other-credentials',
      message: `${subject} also asks for credentials that have no scopes, which a policy does not check`,
      pointer,
    })
  }
  if (!METHODS.has(method)) {
    report({
      code: 'unknown-method',
      message: `method ${quote(method)} of ${quote(path)} is not in the IANA registry and is left out`,
      pointer,
    })
    return []
  }
  if (operation.basePaths.join('\n') !== basePaths.join('\n')) {
    report({
      code: 'other-server',
      message: `${subject} has servers of its own, at another base path, and is left out`,
      help: 'write a policy of its own for them',
      pointer,
    })
    return []
  }
  const template = readTemplate(path, RULES)
  if (template.refusal !== undefined) {
    report({
      code: 'unreachable-path',
      message: `${subject} is left out, since such paths are refused: ${template.refusal}`,
      pointer,
    })
    return []
  }
  return [{ operation, template, alternatives: asked.map(({ scopes }) => scopes) }]
}

function draftScopes(
  { scopes, discovers }: ApiDescription,
  usable: readonly Usable[],
  wildcard: 'any' | 'segment',
  report: Report,
): readonly DraftScope[] {
  const endpoints = new Map<string, Map<string, DraftEndpoint>>(
    [...scopes.keys()].map((name) => [name, new Map()]),
  )
  let grants = 0
  const add = (scope: string, endpoint: DraftEndpoint): void => {
    grants += 1
    if (grants > DEFAULT_LIMITS.endpoints) {
      throw new OpenApiError(
        `its scopes open more than ${count(DEFAULT_LIMITS.endpoints)} operations together`,
      )
    }
    const list = endpoints.get(scope) ?? new Map<string, DraftEndpoint>()
    endpoints.set(scope, list)
    const key = `${endpoint.pattern} ${(endpoint.together ?? []).join(' ')}`
    const methods = [...new Set([...(list.get(key)?.methods ?? []), ...endpoint.methods])].sort(byUse)
    list.set(key, { ...endpoint, methods })
  }
  for (const { operation, template, alternatives } of usable) {
    const pattern = patternText(template, wildcard)
    const { method, path, pointer } = operation
    if (pattern.length > DEFAULT_LIMITS.patternLength) {
      const message = `path ${quote(path)} is longer than a pattern may be, ${count(DEFAULT_LIMITS.patternLength)} characters`
      report({ code: 'invalid-path', message, pointer })
      continue
    }
    for (const needed of alternatives) {
      for (const scope of needed) {
        const together = needed.filter((other) => other !== scope)
        add(scope, { pattern, methods: [method], ...(together.length > 0 && { together }) })
      }
    }
    const several = alternatives.find((needed) => needed.length > 1)
    if (several !== undefined && alternatives.every((needed) => needed.length > 1)) {
      report({
        code: 'several-scopes',
        message: `${quote(`${method} ${path}`)} takes ${several.map(quote).join(' and ')} together, and a scope of a policy stands alone`,
        help: 'it stands as a comment below each of them; decide which one allows it',
        pointer,
      })
    }
  }
  return [...endpoints].flatMap(([name, list]): readonly DraftScope[] => {
    const declared = scopes.get(name)
    if (!isScopeName(name)) {
      report({
        code: 'scope-name',
        message: `${quote(name)} is no scope name (RFC 6749, section 3.3) and is left out`,
      })
      return []
    }
    if (declared === undefined && !discovers) {
      report({
        code: 'undeclared-scope',
        message: `scope ${quote(name)} is asked for and declared by no scheme`,
      })
    }
    if (list.size === 0) {
      report({
        code: 'unused-scope',
        message: `no operation asks for scope ${quote(name)}, so it grants nothing`,
        help: 'leave it so if it is for the authorization server alone, such as `openid`',
      })
    }
    const text = scopeText(name, declared?.description ?? '')
    if (text.label === name) {
      report({
        code: 'scope-without-description',
        message: `scope ${quote(name)} has no description; its name stands in for the label`,
        help: 'write what a person should read before they consent',
      })
    }
    return [{ name, ...text, endpoints: [...list.values()] }]
  })
}

/** Also not one that a scope document keeps for itself, or that YAML has a meaning for. */
function isScopeName(name: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name) && !name.startsWith('$') && name !== '<<'
}

function byUse(a: string, b: string): number {
  const rank = (method: string): number => (USUAL.indexOf(method) + USUAL.length + 1) % (USUAL.length + 1)
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b))
}
