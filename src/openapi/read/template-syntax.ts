/**
 * The syntax of path templates: literal text and parameters in braces (OpenAPI 3.1 §4.8.2), and what other
 * notations put into the braces.
 *
 * | written                                          | read as                                            |
 * |--------------------------------------------------|----------------------------------------------------|
 * | `{name}`                                         | a parameter of one segment                         |
 * | `{name+}` `{name*}` `{name...}` `{*name}` `{+name}` | a parameter that spans segments (API Gateway, RFC 6570, ASP.NET, Go) |
 * | `{name=a/*}` `{name=**}`                         | the text, a star for a segment, two for several (Google) |
 * | `{name:[0-9]{3}}`                                | the name; spans segments if the expression takes a slash |
 * | `{name:path}` `{name:3}`                         | the name; the first spans segments (Flask, Starlette)  |
 * | `{/name}` `{.name}`                              | the character, then the name (RFC 6570 §3.2.5, 3.2.6) |
 * | `{?name}` `{&name}`                              | nothing: the query is not a part of the path       |
 *
 * Everything else is literal text or a parameter of one segment, whichever is closer, and reported as unclear.
 * No expression is ever compiled. Cost: linear in the path.
 */
import { quote } from '../../diagnostic/words.ts'
import type { NoteCode, TemplatePart } from '../model.ts'

export interface ReadSyntax {
  readonly parts: readonly TemplatePart[]
  readonly notes: readonly { readonly code: NoteCode; readonly message: string; readonly help?: string }[]
}

type Note = (code: NoteCode, message: string) => void

/** `path` begins with a slash, or is empty. */
export function readSyntax(path: string): ReadSyntax {
  const notes: { code: NoteCode; message: string; help?: string }[] = []
  const parts: TemplatePart[] = []
  const note: Note = (code, message) => {
    notes.push({ code, message: `${message} in ${quote(path)}` })
  }
  let literal = ''
  const flush = (): void => {
    if (literal !== '') parts.push({ literal })
    literal = ''
  }
  const closing = closingBraces(path)
  for (let at = 0; at < path.length; at++) {
    const char = path[at] ?? ''
    const end = char === '{' ? closing.get(at) : undefined
    const content = end === undefined ? undefined : path.slice(at + 1, end)
    const expression = content === undefined ? null : readExpression(content, note)
    if (end === undefined || expression === null) {
      if (char === '{' || char === '}') {
        note('unclear-template', `a brace that does not enclose a parameter, read as a character,`)
      }
      literal += char
      continue
    }
    for (const part of expression) {
      if ('literal' in part) literal += part.literal
      else {
        flush()
        parts.push(part)
      }
    }
    at = end
  }
  flush()
  for (const segment of outsideBraces(parts)) {
    if (!segment.includes(PARAMETER) && /^(?::[A-Za-z_]\w*|<[^<>]*>|\*{1,2})$/.test(segment)) {
      note('unclear-template', `${quote(segment)}, which looks like a parameter and is read as literal text,`)
    }
  }
  return { parts, notes: distinct(notes) }
}

/** For each opening brace its closing one. */
function closingBraces(path: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < path.length; at++) {
    const char = path[at]
    if (char === '\\') at += 1
    else if (char === '{') open.push(at)
    else if (char === '}') {
      const from = open.pop()
      if (from !== undefined) closing.set(from, at)
    }
  }
  return closing
}

const PARAMETER = '\0'

/** The segments, with {@link PARAMETER} in the place of each. */
function outsideBraces(parts: readonly TemplatePart[]): readonly string[] {
  return parts
    .map((part) => ('literal' in part ? part.literal : PARAMETER))
    .join('')
    .split('/')
}

/** Null where the braces are not those of a parameter. Literal text may be empty. */
function readExpression(content: string, note: Note): readonly TemplatePart[] | null {
  const text = content.trim()
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const shown = quote(`{${content}}`)
  if (/[{}]/.test(name) || text.startsWith('#') || text.startsWith(';')) return null
  if (text.startsWith('?') || text.startsWith('&')) {
    note('parameter-syntax', `the query ${shown}, which is not a part of the path, is left out`)
    return []
  }
  const assignment = text.indexOf('=')
  if (assignment >= 0 && assignment < name.length) {
    return readAssignment(bareName(text.slice(0, assignment)), text.slice(assignment + 1), shown, note)
  }
  const prefix = /^[/.]/.exec(name)?.[0] ?? ''
  if (name.slice(prefix.length).includes('/')) return null
  const bare = bareName(name)
  const parameter = (spans: boolean): readonly TemplatePart[] => [
    { literal: prefix },
    { parameter: bare, spans },
  ]
  if (colon >= 0) {
    const constraint = text.slice(colon + 1)
    const spans = isSpanning(name) || /^(?:path|\*{1,2})$/.test(constraint) || takesSlash(constraint, 'any')
    note('parameter-syntax', `parameter ${quote(bare)} is read without its constraint ${quote(constraint)}`)
    return parameter(spans)
  }
  if (bare === '' || /[?$]$/.test(name)) {
    note('unclear-template', `the parameter ${shown} is read as one of a single segment`)
  }
  return parameter(isSpanning(name))
}

function isSpanning(name: string): boolean {
  return /^[+*]|(?:[+*]|\.\.\.)$/.test(name.replace(/^[/.]/, ''))
}

/** The name of a parameter without the characters that other notations add to it. */
export function bareName(name: string): string {
  return name.trim().replace(/^[/.+*]+|(?:[+*?]|\.\.\.)+$/g, '')
}

/** `{name=shelves/*}` of Google's HTTP rules. */
function readAssignment(
  name: string,
  value: string,
  shown: string,
  note: Note,
): readonly TemplatePart[] | null {
  if (!/^[\w.~%*/-]*[*/][\w.~%*/-]*$/.test(value)) {
    if (value.includes('/') || /[{}]/.test(value)) return null
    note('unclear-template', `the parameter ${shown} is read without what follows its name`)
    return [{ parameter: name, spans: false }]
  }
  note('parameter-syntax', `parameter ${quote(name)} is read as ${quote(value)}`)
  return value
    .split(/(\*+)/)
    .map((text) => (text.startsWith('*') ? { parameter: name, spans: text.length > 1 } : { literal: text }))
}

function distinct<T extends { readonly message: string }>(notes: readonly T[]): readonly T[] {
  return [...new Map(notes.map((note) => [note.message, note])).values()]
}

const SLASH = 0x2f

/**
 * Whether a regular expression takes a slash. With `spelled` it has to name one, in text or in a set: a schema
 * says `.*` of values that routers keep in one segment. With `any` whatever can match one counts, as in
 * a router that hands the rest of the path to the expression.
 */
export function takesSlash(expression: string, how: 'spelled' | 'any'): boolean {
  const any = how === 'any'
  for (let at = 0; at < expression.length; at++) {
    const char = expression[at]
    if (char === '/') return true
    if (char === '.' && any) return true
    if (char === '\\') {
      const escape = readEscape(expression, at)
      if (escape.unit === SLASH || (any && escape.isWide)) return true
      at = escape.end - 1
    } else if (char === '[') {
      const set = readSet(expression, at)
      if (set.negated ? any && !set.spells : set.spells || (any && set.isWide)) return true
      at = set.end - 1
    } else if (char === '(' && /^\(\?<?!/.test(expression.slice(at, at + 4))) {
      // What a negative look-around names is what may not be there.
      at = groupEnd(expression, at) - 1
    }
  }
  return false
}

interface Escape {
  /** The escaped character; undefined for a class. */
  readonly unit: number | undefined
  /** Whether it is a class with a slash in it: `\S`, `\D`, `\W`. */
  readonly isWide: boolean
  readonly end: number
}

function readEscape(expression: string, at: number): Escape {
  const [hex] = /^(?:x[\da-f]{2}|u[\da-f]{4})/i.exec(expression.slice(at + 1, at + 6)) ?? []
  if (hex !== undefined) {
    return { unit: Number.parseInt(hex.slice(1), 16), isWide: false, end: at + 1 + hex.length }
  }
  const char = expression[at + 1] ?? ''
  const isClass = /[A-Za-z0-9]/.test(char)
  return {
    unit: isClass ? undefined : char.charCodeAt(0),
    isWide: 'SDW'.includes(char) && char !== '',
    end: at + 2,
  }
}

function readSet(
  expression: string,
  from: number,
): { readonly negated: boolean; readonly spells: boolean; readonly isWide: boolean; readonly end: number } {
  const negated = expression[from + 1] === '^'
  let at = from + (negated ? 2 : 1)
  let spells = false
  let isWide = false
  /** The start of a range, when a hyphen has been read after it. */
  let start: number | undefined
  let before: number | undefined
  for (; at < expression.length && expression[at] !== ']';) {
    const isEscape = expression[at] === '\\'
    const escape = isEscape ? readEscape(expression, at) : undefined
    const unit = escape === undefined ? expression.charCodeAt(at) : escape.unit
    const end = escape?.end ?? at + 1
    isWide ||= escape?.isWide === true
    const isRange = !isEscape && unit === 0x2d && before !== undefined
    if (isRange) {
      start = before
      before = undefined
    } else {
      spells ||=
        unit === SLASH || (start !== undefined && unit !== undefined && start <= SLASH && SLASH <= unit)
      // What ends a range does not begin another.
      before = start === undefined ? unit : undefined
      start = undefined
    }
    at = end
  }
  return { negated, spells: spells || (negated && isWide), isWide, end: at + 1 }
}

function groupEnd(expression: string, from: number): number {
  let depth = 0
  for (let at = from; at < expression.length; at++) {
    const char = expression[at]
    if (char === '\\') at += 1
    else if (char === '[') at = readSet(expression, at).end - 1
    else if (char === '(') depth += 1
    else if (char === ')' && (depth -= 1) === 0) return at + 1
  }
  return expression.length
}
