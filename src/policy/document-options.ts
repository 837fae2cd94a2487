import type { Document, MapNode, Node, ScalarNode } from '../document/node.ts'
import type { Report } from '../diagnostic/report.ts'
import { quote } from '../diagnostic/words.ts'
import { readBasePath } from '../pattern/request-path.ts'
import { UNREACHABLE } from '../pattern/unreachable.ts'
import type { GivenOptions } from './options.ts'
import { warnAmbiguous } from './warn-ambiguous.ts'

/** The `$options` of a document as far as they have the right shape; the rest has been reported. */
export function documentOptions(document: Document, report: Report): GivenOptions {
  const map = document.root.kind === 'map' ? value(document.root, '$options') : undefined
  if (map?.kind !== 'map') return {}
  const basePath = value(map, 'basePath')
  if (basePath?.kind === 'scalar') checkBasePath(basePath, map, report)
  // Values outside of the schema have been reported; the policy will not be used.
  return {
    preset: oneOf(text(map, 'preset'), ['cerb']),
    basePath: text(map, 'basePath'),
    extensions: list(map, 'extensions', report),
    caseSensitive: flag(text(map, 'caseSensitive')),
    trailingSlash: oneOf(text(map, 'trailingSlash'), ['strict', 'ignore']),
    wildcard: oneOf(text(map, 'wildcard'), ['any', 'segment']),
    head: oneOf(text(map, 'head'), ['explicit', 'as-get']),
    encodedSlash: oneOf(text(map, 'encodedSlash'), ['refuse', 'data']),
    delimiters: oneOf(text(map, 'delimiters'), ['refuse', 'data']),
    methods: list(map, 'methods', report),
  }
}

function checkBasePath(node: ScalarNode, map: MapNode, report: Report): void {
  warnAmbiguous(node, 'path', report)
  const read = readBasePath(node.text, {
    encodedSlash: oneOf(text(map, 'encodedSlash'), ['refuse', 'data']) ?? 'refuse',
    delimiters: oneOf(text(map, 'delimiters'), ['refuse', 'data']) ?? 'refuse',
  })
  if (typeof read === 'string') return
  const [fact, help] = UNREACHABLE[read.refusal]
  report({
    code: 'invalid-option',
    span: node.span,
    message: `no request can begin with ${quote(node.text)}: ${fact}`,
    help,
  })
}

function value(map: MapNode, name: string): Node | undefined {
  return map.entries.find(({ key }) => key.text === name)?.value
}

function text(map: MapNode, name: string): string | undefined {
  const node = value(map, name)
  return node?.kind === 'scalar' ? node.text : undefined
}

function list(map: MapNode, name: string, report: Report): readonly string[] | undefined {
  const node = value(map, name)
  if (node?.kind !== 'list') return undefined
  return node.items.flatMap((item) => {
    if (item.kind !== 'scalar') return []
    if (name === 'extensions') warnAmbiguous(item, 'extension', report)
    return [item.text]
  })
}

function flag(text: string | undefined): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined
}

function oneOf<T extends string>(text: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((word) => word === text)
}
