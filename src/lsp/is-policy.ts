/**
 * Whether a document is meant to be a scope policy, for editors that send every YAML file.
 *
 * A name that policies usually have, the schema's line, or a scope with one of the fields that only policies
 * have together. Nothing is reported about other files: twenty errors in a compose file are useless.
 */
import { fieldOf, type MapNode } from '../yaml/node.ts'

const USUAL_NAME = /(?:^|\/)(?:scopes|[^/]*\.scopes)\.ya?ml$/i
const SCHEMA_LINE = /^#.*\$schema=.*scope-policy/m

export function isPolicy(uri: string, text: string, root: MapNode | undefined): boolean {
  if (USUAL_NAME.test(uri) || SCHEMA_LINE.test(text.slice(0, 4096))) return true
  if (root === undefined) return false
  return root.entries.some(
    ({ key, value }) =>
      key.text === '$options' ||
      (value.kind === 'map' &&
        fieldOf(value, 'label') !== undefined &&
        fieldOf(value, 'endpoints') !== undefined),
  )
}
