/**
 * Well-formed documents as plain data, with options and with scopes that include earlier ones (so there
 * is never a cycle). A document is generated as its parts, because properties shuffle and extend them.
 */
import fc from 'fast-check'
import type {
  PlainDocument,
  PlainEndpoint,
  PlainGrants,
  PlainOptions,
  PlainScope,
} from '../reference/document.ts'
import { COMMON_METHODS, documentMethod } from './method.ts'
import { anyPattern, segmentPattern } from './pattern.ts'
import { scopeName } from './scope-name.ts'
import { BOUNDS } from './settings.ts'

export interface DocumentParts {
  readonly options: PlainOptions
  readonly scopes: readonly (readonly [name: string, scope: PlainScope])[]
  /** `$baseline` and keys of several names. */
  readonly grants?: readonly (readonly [key: string, grants: PlainGrants])[]
}

/** Own properties only, also for a scope that is called `__proto__`. */
export function toDocument({ options, scopes, grants = [] }: DocumentParts): PlainDocument {
  return Object.fromEntries<PlainScope | PlainGrants | PlainOptions>([
    ['$options', options],
    ...scopes,
    ...grants,
  ])
}

/** The patterns of a document in order, each as often as it is written. */
export function patternsOf(parts: DocumentParts): string[] {
  return parts.scopes.flatMap(([, scope]) =>
    (scope.endpoints ?? []).flatMap((endpoint) =>
      typeof endpoint === 'string' ? [endpoint] : Object.keys(endpoint),
    ),
  )
}

/** Every option but `wildcard`, mostly left at its default. */
const otherOptions: fc.Arbitrary<PlainOptions> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<PlainOptions>({}) },
  { weight: 1, arbitrary: fc.constant<PlainOptions>({ preset: 'cerb' }) },
  {
    weight: 6,
    arbitrary: fc.record<PlainOptions, never>(
      {
        basePath: fc.constantFrom('/rest', '/api/v1', '/a', 'rest'),
        extensions: fc.constantFrom<string[]>([], ['json'], ['json', 'xml'], ['a']),
        caseSensitive: fc.boolean(),
        trailingSlash: fc.constantFrom<'strict' | 'ignore'>('strict', 'ignore'),
        head: fc.constantFrom<'explicit' | 'as-get'>('explicit', 'as-get'),
        encodedSlash: fc.constantFrom<'refuse' | 'data' | 'opaque'>('refuse', 'data', 'opaque'),
        delimiters: fc.constantFrom<'refuse' | 'data'>('refuse', 'data'),
        methods: fc.uniqueArray(fc.constantFrom(...COMMON_METHODS, 'HEAD'), { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: [] },
    ),
  },
)

/** One item of `endpoints`: a bare pattern, one method, or a list. */
export function endpointOf(
  pattern: fc.Arbitrary<string>,
  method: fc.Arbitrary<string> = documentMethod,
): fc.Arbitrary<PlainEndpoint> {
  const methods = fc.array(method, { minLength: 1, maxLength: BOUNDS.methodsPerEndpoint })
  const mapping = fc
    .tuple(pattern, fc.oneof(method, methods))
    .map(([key, value]): PlainEndpoint => Object.fromEntries([[key, value]]))
  return fc.oneof({ weight: 1, arbitrary: pattern }, { weight: 2, arbitrary: mapping })
}

/** A document over patterns and options of the caller's choice. */
export function documentOf(
  pattern: fc.Arbitrary<string>,
  options: fc.Arbitrary<PlainOptions>,
  method: fc.Arbitrary<string> = documentMethod,
): fc.Arbitrary<DocumentParts> {
  const scope = fc.record({
    name: scopeName,
    endpoints: fc.array(endpointOf(pattern, method), { maxLength: BOUNDS.endpointsPerScope }),
    /** Bits: which of the earlier scopes are included. */
    includes: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat({ max: 31 }) },
    ),
    withoutOwn: fc.boolean(),
  })
  const scopes = fc.uniqueArray(scope, {
    selector: (part) => part.name,
    minLength: 1,
    maxLength: BOUNDS.scopes,
  })
  return fc.tuple(options, scopes).map(([chosen, list]) => ({
    options: chosen,
    scopes: list.map((part, index): readonly [string, PlainScope] => {
      const label = `label of ${part.name}`
      const earlier = list.slice(0, index).map((other) => other.name)
      const includes = earlier.filter((_, place) => ((part.includes >> place) & 1) === 1)
      if (includes.length === 0) return [part.name, { label, endpoints: part.endpoints }]
      if (part.withoutOwn) return [part.name, { label, includes }]
      return [part.name, { label, includes, endpoints: part.endpoints }]
    }),
  }))
}

/** Documents in `wildcard: any` with every other option. */
export const anyDocument: fc.Arbitrary<DocumentParts> = documentOf(anyPattern, otherOptions)

/** Documents in `wildcard: segment` with every other option. */
export const segmentDocument: fc.Arbitrary<DocumentParts> = documentOf(
  segmentPattern,
  otherOptions.map((options): PlainOptions => ({ ...options, wildcard: 'segment' })),
)

export const plainDocument: fc.Arbitrary<DocumentParts> = fc.oneof(
  { weight: 3, arbitrary: anyDocument },
  { weight: 1, arbitrary: segmentDocument },
)
