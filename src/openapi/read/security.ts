/**
 * Security schemes and requirements. Alternatives of a list are one or the other, schemes of one requirement
 * are asked for together, and so are the scopes of a scheme (OpenAPI 3.1 §4.8.30).
 */
import { quote } from '../../diagnostic/words.ts'
import { OpenApiError } from '../error.ts'
import type { Alternative, DeclaredScope, Report } from '../model.ts'
import { entriesOf, isPlainObject, itemsOf, own, stringOf } from './plain-object.ts'
import { appendPointer, type References } from './references.ts'

/** What is asked for of one operation; more is no document for people. */
const MOST_ALTERNATIVES = 1000
const MOST_SCOPES = 100

export interface Schemes {
  /** Whether tokens of the scheme have scopes. */
  readonly kinds: ReadonlyMap<string, 'scopes' | 'other'>
  readonly scopes: ReadonlyMap<string, DeclaredScope>
  readonly discovers: boolean
}

/** `components.securitySchemes` of OpenAPI 3, `securityDefinitions` of Swagger 2.0. */
export function readSchemes(schemes: unknown, pointer: string, references: References): Schemes {
  const kinds = new Map<string, 'scopes' | 'other'>()
  const scopes = new Map<string, DeclaredScope>()
  let discovers = false
  for (const [name, value] of entriesOf(schemes)) {
    const scheme = references.follow(value, appendPointer(pointer, name)).at(-1)
    const type = own(scheme, 'type')
    const hasScopes = type === 'oauth2' || type === 'openIdConnect'
    kinds.set(name, hasScopes ? 'scopes' : 'other')
    if (type === 'openIdConnect') discovers = true
    if (type !== 'oauth2') continue
    // Swagger 2.0 has the scopes beside the one flow of a scheme.
    const flows = [scheme, ...entriesOf(own(scheme, 'flows')).map(([, flow]) => flow)]
    for (const [scope, description] of flows.flatMap((flow) => entriesOf(own(flow, 'scopes')))) {
      if (own(scheme, 'flows') === undefined && scope.startsWith('x-')) continue
      const known = scopes.get(scope)?.description ?? ''
      scopes.set(scope, { name: scope, description: known === '' ? (stringOf(description) ?? '') : known })
    }
  }
  return { kinds, scopes, discovers }
}

/** Requirements that are no list say nothing. */
export function readSecurity(
  list: unknown,
  pointer: string,
  { kinds }: Schemes,
  report: Report,
): readonly Alternative[] | null {
  if (!Array.isArray(list)) return null
  if (list.length > MOST_ALTERNATIVES) {
    throw new OpenApiError(`an operation has more than ${MOST_ALTERNATIVES} alternatives in \`security\``)
  }
  const alternatives = itemsOf(list)
    .filter(isPlainObject)
    .map((requirement) => readRequirement(requirement, pointer, kinds, report))
  // `security: []` takes the requirements of the document back.
  return alternatives.length === 0 ? [{ kind: 'anybody' }] : alternatives
}

function readRequirement(
  requirement: unknown,
  pointer: string,
  kinds: Schemes['kinds'],
  report: Report,
): Alternative {
  const schemes = entriesOf(requirement)
  if (schemes.length === 0) return { kind: 'anybody' }
  const scopes = new Set<string>()
  let tokens = false
  let others = false
  for (const [name, needed] of schemes) {
    const kind = kinds.get(name)
    if (kind === undefined) {
      report({
        code: 'unknown-scheme',
        message: `there is no security scheme ${quote(name)}`,
        help: 'it is taken for one without scopes',
        pointer,
      })
    }
    if (kind === 'scopes') {
      tokens = true
      for (const scope of itemsOf(needed)) if (typeof scope === 'string') scopes.add(scope)
    } else others = true
  }
  if (scopes.size > MOST_SCOPES) {
    throw new OpenApiError(`an operation asks for more than ${MOST_SCOPES} scopes at once`)
  }
  return tokens ? { kind: 'scopes', scopes: [...scopes], others } : { kind: 'other' }
}
