import { type ScalarNode, spanInside } from '../../../yaml/node.ts'
import { quote } from '../../../diagnostic/words.ts'
import { eachText, LINE_FIELDS, repeatsName, typedSpan } from '../../labels.ts'
import type { RuleDefinition } from '../../rule.ts'

export const labelStyle: RuleDefinition = {
  id: 'label-style',
  severity: 'off',
  summary: 'a label that is not written like the lines of a list',
  why:
    'The consent screen lists labels below each other; it looks careful when all begin in upper case, are one ' +
    'line, and have no period at the end and no spaces too many. Labels of several sentences keep their period. ' +
    'Also of `group`.',
  bad: `
profile:
  label: access your  profile information.
  endpoints:
    - workers/me: GET
`,
  good: `
profile:
  label: Access your profile information
  endpoints:
    - workers/me: GET
`,
  fix: 'safe',
  check: ({ scopes }, report) => {
    for (const { scope, field, node } of eachText(scopes, LINE_FIELDS)) {
      // A name is not a label yet.
      if (repeatsName(node.text, scope.name)) continue
      for (const { start, end, text, fact, help } of flaws(node)) {
        const span = typedSpan(node, start, end)
        report({
          span: spanInside(node, start, end),
          message: `${quote(field)} ${fact}`,
          help,
          fix: span && { title: help, edits: [{ span, text }] },
        })
      }
    }
  },
}

interface Flaw {
  readonly start: number
  readonly end: number
  /** What belongs there. */
  readonly text: string
  readonly fact: string
  readonly help: string
}

function flaws({ text, style }: ScalarNode): readonly Flaw[] {
  let lineEnds = text.length
  // A block scalar ends with line ends that are not visible.
  while (style === 'block' && text[lineEnds - 1] === '\n') lineEnds -= 1
  const line = text.slice(0, lineEnds)
  const found: Flaw[] = []
  const add = (start: number, end: number, into: string, fact: string, help: string): void => {
    found.push({ start, end, text: into, fact, help })
  }
  const first = /\S/u.exec(line)?.index ?? 0
  const last = line.trimEnd().length
  if (first > 0) add(0, first, '', 'begins with a space', 'delete the space')
  const letter = /^\p{Ll}(?!\p{Lu})/u.exec(line.slice(first, first + 4))?.[0]
  const upper = letter?.toUpperCase()
  if (letter !== undefined && upper !== undefined && upper !== letter && Array.from(upper).length === 1) {
    add(first, first + letter.length, upper, 'begins in lower case', `write ${quote(upper)}`)
  }
  const lineEnd = line.search(/[\n\r\u0085\u2028\u2029]/)
  if (lineEnd >= 0) add(lineEnd, lineEnd + 1, ' ', 'has more than one line', 'write it on one line')
  for (const { 0: spaces, index } of line.slice(0, last).matchAll(/(?<=\S) {2,}/g)) {
    add(index, index + spaces.length, ' ', 'has several spaces in a row', 'leave one space')
  }
  if (isPeriod(line.slice(0, last))) {
    add(last - 1, last, '', 'ends with a period', 'leave the period out')
  }
  if (last < line.length && last > 0) add(last, line.length, '', 'ends with a space', 'delete the space')
  return found
}

/** Not of an ellipsis, an abbreviation (`etc.`, `e.g.`, `U.S.`), or the last of several sentences. */
function isPeriod(line: string): boolean {
  if (!/[^\s.]\.$/.test(line) || /(?:\betc|\bInc|\bLtd|\bCo|\.\p{L})\.$/u.test(line)) return false
  return !/[.!?:]\s/.test(line.slice(0, -1))
}
