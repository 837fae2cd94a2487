/**
 * YAML that is something else: an OpenAPI document has twenty errors as a policy, and one sentence says more.
 *
 * Known kinds are recognized by lines of the text, so that a file of several documents or one with syntax of its
 * own counts too. Each needs what no policy has: a top-level key with a scalar, or children that are no
 * fields of a scope. Only documents that do not load are asked about, so a policy is never taken for one.
 */
import type { Finding } from '../diagnostic/report.ts'
import { closest, quote } from '../diagnostic/words.ts'
import { SCOPE_FIELDS } from '../language/scope-fields.ts'
import type { ReadPolicy } from '../load.ts'
import type { Document, Entry } from '../yaml/node.ts'

/** Of longer files only the beginning is read. */
const MAX_LENGTH = 1_000_000

/** What it is, with the article, and what all of these find in it. */
const KINDS: readonly (readonly [kind: string, ...signs: RegExp[]])[] = [
  ['an OpenAPI document', /^["']?(?:openapi|swagger)["']?:\s*["']?[23]\b/m],
  ['an OpenAPI document', /^\s*\{\s*"(?:openapi|swagger)"\s*:\s*"[23]\b/],
  ['an AsyncAPI document', /^["']?asyncapi["']?:\s*["']?\d/m],
  ['a GitHub workflow', /^["']?on["']?:/m, /^jobs:/m, /(?:^\s+|[{,]\s*)(?:runs-on|uses):/m],
  ['an action for GitHub', /^runs:/m, /^\s+using:/m],
  ['a configuration of Dependabot', /^version:\s*2/m, /^updates:/m],
  ['a compose file', /^services:\s*(?:#.*|\{.*)?$/m, /(?:^\s+|[{,]\s*)(?:image|build):/m],
  [
    'a values file of Helm',
    /^(?:replicaCount|nameOverride|fullnameOverride|podAnnotations|nodeSelector|tolerations):/m,
    /^(?:image|service|ingress|resources|affinity|serviceAccount):/m,
  ],
  ['a configuration of pre-commit', /^repos:/m, /^\s*-?\s*repo:/m],
  ['a Kubernetes object', /^apiVersion:\s*\S/m, /^kind:\s*\S/m],
  ['a Helm chart', /^apiVersion:\s*\S/m, /^name:\s*\S/m, /^version:\s*\S/m],
  ['a pipeline of GitLab', /^(?:stages|include|default|workflow):/m, /^\s+script:/m],
  ['a playbook of Ansible', /^-\s+(?:name|hosts):/m, /^\s+(?:tasks|hosts|roles):/m],
  [
    'a request table',
    /^requests:/m,
    /[-{[]\s*["']?(?:[A-Z]{3,}|tools\/call|resources\/read|prompts\/get) \S/,
  ],
  [
    'a configuration of `scope-policy serve`',
    /^(?:policies|jwks|issuer|listen):/m,
    /^(?:audience|issuer|jwks|introspection):/m,
  ],
]

/** Which known kind of file a string is, with the article; undefined where it may be meant as a policy. */
export function foreignKind(text: string): string | undefined {
  const start = text.slice(0, MAX_LENGTH)
  return KINDS.find(([, ...signs]) => signs.every((sign) => sign.test(start)))?.[0]
}

/** What the children of a top-level key are in a policy, misspelt or not. */
const FIELDS: readonly string[] = [...Object.keys(SCOPE_FIELDS), 'scopes']

/** Whether nothing in a document looks like a scope, misspelt fields included. */
function hasNoScopes({ root }: Document): boolean {
  if (root.kind !== 'map' || root.entries.length < 2) return false
  return root.entries.every(
    ({ key, value }) =>
      !key.text.startsWith('$') &&
      closest(key.text, ['scopes']) === undefined &&
      (value.kind !== 'map' || value.entries.every((entry) => closest(entry.key.text, FIELDS) === undefined)),
  )
}

/** The key around a whole document, such as `scopes:`: its children are the scopes. */
function wrapperOf({ root }: Document): Entry | undefined {
  if (root.kind !== 'map') return undefined
  const [only, second] = root.entries.filter(({ key }) => !key.text.startsWith('$'))
  if (only?.value.kind !== 'map' || second !== undefined) return undefined
  const { entries } = only.value
  const isScope = ({ key, value }: Entry): boolean =>
    !Object.hasOwn(SCOPE_FIELDS, key.text) &&
    value.kind === 'map' &&
    value.entries.some((entry) => Object.hasOwn(SCOPE_FIELDS, entry.key.text))
  return entries.length > 0 && entries.every(isScope) ? only : undefined
}

/**
 * The one finding about a document that does not load because it is something else, or because all of it is one
 * level too deep; undefined where its own findings say more.
 */
export function foreignFinding({ text, document, data, findings }: ReadPolicy): Finding | undefined {
  if (data !== null || findings.length === 0) return undefined
  // What YAML itself refuses hides what was meant.
  const tree = findings.some(({ code }) => code === 'yaml-syntax') ? null : document
  const kind = foreignKind(text)
  if (kind === undefined && tree !== null) {
    const wrapper = wrapperOf(tree)
    if (wrapper !== undefined) {
      const { text: name, span } = wrapper.key
      const help = 'delete this line, and indent what follows it less'
      const message = `the scopes are inside of ${quote(`${name}:`)}; each top-level key is the name of a scope`
      return { code: 'no-scopes', span, message, help }
    }
  }
  if (kind === undefined && (findings.length < 2 || tree === null || !hasNoScopes(tree))) return undefined
  return {
    code: 'no-scopes',
    span: { start: 0, end: 0 },
    message:
      kind === undefined
        ? 'this does not look like a scope policy: no key has `label` and `endpoints`'
        : `this is ${kind}, not a scope policy`,
    help:
      kind === 'an OpenAPI document'
        ? '`scope-policy import` makes a first policy of it; leave it out with `ignore:` in `.scope-policyrc.yaml`'
        : 'leave it out with `ignore:` in `.scope-policyrc.yaml`',
  }
}
