/**
 * Models of how JSON is read elsewhere: what each reader takes for the messages of a body. They are written
 * from the documentation and sources of those readers, and lean towards reading too much: a model that
 * accepts more than the original can only make the law harder to keep.
 */
import { parse } from './tolerant.ts'
import type { Habits, Tree } from './tolerant.ts'

/** What a server does with one message: its method, and the tool, prompt or resources that it then uses. */
export interface Reading {
  readonly method: string
  readonly names: readonly string[]
}

/** The messages as a reader sees them; undefined when it refuses the body. */
export type Reader = (bytes: Uint8Array) => readonly Reading[] | undefined

interface Model {
  readonly habits: Habits
  /** Whether the reader takes `key` for the member `wanted`. */
  readonly matches: (key: string, wanted: string) => boolean
  readonly duplicates: 'first' | 'last' | 'refuse'
  /** Structs may be written as arrays, in the order of their fields. */
  readonly fromSequence?: boolean
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const forgivingUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
const replacing = (bytes: Uint8Array): string => forgivingUtf8.decode(bytes)
const dropping = (bytes: Uint8Array): string => replacing(bytes).replaceAll('\ufffd', '')
/** Overlong forms and encoded surrogates are decoded as if they were allowed. */
const careless = (bytes: Uint8Array): string => {
  let text = ''
  for (let index = 0; index < bytes.length;) {
    const first = bytes[index] ?? 0
    const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let code = length === 1 ? first : first & (0xff >> (length + 1))
    for (let next = 1; next < length; next++) code = (code << 6) | ((bytes[index + next] ?? 0) & 0x3f)
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
    index += length
  }
  return text
}
/** Python's `json.loads` of bytes: UTF-16 and UTF-32 by the place of the zeros, then UTF-8. */
const detecting = (bytes: Uint8Array): string | undefined => {
  const zeros = [...bytes.slice(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('')
  const start = [...bytes.slice(0, 2)].join(',')
  if (start === '255,254' || zeros.startsWith('x0')) return new TextDecoder('utf-16le').decode(bytes)
  if (start === '254,255' || zeros.startsWith('0x')) {
    return new TextDecoder('utf-16le').decode(bytes.slice().map((_, index) => bytes[index ^ 1] ?? 0))
  }
  return strict(bytes)
}
const exact = (key: string, wanted: string): boolean => key === wanted
const lowerCase = (key: string, wanted: string): boolean => key.toLowerCase() === wanted.toLowerCase()
const upperCase = (key: string, wanted: string): boolean => key.toUpperCase() === wanted.toUpperCase()
const turkish = (key: string, wanted: string): boolean =>
  key.toLocaleLowerCase('tr') === wanted.toLocaleLowerCase('tr') ||
  key.toLocaleUpperCase('tr') === wanted.toLocaleUpperCase('tr')
/** Go: the orbit of simple case folding, in which ſ is an s and K a k. */
const simpleFold = (key: string, wanted: string): boolean => {
  const fold = (text: string): string =>
    Array.from(text)
      .map((character) => (character === 'ſ' ? 's' : character === '\u212a' ? 'k' : character.toLowerCase()))
      .join('')
  return fold(key) === fold(wanted)
}
/** Go's second version with `case:ignore`: also without `_` and `-`. */
const withoutDelimiters = (key: string, wanted: string): boolean =>
  simpleFold(key.replace(/[_-]/g, ''), wanted.replace(/[_-]/g, ''))
const compatible = (key: string, wanted: string): boolean =>
  key.normalize('NFKC').toLowerCase() === wanted.toLowerCase()

const MODELS: Readonly<Record<string, Model>> = {
  'Go encoding/json': {
    habits: { decode: replacing, loneSurrogate: 'replace', maxDepth: 10_000 },
    matches: simpleFold,
    duplicates: 'last',
  },
  'Go encoding/json/v2, ignoring case': {
    habits: { decode: strict, loneSurrogate: 'refuse' },
    matches: withoutDelimiters,
    duplicates: 'last',
  },
  'Go, first of several': {
    habits: { decode: replacing, loneSurrogate: 'replace' },
    matches: simpleFold,
    duplicates: 'first',
  },
  'serde_json, struct': {
    habits: { decode: strict, loneSurrogate: 'refuse', maxDepth: 128 },
    matches: exact,
    duplicates: 'refuse',
    fromSequence: true,
  },
  'serde_json, Value': {
    habits: { decode: strict, loneSurrogate: 'refuse', maxDepth: 128 },
    matches: exact,
    duplicates: 'last',
  },
  pydantic: {
    habits: { decode: strict, allowsNonFinite: true, loneSurrogate: 'refuse', maxDepth: 200 },
    matches: exact,
    duplicates: 'last',
  },
  'Python json': {
    habits: { decode: detecting, allowsNonFinite: true, skipsByteOrderMark: true },
    matches: exact,
    duplicates: 'last',
  },
  'Python json, not strict': {
    habits: {
      decode: replacing,
      allowsNonFinite: true,
      allowsControlsInStrings: true,
      allowsTrailingText: true,
    },
    matches: exact,
    duplicates: 'last',
  },
  Jackson: {
    habits: { decode: careless, allowsTrailingText: true, skipsByteOrderMark: true, maxDepth: 1000 },
    matches: exact,
    duplicates: 'last',
  },
  'Jackson, every feature on': {
    habits: {
      decode: careless,
      allowsTrailingText: true,
      skipsByteOrderMark: true,
      allowsComments: true,
      allowsTrailingCommas: true,
      allowsNonFinite: true,
      allowsSingleQuotes: true,
      allowsUnquotedKeys: true,
      allowsControlsInStrings: true,
      allowsOddEscapes: true,
    },
    matches: lowerCase,
    duplicates: 'last',
  },
  'Jackson in a Turkish locale': {
    habits: { decode: careless, allowsTrailingText: true },
    matches: turkish,
    duplicates: 'last',
  },
  Gson: {
    habits: {
      decode: replacing,
      allowsComments: true,
      allowsSingleQuotes: true,
      allowsUnquotedKeys: true,
      allowsTrailingCommas: true,
      allowsNonFinite: true,
      allowsControlsInStrings: true,
      allowsOddEscapes: true,
      ignoresCaseOfLiterals: true,
      skipsByteOrderMark: true,
    },
    matches: exact,
    duplicates: 'first',
  },
  'System.Text.Json': {
    habits: { decode: strict, loneSurrogate: 'refuse', maxDepth: 64 },
    matches: upperCase,
    duplicates: 'last',
  },
  'System.Text.Json, exact': {
    habits: { decode: strict, loneSurrogate: 'refuse', maxDepth: 64, skipsByteOrderMark: true },
    matches: exact,
    duplicates: 'last',
  },
  'Newtonsoft.Json': {
    habits: {
      decode: replacing,
      allowsComments: true,
      allowsSingleQuotes: true,
      allowsUnquotedKeys: true,
      allowsTrailingCommas: true,
      allowsNonFinite: true,
      allowsControlsInStrings: true,
      loneSurrogate: 'replace',
      skipsByteOrderMark: true,
      maxDepth: 64,
      white: '\u00a0\u2028\f\v',
    },
    matches: lowerCase,
    duplicates: 'last',
  },
  PHP: {
    habits: { decode: strict, loneSurrogate: 'refuse', maxDepth: 512, ignoresCaseOfLiterals: true },
    matches: exact,
    duplicates: 'last',
  },
  'PHP, invalid UTF-8 ignored': {
    habits: { decode: dropping, ignoresCaseOfLiterals: true, maxDepth: 512 },
    matches: exact,
    duplicates: 'last',
  },
  Ruby: {
    habits: {
      decode: replacing,
      allowsComments: true,
      allowsNonFinite: true,
      allowsOddEscapes: true,
      allowsTrailingCommas: true,
      maxDepth: 100,
    },
    matches: exact,
    duplicates: 'last',
  },
  'simdjson, on demand': {
    habits: {
      decode: strict,
      rawKeys: true,
      allowsTrailingText: true,
      loneSurrogate: 'replace',
      maxDepth: 1024,
    },
    matches: exact,
    duplicates: 'first',
  },
  'simdjson, document': {
    habits: { decode: strict, loneSurrogate: 'refuse', skipsByteOrderMark: true },
    matches: exact,
    duplicates: 'first',
  },
  cJSON: {
    habits: { decode: careless, endsAtNul: true, allowsTrailingText: true, allowsControlsInStrings: true },
    matches: lowerCase,
    duplicates: 'first',
  },
  'bytes without zeros': {
    habits: { decode: replacing, endsAtNul: true, skipsNul: true, allowsTrailingText: true },
    matches: exact,
    duplicates: 'last',
  },
  JSON5: {
    habits: {
      decode: replacing,
      skipsByteOrderMark: true,
      allowsComments: true,
      allowsTrailingCommas: true,
      allowsNonFinite: true,
      allowsSingleQuotes: true,
      allowsUnquotedKeys: true,
      allowsOddEscapes: true,
      white: '\u00a0\ufeff\u2028\u2029\v\f',
    },
    matches: exact,
    duplicates: 'last',
  },
  'normalizing to NFKC': {
    habits: { decode: strict },
    matches: compatible,
    duplicates: 'last',
  },
}

/** All models by name. */
export const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries(MODELS).map(([name, model]) => [name, (bytes: Uint8Array) => read(bytes, model)]),
)

function read(bytes: Uint8Array, model: Model): readonly Reading[] | undefined {
  const tree = parse(bytes, model.habits)
  if (tree === undefined) return undefined
  if (tree.kind === 'array') {
    // serde reads a struct from an array of its fields: jsonrpc, id, method, params.
    if (model.fromSequence === true && tree.items[0]?.kind === 'string') {
      const members = ['jsonrpc', 'id', 'method', 'params'].flatMap((key, index) => {
        const value = tree.items[index]
        return value === undefined ? [] : [[key, value] as const]
      })
      return messages([{ kind: 'object', members }], model)
    }
    return messages(tree.items, model)
  }
  return messages([tree], model)
}

function messages(trees: readonly Tree[], model: Model): readonly Reading[] | undefined {
  const found: Reading[] = []
  for (const tree of trees) {
    const reading = message(tree, model)
    if (reading === undefined) return undefined
    found.push(reading)
  }
  return found
}

function message(tree: Tree, model: Model): Reading | undefined {
  if (tree.kind !== 'object') return undefined
  const method = get(tree, 'method', model)
  if (method === 'refused') return undefined
  // A message without a method is a response, and uses nothing.
  if (method?.kind !== 'string') return { method: '', names: [] }
  const params = get(tree, 'params', model)
  if (params === 'refused') return undefined
  const at = (from: Tree | undefined, key: string): string[] => {
    const value = from === undefined ? undefined : get(from, key, model)
    return value === undefined || value === 'refused' || value.kind !== 'string' ? [] : [value.value]
  }
  switch (method.value) {
    case 'tools/call':
    case 'prompts/get':
      return { method: method.value, names: at(params, 'name') }
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe':
      return { method: method.value, names: at(params, 'uri') }
    case 'completion/complete': {
      const reference = params === undefined ? undefined : get(params, 'ref', model)
      const from = reference === 'refused' ? undefined : reference
      const key = at(from, 'type')[0] === 'ref/prompt' ? 'name' : 'uri'
      return { method: method.value, names: at(from, key) }
    }
    case 'subscriptions/listen': {
      const filter = params === undefined ? undefined : get(params, 'notifications', model)
      const list =
        filter === undefined || filter === 'refused' ? undefined : get(filter, 'resourceSubscriptions', model)
      if (list === undefined || list === 'refused' || list.kind !== 'array')
        return { method: method.value, names: [] }
      return {
        method: method.value,
        names: list.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])),
      }
    }
    default:
      return { method: method.value, names: [] }
  }
}

/** The member that the reader takes for `wanted`. */
function get(tree: Tree, wanted: string, model: Model): Tree | 'refused' | undefined {
  if (tree.kind !== 'object') return undefined
  const found = tree.members.filter(([key]) => model.matches(key, wanted)).map(([, value]) => value)
  if (found.length > 1 && model.duplicates === 'refuse') return 'refused'
  return model.duplicates === 'first' ? found[0] : found.at(-1)
}
