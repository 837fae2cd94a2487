import type { Edit } from '../../diagnostic/diagnostic.ts'
import type { LintEndpoint } from '../subject.ts'

/**
 * The edit that gives the methods written at one endpoint to another as well; undefined where its methods
 * are not written as one word or as a flow list, or appear elsewhere by an alias.
 */
export function mergeMethods(source: string, into: LintEndpoint, from: LintEndpoint): Edit | undefined {
  const { node, value, written } = into
  const last = written.at(-1)?.node
  if (value === undefined || from.value === undefined || last?.anchored !== undefined) return undefined
  const isHere = /^\s*:\s*$/.test(source.slice(node.span.end, value.span.start))
  if (!isHere || last === undefined || value.span.start < node.span.end) return undefined
  const known = new Set(written.map(({ method }) => method))
  const quotes = /^["']/.exec(source.slice(last.span.start))?.[0] ?? ''
  const added = new Set(from.written.map(({ method }) => method).filter((method) => !known.has(method)))
  const words = [...added].map((method) => `${quotes}${method}${quotes}`).join(', ')
  const ending = `${source.slice(last.span.start, last.span.end)}, ${words}`
  if (value.kind === 'scalar') return { span: value.span, text: `[${ending}]` }
  const isFlow = source[value.span.start] === '['
  // What follows the last method is replaced as well, so that two such edits are seen to collide.
  return isFlow ? { span: last.span, text: ending } : undefined
}
