/** Which options and shapes a document has. Options are counted by value, defaults included. */
import type { DocumentParts } from '../arbitrary/document.ts'
import { optionsOf } from '../reference/document.ts'
import type { PlainScope } from '../reference/document.ts'

const HOSTILE = new Set(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
const YAML_VALUES = new Set(['1', '01', 'on', 'null', '1e3', '~'])
const COMMON = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])

const OPTION_FEATURES = [
  'preset=cerb',
  'basePath=none',
  'basePath=one segment',
  'basePath=several segments',
  'basePath=with an escape',
  'extensions=none',
  'extensions=one',
  'extensions=several',
  'caseSensitive=true',
  'caseSensitive=false',
  'trailingSlash=strict',
  'trailingSlash=ignore',
  'wildcard=any',
  'wildcard=segment',
  'head=explicit',
  'head=as-get',
  'encodedSlash=refuse',
  'encodedSlash=data',
  'encodedSlash=opaque',
  'delimiters=refuse',
  'delimiters=data',
  'methods=default',
  'methods=own',
]

const SHAPE_FEATURES = [
  'one scope',
  'up to 8 scopes',
  'more than 8 scopes',
  'no own endpoints',
  'an empty list of endpoints',
  'includes',
  'includes of includes',
  'a name that objects have',
  'a name that YAML may read as a value',
  'bare pattern',
  'one method',
  'list of methods',
  'method in lower case',
  'uncommon method',
  'more than 32 methods',
  'tools',
  'resources',
  'prompts',
  'aliases',
  'requestAs',
  'deprecated',
  'a baseline',
  'a key of several names',
]

export const DOCUMENT_FEATURES: readonly string[] = [
  ...OPTION_FEATURES.map((name) => `option: ${name}`),
  ...SHAPE_FEATURES.map((name) => `document: ${name}`),
]

export function featuresOfDocument(parts: DocumentParts): string[] {
  return [
    ...optionFeatures(parts).map((name) => `option: ${name}`),
    ...shapeFeatures(parts).map((name) => `document: ${name}`),
  ]
}

function optionFeatures({ options: written }: DocumentParts): string[] {
  const options = optionsOf({ $options: written })
  const segments = options.basePath.split('/').filter(Boolean).length
  const some = (number: number): string => (number === 0 ? 'none' : number === 1 ? 'one' : 'several')
  return [
    ...(written.preset === undefined ? [] : ['preset=cerb']),
    `basePath=${some(segments)}${segments === 0 ? '' : segments === 1 ? ' segment' : ' segments'}`,
    ...(options.basePath.includes('%') ? ['basePath=with an escape'] : []),
    `extensions=${some(options.extensions.length)}`,
    `methods=${written.methods === undefined ? 'default' : 'own'}`,
    ...(['caseSensitive', 'trailingSlash', 'wildcard', 'head', 'encodedSlash', 'delimiters'] as const).map(
      (name) => `${name}=${String(options[name])}`,
    ),
  ]
}

function shapeFeatures({ scopes, grants = [] }: DocumentParts): string[] {
  const found = new Set<string>()
  const including = new Set(scopes.filter(([, { includes }]) => includes !== undefined).map(([name]) => name))
  found.add(scopes.length === 1 ? 'one scope' : scopes.length <= 8 ? 'up to 8 scopes' : 'more than 8 scopes')
  for (const [, one] of [...scopes, ...grants]) {
    for (const word of ['tools', 'resources', 'prompts', 'aliases', 'requestAs', 'deprecated'] as const)
      if (word in one) found.add(word)
  }
  for (const [key] of grants) found.add(key === '$baseline' ? 'a baseline' : 'a key of several names')
  for (const [name, scope] of scopes) {
    if (HOSTILE.has(name)) found.add('a name that objects have')
    if (YAML_VALUES.has(name)) found.add('a name that YAML may read as a value')
    if (scope.endpoints === undefined) found.add('no own endpoints')
    if (scope.endpoints?.length === 0) found.add('an empty list of endpoints')
    if (scope.includes !== undefined) found.add('includes')
    if (scope.includes?.some((one) => including.has(one)) === true) found.add('includes of includes')
    addMethods(scope, found)
  }
  const methods = new Set(scopes.flatMap(([, scope]) => writtenMethods(scope)))
  if (methods.size > 32) found.add('more than 32 methods')
  return [...found]
}

function writtenMethods(scope: PlainScope): string[] {
  return (scope.endpoints ?? []).flatMap((endpoint) =>
    typeof endpoint === 'string' ? [] : Object.values(endpoint).flat(),
  )
}

function addMethods(scope: PlainScope, found: Set<string>): void {
  for (const endpoint of scope.endpoints ?? []) {
    if (typeof endpoint === 'string') found.add('bare pattern')
    else found.add(Object.values(endpoint).some(Array.isArray) ? 'list of methods' : 'one method')
  }
  for (const method of writtenMethods(scope)) {
    if (method !== method.toUpperCase()) found.add('method in lower case')
    if (!COMMON.has(method.toUpperCase())) found.add('uncommon method')
  }
}
