/**
 * The edits that make one entry of an endpoint the first of its own endpoint.
 *
 * In block style a dash takes the place of a space, in the column of the dash above; in flow style the
 * braces are closed and opened again around the comma. Nothing else changes. Only where both entries read
 * as a pattern with methods: what else may be meant by a second key is for people to say.
 */
import type { Edit } from '../../diagnostic/diagnostic.ts'
import { registeredMethod } from '../../language/methods.ts'
import { type Entry, isNull, type MapNode } from '../../yaml/node.ts'

/** Words that name something about an endpoint, and are hardly their own path. */
const FIELDS =
  /^(?:methods?|verbs?|paths?|patterns?|ur[il]s?|endpoints?|routes?|scopes?|label|description|summary)$/i

export function splitBefore(index: number, item: MapNode, text: string): readonly Edit[] | undefined {
  const [before, entry] = [item.entries[index - 1], item.entries[index]]
  if (item.unread || before === undefined || entry === undefined) return undefined
  if (![before, entry].every(isEndpoint)) return undefined
  return text[item.span.start] === '{' ? splitFlow(before, entry, text) : splitBlock(item, entry, text)
}

function isEndpoint({ key, value }: Entry): boolean {
  const nodes = value.kind === 'list' ? value.items : [value]
  const areMethods = nodes.every(
    (node) => node.kind === 'scalar' && registeredMethod(node.text) !== undefined,
  )
  return areMethods && nodes.length > 0 && !isNull(key) && key.text !== '' && !FIELDS.test(key.text)
}

function splitBlock(item: MapNode, { key }: Entry, text: string): readonly Edit[] | undefined {
  const dash = /^( *)-( +)$/.exec(lineBefore(text, item.span.start))
  const indent = lineBefore(text, key.span.start)
  if (dash?.[1] === undefined || !/^ *$/.test(indent) || indent.length !== dash[0].length) return undefined
  const start = key.span.start - indent.length + dash[1].length
  return [{ span: { start, end: start + 1 }, text: '-' }]
}

function splitFlow({ value }: Entry, { key }: Entry, text: string): readonly Edit[] | undefined {
  const [start, end] = [value.span.end, key.span.start]
  const between = text.slice(start, end)
  return /^\s*,\s*$/.test(between) ? [{ span: { start, end }, text: `}${between}{` }] : undefined
}

function lineBefore(text: string, at: number): string {
  const start = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
  return text.slice(start, at)
}
