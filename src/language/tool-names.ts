/**
 * What a tool does, as far as its name states it: `get_issue`, `listIssues`, `delete-repo`.
 *
 * A name is not a promise, so a tool counts as reading only where its first word reads and no other word announces a
 * change. A pattern that begins with a star may be any tool.
 */
import { DELETING_VERBS, READING_VERBS, WRITING_VERBS } from './verbs.ts'

const READING: ReadonlySet<string> = new Set([
  ...READING_VERBS,
  ...['check', 'count', 'describe', 'explain', 'watch'],
])
const WRITING: ReadonlySet<string> = new Set(WRITING_VERBS)
const DELETING: ReadonlySet<string> = new Set(DELETING_VERBS)

export function toolKind(name: string): 'reads' | 'changes' | 'deletes' {
  const words = wordsOf(name)
  if (words.some((word) => DELETING.has(word))) return 'deletes'
  return READING.has(words[0] ?? '') && !words.some((word) => WRITING.has(word)) ? 'reads' : 'changes'
}

/** Whether the name states that something changes: `delete_repo`, `issue_write`; not where the first word reads. */
export function statesChange(name: string): boolean {
  const words = wordsOf(name)
  const changes = (word = ''): boolean => WRITING.has(word) || DELETING.has(word)
  return changes(words[0]) || (!READING.has(words[0] ?? '') && changes(words.at(-1)))
}

/** A star is a separate word, so that it reads nothing where it comes first. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\*/g, ' * ')
    .toLowerCase()
    .split(/[^a-z0-9*]+/)
    .filter((word) => word !== '')
}
