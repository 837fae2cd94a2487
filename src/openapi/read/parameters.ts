/**
 * Which path parameters of an operation hold slashes, by what their declarations say: `x-multi-segment`,
 * `allowReserved` (OpenAPI 3.2), `x-ms-skip-url-encoding` (Azure), a schema `pattern` that names a slash, or a
 * value with one among those that `enum` lists. An example with a slash is reported only: by OpenAPI it travels as
 * `%2F`, and what a parameter may span is not to be guessed. Declarations of the operation
 * come before those of its path item (OpenAPI 3.1 §4.8.9).
 */
import { quote } from '../../diagnostic/words.ts'
import type { Report, TemplatePart } from '../model.ts'
import { entriesOf, isPlainObject, itemsOf, own, type PlainObject, stringOf } from './plain-object.ts'
import { appendPointer, type Chain, type References } from './references.ts'
import { bareName, takesSlash } from './template-syntax.ts'

/** Longer expressions are not for people, and are not read. */
const MAX_EXPRESSION_LENGTH = 10_000

/** What the declaration of a parameter says of slashes. */
interface Declared {
  /** Why it spans segments. */
  readonly reason?: string
  readonly example?: string
}

interface ParameterContext {
  readonly references: References
  readonly report: Report
  /** Names that the caller says span segments. */
  readonly multiSegment: ReadonlySet<string>
}

/** The template of an operation; `chains` are the operation and its path item, each with what it refers to. */
export function spanningParts(
  path: string,
  parts: readonly TemplatePart[],
  chains: readonly { readonly chain: Chain; readonly pointer: string }[],
  context: ParameterContext,
): readonly TemplatePart[] {
  if (!parts.some((part) => 'parameter' in part)) return parts
  const declared = new Map<string, Declared>()
  for (const { chain, pointer } of chains) {
    for (const { object, file } of chain.links) {
      const list = own(object, 'parameters')
      if (list === undefined) continue
      const place = appendPointer(pointer, 'parameters')
      if (!Array.isArray(list)) {
        context.report({ code: 'invalid-operation', message: '`parameters` is not a list', pointer: place })
        continue
      }
      for (const [index, item] of itemsOf(list).entries()) {
        readParameter(item, file, appendPointer(place, String(index)), context, declared)
      }
    }
  }
  const reasons = new Map<string, string>()
  const spanning = parts.map((part): TemplatePart => {
    if ('literal' in part) return part
    const reason = part.spans
      ? 'by its notation'
      : context.multiSegment.has(part.parameter)
        ? 'as you said'
        : declared.get(part.parameter)?.reason
    if (reason === undefined) {
      const example = declared.get(part.parameter)?.example
      if (example !== undefined) {
        context.report({
          code: 'slash-in-example',
          message: `parameter ${quote(part.parameter)} of ${quote(path)} is one segment, and its example ${quote(example)} has several`,
          help: 'where the API takes them unencoded, say so: `multiSegment` in code, `--multi-segment` on the command line',
          pointer: appendPointer('/paths', path),
        })
      }
      return part
    }
    reasons.set(part.parameter, reason)
    return { ...part, spans: true }
  })
  for (const [name, reason] of reasons) {
    context.report({
      code: 'multi-segment-parameter',
      message: `parameter ${quote(name)} of ${quote(path)} spans several segments, ${reason}`,
      pointer: appendPointer('/paths', path),
    })
  }
  return spanning
}

function readParameter(
  value: unknown,
  file: string,
  pointer: string,
  { references }: ParameterContext,
  declared: Map<string, Declared>,
): void {
  const chain = references.follow(value, file, pointer)
  const last = chain.links.at(-1)
  if (last === undefined || !chain.complete || own(last.object, 'in') !== 'path') return
  const name = bareName(stringOf(own(last.object, 'name')) ?? '')
  if (declared.has(name)) return
  declared.set(name, declarationOf(last.object, last.file, pointer, references))
}

function declarationOf(
  parameter: PlainObject,
  file: string,
  pointer: string,
  references: References,
): Declared {
  for (const field of ['x-multi-segment', 'allowReserved', 'x-ms-skip-url-encoding']) {
    const value = own(parameter, field)
    // Scalars of YAML arrive as text.
    if (value === true || value === 'true') return { reason: `by ${quote(field)}` }
  }
  const schema = own(parameter, 'schema')
  const links = isPlainObject(schema)
    ? references.follow(schema, file, appendPointer(pointer, 'schema')).links.map(({ object }) => object)
    : []
  for (const object of [parameter, ...links]) {
    const pattern = stringOf(own(object, 'pattern'))
    if (pattern !== undefined && pattern.length <= MAX_EXPRESSION_LENGTH && takesSlash(pattern, 'spelled')) {
      return { reason: `by its pattern ${quote(pattern)}` }
    }
    const value = itemsOf(own(object, 'enum')).find((one) => typeof one === 'string' && one.includes('/'))
    if (typeof value === 'string') return { reason: `by its value ${quote(value)}` }
  }
  const example = [parameter, ...links]
    .flatMap((object) => [
      ...['example', 'default', 'x-example'].map((field) => own(object, field)),
      ...examplesOf(own(object, 'examples')),
    ])
    .find((one) => typeof one === 'string' && /[^/]\/[^/]/.test(one))
  return typeof example === 'string' ? { example } : {}
}

/** Example objects by name (OpenAPI), or the values themselves (JSON Schema). */
function examplesOf(examples: unknown): readonly unknown[] {
  if (!isPlainObject(examples)) return itemsOf(examples)
  return entriesOf(examples).map(([, one]) => own(one, 'value'))
}
