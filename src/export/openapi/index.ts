/**
 * The `security` of an OpenAPI document as a policy has it: written into the text of the document, in which every
 * other byte stays as it is.
 *
 * For each operation that scopes open, `security` lists each set of scopes that is enough; requirements of other
 * credentials stay, what says the same already stays as it is written, and new requirements have the form of those
 * around. Scopes that a scheme does not declare are declared, with their labels. Operations that ask for no token
 * (`security: []`, `{}`) stay as they are: a policy does not state what is public.
 *
 * What cannot be said is found by asking `coverage` about the new text, so nothing is missed: operations that no
 * scope opens, scopes that open a part of an operation, operations in other files.
 *
 * Rejected: printing the changed document (loses layout and comments), and one list for the whole document with
 * exceptions (a smaller change, but unreadable in a review).
 */
import { quote } from '../../diagnostic/words.ts'
import { applyEdits } from '../../diagnostic/edits.ts'
import {
  entryOf,
  locate,
  type LocatedEntry,
  type LocatedMap,
  type LocatedNode,
  readLocated,
} from '../../yaml/located.ts'
import type { Policy } from '../../decision/types.ts'
import { pointerParts } from '../../yaml/json-pointer.ts'
import { coverageOf, type CoverageOptions } from '../../openapi/compare/coverage.ts'
import type { OperationCoverage } from '../../openapi/compare/types.ts'
import { OpenApiError } from '../../openapi/error.ts'
import type { ApiDescription, Operation } from '../../openapi/model.ts'
import { readOpenApi } from '../../openapi/read/read-openapi.ts'
import type { Exported, Unexpressed } from '../model.ts'
import { Editor } from './edits.ts'
import {
  changeTo,
  type Form,
  formOf,
  hasScopes,
  isUnchanged,
  type Requirement,
  requirementOf,
} from './requirements.ts'
import { type Wanted, wantedSecurity } from './wanted.ts'

export interface OpenApiTarget extends CoverageOptions {
  /** The text of the document: YAML or JSON. */
  readonly text: string
  /** The security scheme of new requirements, where the document does not show which one. */
  readonly scheme?: string
  /** The name of the file in what is returned. */
  readonly name?: string
}

/**
 * Throws `OpenApiError` for what is not an OpenAPI document or has no scheme whose requirements list scopes, and
 * `TypeError` for what is not a loaded policy.
 */
export function toOpenApi(
  policy: Policy,
  { text, scheme, name = 'openapi', ...options }: OpenApiTarget,
): Exported {
  const description = readOpenApi(text, options)
  const root = readLocated(text)
  if (root === undefined) throw new OpenApiError('its parts cannot be located')
  const wanted = wantedSecurity(policy, description, options)
  const writer = new SecurityWriter(policy, text, root, scheme)
  for (const [index, operation] of description.operations.entries())
    writer.write(operation, wanted[index] ?? [])
  const written = writer.finish()
  return {
    files: [{ name, text: written }],
    unexpressed: leftIn(policy, readOpenApi(written, options), options, writer.reasons),
  }
}

/** Where the new text and the policy still disagree, and why. */
function leftIn(
  policy: Policy,
  description: ApiDescription,
  options: CoverageOptions,
  reasons: ReadonlyMap<string, string>,
): readonly Unexpressed[] {
  return coverageOf(policy, description, options).operations.flatMap((operation) => {
    const { method, path, pointer, undeclared, unmet } = operation
    const reason = reasons.get(pointer)
    if (reason === undefined && undeclared.length === 0 && unmet.length === 0) return []
    return [{ row: 'security', pattern: `${method} ${path}`, reason: reason ?? disagreement(operation) }]
  })
}

function disagreement({ reach, scopes, unmet }: OperationCoverage): string {
  if (reach === 'none') return 'no scope opens it, and `security` cannot deny everybody'
  const partly = scopes.find((scope) => scope.reach === 'partly')?.scope
  if (partly !== undefined) {
    return `scope ${quote(partly)} opens a part of it only, and \`security\` is about all of its requests`
  }
  if (unmet.length > 0) return 'the scopes that it asks for open a part of it only'
  return 'it was not decided which scopes open all of it'
}

class SecurityWriter {
  /** Why an operation, by its pointer, was left as it is. */
  readonly reasons = new Map<string, string>()
  readonly #policy: Policy
  readonly #text: string
  readonly #root: LocatedNode
  readonly #editor: Editor
  readonly #kinds: ReadonlyMap<string, SchemeKind>
  readonly #form: Form | undefined
  /** What operations are wanted to say, by the place where it is written: aliases and references share it. */
  readonly #places = new Map<number, string>()
  readonly #used = new Map<string, Set<string>>()

  constructor(policy: Policy, text: string, root: LocatedNode, scheme: string | undefined) {
    this.#policy = policy
    this.#text = text
    this.#root = root
    this.#editor = new Editor(text)
    this.#kinds = schemeKinds(root)
    if (scheme !== undefined && !this.#isScoped(scheme)) {
      throw new OpenApiError(`${quote(scheme)} is not a security scheme of it whose requirements list scopes`)
    }
    this.#form = scheme === undefined ? this.#usualForm() : [scheme]
  }

  write({ method, pointer, security }: Operation, wanted: Wanted): void {
    if (wanted.length === 0 || security?.some(({ kind }) => kind === 'anybody') === true) return
    const found = this.#find(method, pointer)
    if (typeof found === 'string') {
      this.reasons.set(pointer, found)
      return
    }
    const key = wanted.map((scopes) => scopes.join(' ')).join('\n')
    const known = this.#places.get(found.value.span.start)
    if (known !== undefined) {
      if (known !== key) this.reasons.set(pointer, 'another operation is the same part of the document')
      return
    }
    this.#places.set(found.value.span.start, key)
    const own = entryOf(found.value, 'security')
    const list = own?.value ?? entryOf(this.#root, 'security')?.value
    const items = list?.kind === 'list' ? list.items : []
    const requirements = items.map(requirementOf)
    const form = this.#formFor(requirements)
    if (form === undefined) {
      throw new OpenApiError(
        'it has no security scheme whose requirements list scopes, or several; declare one of type `oauth2`, or name one with `--scheme`',
      )
    }
    const change = changeTo(wanted, requirements, form, this.#isScoped)
    this.#use(form, wanted)
    if (isUnchanged(change) && items.length > 0) return
    if (own === undefined) {
      const stay = requirements.flatMap((one, index) =>
        one !== undefined && change.keep[index] === true ? [one] : [],
      )
      const before =
        ['parameters', 'requestBody', 'responses']
          .map((name) => entryOf(found.value, name))
          .find((entry) => entry !== undefined) ?? found.value.entries[0]
      if (before === undefined) this.reasons.set(pointer, 'it is empty')
      else
        this.#editor.insertBefore(
          before,
          found.value.flow,
          'security',
          [...stay, ...change.add].map(toObject),
        )
    } else if (own.value.kind !== 'list' || own.value.aliased === true) {
      this.reasons.set(pointer, 'its `security` is not a separate list')
    } else if (!this.#editor.changeList(own.value, change.keep, change.add.map(toObject))) {
      this.reasons.set(pointer, 'its `security` has comments between brackets')
    }
  }

  /** Declares what is used, and applies all edits. */
  finish(): string {
    for (const [scheme, scopes] of this.#used) this.#declare(scheme, scopes)
    const edits = this.#editor.edits.toSorted((a, b) => a.span.start - b.span.start)
    return applyEdits(this.#text, edits)
  }

  /** The operation in the text, through references of its path item; or why it cannot be changed. */
  #find(method: string, pointer: string): (LocatedEntry & { readonly value: LocatedMap }) | string {
    const parts = pointer.split('/')
    const name = pointerParts(pointer).at(-1) ?? ''
    const isAdditional = parts.at(-2) === 'additionalOperations'
    let item = locate(this.#root, parts.slice(0, isAdditional ? -2 : -1).join('/'))?.node
    for (let links = 0; links < MAX_LINKS && item !== undefined; links++) {
      const holder = isAdditional ? entryOf(item, 'additionalOperations')?.value : item
      const found = entryOf(holder, isAdditional ? name : method.toLowerCase())
      if (found !== undefined) {
        const { value } = found
        return value.kind === 'map' ? { ...found, value } : 'it is not an object'
      }
      const reference = entryOf(item, '$ref')?.value
      const target = reference?.kind === 'scalar' ? reference.text : ''
      if (!target.startsWith('#')) return target === '' ? 'a merge key brings it' : 'it is in another file'
      item = locate(this.#root, decoded(target.slice(1)))?.node
    }
    return 'it was not found in the text'
  }

  /** The form of the requirements around, else the one that is usual in the document. */
  #formFor(requirements: readonly (Requirement | undefined)[]): Form | undefined {
    const example = requirements.find((one) => one !== undefined && hasScopes(one, this.#isScoped))
    return example === undefined ? this.#form : formOf(example)
  }

  #usualForm(): Form | undefined {
    const counts = new Map<string, number>()
    const lists = [entryOf(this.#root, 'security')?.value]
    for (const { value } of entriesOf(entryOf(this.#root, 'paths')?.value)) {
      for (const { value: operation } of entriesOf(value)) lists.push(entryOf(operation, 'security')?.value)
    }
    for (const list of lists) {
      for (const item of list?.kind === 'list' ? list.items : []) {
        const requirement = requirementOf(item)
        if (requirement === undefined || !hasScopes(requirement, this.#isScoped)) continue
        const key = JSON.stringify(formOf(requirement))
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
    const [usual] = [...counts].sort(([, a], [, b]) => b - a)
    if (usual !== undefined) return JSON.parse(usual[0]) as Form
    const scoped = [...this.#kinds.keys()].filter(this.#isScoped)
    return scoped.length === 1 ? scoped : undefined
  }

  readonly #isScoped = (scheme: string): boolean => {
    const kind = this.#kinds.get(scheme)
    return (
      kind === 'oauth2' ||
      kind === 'openIdConnect' ||
      (kind === 'roles' && ![...this.#kinds.values()].includes('oauth2'))
    )
  }

  #use(form: Form, wanted: Wanted): void {
    for (const scheme of form) {
      if (this.#kinds.get(scheme) !== 'oauth2') continue
      const known = this.#used.get(scheme) ?? new Set()
      this.#used.set(scheme, known)
      for (const scopes of wanted) for (const scope of scopes) known.add(scope)
    }
  }

  /** In every flow of the scheme. */
  #declare(name: string, scopes: ReadonlySet<string>): void {
    const scheme = followed(this.#root, entryOf(schemesOf(this.#root), name)?.value)
    const flows = entriesOf(entryOf(scheme, 'flows')?.value).map(({ value }) => value)
    for (const holder of flows.length > 0 ? flows : scheme === undefined ? [] : [scheme]) {
      const declared = entryOf(holder, 'scopes')?.value
      if (declared?.kind !== 'map' || declared.aliased === true) continue
      if (declared.entries.length === 0) {
        const missing = [...scopes].map((scope) => [scope, this.#labelOf(scope)] as const)
        if (declared.flow) this.#editor.fill(declared, missing)
        continue
      }
      for (const scope of scopes) {
        if (entryOf(declared, scope) === undefined) this.#editor.append(declared, scope, this.#labelOf(scope))
      }
    }
  }

  #labelOf(scope: string): string {
    const label = this.#policy.scopes.get(scope)?.label ?? scope
    return typeof label === 'string' ? label : (Object.values(label)[0] ?? scope)
  }
}

/** References of path items and schemes; more is a cycle. */
const MAX_LINKS = 32

/** What a reference within the document leads to; other nodes as they are. */
function followed(root: LocatedNode, node: LocatedNode | undefined): LocatedNode | undefined {
  let at = node
  for (let links = 0; links < MAX_LINKS; links++) {
    const reference = entryOf(at, '$ref')?.value
    if (reference?.kind !== 'scalar' || !reference.text.startsWith('#')) return at
    at = locate(root, decoded(reference.text.slice(1)))?.node
  }
  return at
}

type SchemeKind = 'oauth2' | 'openIdConnect' | 'roles' | 'other'

function schemesOf(root: LocatedNode): LocatedNode | undefined {
  return (
    entryOf(entryOf(root, 'components')?.value, 'securitySchemes')?.value ??
    entryOf(root, 'securityDefinitions')?.value
  )
}

/** `roles`: of bearer tokens, whose requirements may list roles since OpenAPI 3.1 (§4.8.30). */
function schemeKinds(root: LocatedNode): ReadonlyMap<string, SchemeKind> {
  const version = textOf(entryOf(root, 'openapi')?.value)
  return new Map(
    entriesOf(schemesOf(root)).map(({ key, value: written }) => {
      const value = followed(root, written)
      const type = textOf(entryOf(value, 'type')?.value)
      if (type === 'oauth2' || type === 'openIdConnect') return [key, type]
      const isBearer = type === 'http' && textOf(entryOf(value, 'scheme')?.value).toLowerCase() === 'bearer'
      return [key, isBearer && /^3\.[1-9]/.test(version) ? 'roles' : 'other']
    }),
  )
}

function entriesOf(node: LocatedNode | undefined): readonly LocatedEntry[] {
  return node?.kind === 'map' ? node.entries : []
}

function textOf(node: LocatedNode | undefined): string {
  return node?.kind === 'scalar' ? node.text : ''
}

function toObject(requirement: Requirement): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(requirement)
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
