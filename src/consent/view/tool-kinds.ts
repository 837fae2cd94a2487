/**
 * What a tool does, as far as its name says so: `get_issue`, `listIssues`, `delete-repo`.
 *
 * A name is no promise, so a tool counts as harmless only where its first word reads and no other word announces a
 * change. A pattern that begins with a star may be any tool.
 */
import { READING_VERBS, WRITING_VERBS } from '../../lint/words/verbs.ts'
import { isNameMethod } from '../../language/scope-fields.ts'
import { type Kind, kindOf } from './method-kinds.ts'

const READING = new Set([...READING_VERBS, 'check', 'count', 'describe', 'explain', 'watch'])
const WRITING = new Set(WRITING_VERBS)
const DELETING = new Set(['delete', 'destroy', 'erase', 'purge', 'remove', 'wipe'])

/** What a method does to the path or name that it is sent to. */
export function kindOfGrant(method: string, pattern: string): Kind {
  if (method !== 'tools/call') return isNameMethod(method) ? 'reads' : kindOf(method)
  const words = wordsOf(pattern)
  if (words.some((word) => DELETING.has(word))) return 'deletes'
  return READING.has(words[0] ?? '') && !words.some((word) => WRITING.has(word)) ? 'reads' : 'changes'
}

export function changesData(tool: string): boolean {
  return kindOfGrant('tools/call', tool) !== 'reads'
}

/** A star is a word of its own, so that it reads nothing where it stands first. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\*/g, ' * ')
    .toLowerCase()
    .split(/[^a-z0-9*]+/)
    .filter((word) => word !== '')
}
