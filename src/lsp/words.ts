/**
 * The words of the language with what they mean, for completion and hover: read off the schema that editors
 * without this server use too, so that no list of fields, options or methods is written here.
 */
import schema from '../../schema/scope-policy.schema.json' with { type: 'json' }

/** A part of the schema, as far as it is read here. */
interface Part {
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly string[]
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Part>>
  readonly items?: Part
}

export interface Word {
  readonly word: string
  readonly description: string
  /** Values that it can have, where they can be listed. */
  readonly values: readonly string[]
}

const definitions = schema.definitions as unknown as Readonly<Record<string, Part>>

export const FIELDS: ReadonlyMap<string, Word> = wordsOf(definitions['scope'])
export const OPTIONS: ReadonlyMap<string, Word> = wordsOf(definitions['options'])
export const METHODS: readonly string[] = definitions['method']?.enum ?? []
/** Keys beside the scopes: `$options` and its like. */
export const RESERVED: ReadonlyMap<string, Word> = wordsOf(schema)

function wordsOf(part: Part | undefined): ReadonlyMap<string, Word> {
  return new Map(
    Object.entries(part?.properties ?? {}).map(([word, property]) => {
      const resolved = resolve(property)
      const values = resolved.type === 'boolean' ? ['true', 'false'] : (resolved.enum ?? [])
      const description = property.description ?? resolved.description ?? ''
      return [word, { word, description, values }]
    }),
  )
}

function resolve(part: Part): Part {
  const name = part.$ref?.replace('#/definitions/', '')
  return name === undefined ? part : { ...definitions[name], ...part }
}
