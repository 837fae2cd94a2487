import { pluralize, quote } from '../../diagnostic/words.ts'
import { parsePolicy } from '../../load.ts'
import { coverageOf } from '../compare/coverage.ts'
import { draftOf } from './draft.ts'
import { OpenApiError } from '../error.ts'
import { type ApiDescription, isUnread, type OpenApiNote, type Report } from '../model.ts'
import { printPolicy } from './print-policy.ts'
import type { OpenApiSource } from '../read/parse.ts'
import { readOpenApi, type ReadOptions } from '../read/read-openapi.ts'

export interface FirstPolicy {
  /** A scope document in YAML. */
  readonly text: string
  /** What it could not say, and what the OpenAPI document leaves open. */
  readonly notes: readonly OpenApiNote[]
  /** Those notes that are about parts of the document that were not understood; nothing is granted by them. */
  readonly unread: readonly OpenApiNote[]
}

export interface FromOpenApiOptions extends ReadOptions {
  /** The base path that the policy is for, instead of what the servers say; `''` for the root. */
  readonly serverPath?: string
}

/** To look for what a draft allows and the document does not ask for. */
const MILLISECONDS = 20_000

/**
 * A first scope document to edit: the scopes of the OAuth 2.0 and OpenID Connect schemes with their
 * descriptions as labels, and for each the operations whose `security` it satisfies alone. A path parameter
 * becomes a star that stays in its segment (`wildcard: segment`), or where it spans segments, `**`.
 *
 * Nothing is granted that the document does not say: an operation that takes several scopes together is a
 * comment below each of them, one that asks for none is left out, and both are in `notes`. Alternatives are one
 * or the other, so each of their scopes gets the operation. What is not understood grants nothing (`unread`).
 *
 * The text loads without errors. Where a pattern takes in a path that a more concrete operation has for
 * itself, with other scopes, there is a note, since a policy cannot leave a path out.
 *
 * Throws `OpenApiError` (`code: 'ERR_INVALID_OPENAPI'`) for a value that is not an OpenAPI document.
 */
export function fromOpenApi(document: OpenApiSource, options: FromOpenApiOptions = {}): FirstPolicy {
  const description = readOpenApi(document, options)
  const notes: OpenApiNote[] = [...description.notes]
  const report: Report = (note) => {
    notes.push(note)
  }
  const draft = draftOf(description, options, report)
  const text = printPolicy(draft)
  if (draft.scopes.length > 0) {
    // Where the patterns contain the base paths, each operation is at its own.
    const at =
      description.basePaths.length > 1 && options.serverPath === undefined
        ? {}
        : { serverPath: draft.basePath }
    reportWider(text, at, description, report)
  }
  return { text, notes, unread: notes.filter(isUnread) }
}

/** Scopes that come by an operation because a parameter also matches what another path spells. */
function reportWider(
  text: string,
  at: { readonly serverPath?: string },
  description: ApiDescription,
  report: Report,
): void {
  const { policy, diagnostics } = parsePolicy(text)
  if (policy === null) {
    // Only a limit can be in the way.
    const error = diagnostics.find(({ severity }) => severity === 'error')
    throw new OpenApiError(`no policy can be made of it: ${error?.message ?? 'it is too large'}`)
  }
  const { operations } = coverageOf(policy, description, { ...at, milliseconds: MILLISECONDS })
  const open = operations.filter(({ reach, scopes }) => {
    return reach === 'undecided' || scopes.some((scope) => scope.reach === 'undecided')
  })
  if (open.length > 0) {
    report({
      code: 'undecided',
      message: `whether other scopes come by it as well is undecided for ${pluralize(open.length, 'operation')}: the time for that is used up`,
      help: 'ask `scope-policy coverage`, which takes more time',
    })
  }
  for (const { method, path, pointer, undeclared } of operations) {
    const [first] = undeclared
    if (first === undefined) continue
    const others = undeclared.length > 1 ? ` and ${undeclared.length - 1} more` : ''
    report({
      code: 'wider-than-documented',
      message: `${quote(`${method} ${path}`)} is also allowed to scope ${quote(first)}${others}, by a pattern with a star in its place`,
      help: 'a policy cannot leave a path out; give the operation a separate path, or grant less',
      pointer,
    })
  }
}
