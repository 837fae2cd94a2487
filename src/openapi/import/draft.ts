/** Operations to the scopes of a first policy. */
import { SCOPE_TOKEN } from '../../language/scope-token.ts'
import { DEFAULT_OPTIONS } from '../../language/options.ts'
import { formatNumber, oneOf, quote } from '../../diagnostic/words.ts'
import { DEFAULT_LIMITS } from '../../language/limits.ts'
import { inUsualOrder, METHODS } from '../../language/methods.ts'
import { printCanonical } from '../../pattern/canonical.ts'
import { givenBasePath } from '../compare/base-paths.ts'
import { OpenApiError } from '../error.ts'
import { type ApiDescription, askedScopes, type Operation, type Report } from '../model.ts'
import { needsSegments, patternTexts } from './pattern-text.ts'
import type { Draft, DraftEndpoint, DraftScope } from './print-policy.ts'
import { withoutRedundant } from './redundant.ts'
import { scopeText } from './scope-text.ts'
import { readSyntax } from '../read/template-syntax.ts'
import { concretePath, readTemplate, type Template } from '../read/template.ts'

/** By which templates are read: those of a policy without options. */
const RULES = DEFAULT_OPTIONS

/** Where the paths of a policy begin: below one base path, or each with its own. */
interface Location {
  /** Of the option; empty where the patterns contain the base paths. */
  readonly basePath: string
  /** Base paths that an operation has in its patterns. */
  readonly within: (operation: Operation) => readonly string[]
  /** Whether an operation is at other places alone. */
  readonly isElsewhere: (operation: Operation) => boolean
}

interface Usable {
  readonly operation: Operation
  /** One for each base path that the patterns contain. */
  readonly templates: readonly Template[]
  readonly alternatives: readonly (readonly string[])[]
}

export interface DraftOptions {
  /** The base path that the policy is for, instead of what the servers say; `''` for the root. */
  readonly serverPath?: string
  /** A list of scopes was read as alternatives. */
  readonly anyScope?: boolean
}

export function draftOf(
  description: ApiDescription,
  { serverPath, anyScope = false }: DraftOptions,
  report: Report,
): Draft {
  const { title, version } = description
  const location = locationOf(description, serverPath, report)
  const usable = description.operations.flatMap((operation) => usableOperation(operation, location, report))
  const wildcard = usable.some(({ templates }) => templates.some(needsSegments)) ? 'segment' : 'any'
  const scopes = draftScopes(description, usable, wildcard, report)
  if (scopes.length === 0) {
    report({ code: 'no-scopes', message: 'the document has no scopes, so there is nothing to grant' })
  }
  const name = [title, version].filter((part) => part !== '').join(' ')
  return {
    about: [
      `A first policy${name === '' ? '' : ` for ${quote(name)}`}, made from its OpenAPI document. Edit it: labels are what people read on`,
      'the consent screen.',
      ...(anyScope
        ? [
            '',
            'Made with --any-scope: where the document lists several scopes, each of them is enough by itself.',
          ]
        : []),
      ...(wildcard === 'any'
        ? []
        : [
            '',
            'With `wildcard: segment` a star means one segment, or the rest of one, as a path parameter',
            'does; by default it would also mean several.',
          ]),
    ],
    basePath: location.basePath,
    wildcard,
    scopes,
  }
}

function locationOf({ basePaths }: ApiDescription, serverPath: string | undefined, report: Report): Location {
  const none = (): readonly string[] => ['']
  if (serverPath !== undefined) {
    const basePath = givenBasePath(serverPath)
    return {
      basePath: usableBasePath(basePath, report),
      within: none,
      isElsewhere: (operation) =>
        operation.basePaths !== basePaths &&
        operation.basePaths.join('\n') !== basePaths.join('\n') &&
        !operation.basePaths.includes(basePath),
    }
  }
  const [only = '', another] = basePaths
  if (another === undefined) {
    return {
      basePath: usableBasePath(only, report),
      within: none,
      isElsewhere: (operation) => operation.basePaths.join('\n') !== only,
    }
  }
  report({
    code: 'several-base-paths',
    message: `the servers have different base paths, ${list(basePaths.map((path) => path || '/'))}, so each pattern begins with one`,
    help: 'choose one: `serverPath` in code, `--server-path` on the command line',
    pointer: '/servers',
  })
  return {
    basePath: '',
    within: ({ basePaths: own }) => (own.length === 0 ? [''] : own),
    isElsewhere: () => false,
  }
}

function list(paths: readonly string[]): string {
  return oneOf(paths).replace(/ or (?=`[^`]*`$)/, ' and ')
}

/** In canonical form; the root where no request path can begin so. */
function usableBasePath(path: string, report: Report): string {
  const template = readTemplate(readSyntax(path).parts, RULES)
  const text = concretePath(template)
  if (template.refusal === undefined && text !== undefined) {
    return text === '' ? '' : `/${printCanonical(text)}`
  }
  report({
    code: 'unreachable-path',
    message: `the base path ${quote(path)} is left out, since no accepted request path begins so`,
    help: 'set `basePath` to what your server has',
    pointer: '/servers',
  })
  return ''
}

function usableOperation(operation: Operation, location: Location, report: Report): readonly Usable[] {
  const { method, path, pointer, security } = operation
  const subject = quote(`${method} ${path}`)
  const asked = (security ?? []).flatMap((one) =>
    one.kind === 'scopes' && one.scopes.length > 0 ? [one] : [],
  )
  if (asked.length === 0) {
    report({
      code: 'operation-without-scopes',
      ...withoutScopes(subject, security),
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
  if (location.isElsewhere(operation)) {
    report({
      code: 'other-server',
      message: `${subject} has other servers, at another base path, and is left out`,
      help: 'write a separate policy for them',
      pointer,
    })
    return []
  }
  const templates = location.within(operation).map((basePath) => {
    return readTemplate([...readSyntax(basePath).parts, ...operation.template], RULES)
  })
  const refusal = templates.find((template) => template.refusal !== undefined)?.refusal
  if (refusal !== undefined) {
    report({
      code: 'unreachable-path',
      message: `${subject} is left out, since such paths are refused: ${refusal}`,
      pointer,
    })
    return []
  }
  return [{ operation, templates, alternatives: asked.map(({ scopes }) => scopes) }]
}

function withoutScopes(
  subject: string,
  security: Operation['security'],
): { readonly message: string; readonly help: string } {
  if (security?.some(({ kind }) => kind === 'unknown') === true) {
    return {
      message: `what ${subject} asks for is not understood, so no scope allows it`,
      help: 'correct the document, or add the operation to a scope',
    }
  }
  return {
    message: `${subject} asks for no scope, so no scope allows it`,
    help: 'exempt it from the check if it is public, or add it to a scope',
  }
}

function draftScopes(
  { scopes, discovers, operations }: ApiDescription,
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
        `its scopes open more than ${formatNumber(DEFAULT_LIMITS.endpoints)} operations together`,
      )
    }
    const list = endpoints.get(scope) ?? new Map<string, DraftEndpoint>()
    endpoints.set(scope, list)
    const key = `${endpoint.pattern} ${(endpoint.together ?? []).join(' ')}`
    const methods = inUsualOrder([...(list.get(key)?.methods ?? []), ...endpoint.methods])
    list.set(key, { ...endpoint, methods })
  }
  for (const { operation, templates, alternatives } of usable) {
    const written = templates.map((template) => patternTexts(template, wildcard))
    const patterns = written.flatMap(({ texts }) => texts)
    const { method, path, pointer } = operation
    if (!written.every(({ isComplete }) => isComplete)) {
      report({
        code: 'invalid-path',
        message: `path ${quote(path)} has too many parameters that span segments next to text; a part of what it takes is not granted`,
        help: 'add a pattern that takes them all, if a wider one will do',
        pointer,
      })
    }
    if (patterns.some(({ length }) => length > DEFAULT_LIMITS.patternLength)) {
      const message = `path ${quote(path)} is longer than a pattern may be, ${formatNumber(DEFAULT_LIMITS.patternLength)} characters`
      report({ code: 'invalid-path', message, pointer })
      continue
    }
    for (const needed of alternatives) {
      for (const scope of needed) {
        const together = needed.filter((other) => other !== scope)
        for (const pattern of patterns) {
          add(scope, { pattern, methods: [method], ...(together.length > 0 && { together }) })
        }
      }
    }
    const [several = []] = alternatives
    if (alternatives.every((needed) => needed.length > 1)) {
      report({
        code: 'several-scopes',
        message: `${quote(`${method} ${path}`)} takes ${several.map(quote).join(' and ')} together, and a policy has no scopes that grant together`,
        help: 'it is a comment below each of them; decide which one allows it, or use --any-scope if each is enough',
        pointer,
      })
    }
  }
  const asked = askedScopes(operations)
  return [...endpoints].flatMap(([name, list]): readonly DraftScope[] => {
    const declared = scopes.get(name)
    if (!isScopeName(name)) {
      report({
        code: 'scope-name',
        message: `${quote(name)} is not a scope name (RFC 6749, section 3.3) and is left out`,
      })
      return []
    }
    if (declared === undefined && !discovers) {
      report({
        code: 'undeclared-scope',
        message: `scope ${quote(name)} is asked for and declared by no scheme`,
      })
    }
    if (!asked.has(name)) {
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
        message: `scope ${quote(name)} has no description; its name becomes the label`,
        help: 'write what a person should read before they consent',
      })
    }
    const granted = withoutRedundant([...list.values()].filter(({ together }) => together === undefined))
    const kept = new Set(granted)
    return [
      {
        name,
        ...text,
        endpoints: [...list.values()].filter((one) => one.together !== undefined || kept.has(one)),
        ...(!asked.has(name) && { grantsNothing: 'no operation of the document asks for it' }),
      },
    ]
  })
}

/** Also not one that a scope document keeps for itself, or that YAML has a meaning for. */
function isScopeName(name: string): boolean {
  return SCOPE_TOKEN.test(name) && !name.startsWith('$') && name !== '<<'
}
