/** What can be written at the cursor: keys of the document, fields, options, methods and scope names. */
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver/node'
import { BASELINE, GRANT_FIELDS, NAME_FIELDS } from '../language/scope-fields.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import { fieldOf, itemsOf } from '../yaml/node.ts'
import { scopeNames } from './scope-names.ts'
import type { Snapshot } from './snapshot.ts'
import { FIELDS, METHODS, OPTIONS, RESERVED, type Word } from './words.ts'

/** Fields whose values are names of scopes. */
const NAME_LISTS: ReadonlySet<string> = new Set(['includes', 'use'])

export function completionsAt(snapshot: Snapshot, offset: number): CompletionItem[] {
  const cursor = cursorAt(snapshot.text, offset)
  const [scope, field] = cursor.path
  if (scope === undefined) return cursor.place === 'key' ? keysOf(RESERVED) : []
  const holder = field ?? cursor.key
  if (scope === '$options') return field === undefined ? optionsAt(cursor) : methodsIn(field)
  if (field === undefined && cursor.place === 'key') return keysOf(fieldsOf(scope))
  if (holder === undefined) return []
  if (NAME_LISTS.has(cursor.path.at(-1) ?? holder) || NAME_LISTS.has(holder)) return namesOf(snapshot, scope)
  if (holder === 'endpoints') {
    return cursor.key === undefined ? [] : [...METHODS, ...extraMethods(snapshot)].map(method)
  }
  if (NAME_FIELDS.some((name) => name === holder)) return grantedNames(snapshot, scope, holder)
  return valuesOf(FIELDS.get(holder))
}

/** `$baseline` and keys of several names only grant. */
function fieldsOf(key: string): ReadonlyMap<string, Word> {
  if (key !== BASELINE && !key.includes(' ')) return FIELDS
  return new Map([...FIELDS].filter(([name]) => GRANT_FIELDS.some((field) => field === name)))
}

/** Read off the tree, since a document is mostly incomplete where something is being typed. */
function listedIn(root: Snapshot['root'], key: (name: string) => boolean, field: string): readonly string[] {
  const maps = (root?.entries ?? []).flatMap((one) =>
    key(one.key.text) && one.value.kind === 'map' ? [one.value] : [],
  )
  const items = maps.flatMap((map) => itemsOf(fieldOf(map, field)))
  return [
    ...new Set(items.flatMap((item) => (item.kind === 'scalar' && item.text !== '' ? [item.text] : []))),
  ]
}

function extraMethods({ root }: Snapshot): readonly string[] {
  return listedIn(root, (name) => name === '$options', 'extraMethods')
}

/** The names that others list in this field: a tool is often for several scopes. */
function grantedNames({ root }: Snapshot, except: string, field: string): CompletionItem[] {
  return listedIn(root, (name) => name !== except, field).map((label) => ({
    label,
    kind: CompletionItemKind.Value,
  }))
}

function optionsAt({ place, key }: Cursor): CompletionItem[] {
  if (place === 'key') return keysOf(OPTIONS)
  if (key === undefined) return []
  return [...methodsIn(key), ...valuesOf(OPTIONS.get(key))]
}

function methodsIn(option: string): CompletionItem[] {
  return option === 'methods' ? METHODS.map(method) : []
}

function method(name: string): CompletionItem {
  return { label: name, kind: CompletionItemKind.EnumMember }
}

function keysOf(words: ReadonlyMap<string, Word>): CompletionItem[] {
  return [...words.values()].map(({ word, description }) => ({
    label: word,
    kind: CompletionItemKind.Property,
    documentation: description,
    insertText: `${word}: `,
  }))
}

function valuesOf(word: Word | undefined): CompletionItem[] {
  return (word?.values ?? []).map((value) => ({ label: value, kind: CompletionItemKind.Value }))
}

function namesOf({ root }: Snapshot, except: string): CompletionItem[] {
  const names = root === undefined ? [] : scopeNames(root).filter(({ isDefinition }) => isDefinition)
  return [...new Set(names.map(({ name }) => name))]
    .filter((name) => name !== except)
    .map((name) => ({ label: name, kind: CompletionItemKind.Reference }))
}
