/**
 * What is under the cursor: what an endpoint opens and who opens it too, what a scope opens, what a field or
 * an option means, and which rule a finding comes from.
 */
import { type Hover, MarkupKind } from 'vscode-languageserver/node'
import { quote, visible } from '../diagnostic/words.ts'
import type { Entry, MapNode } from '../yaml/node.ts'
import { CODES } from '../lint/codes.ts'
import { NAME_FIELDS, SCOPE_FIELDS } from '../language/scope-fields.ts'
import { exampleRequest } from '../lint/meaning/example.ts'
import type { Holder, LintEndpoint, LintName, LintScope, Subject } from '../lint/subject.ts'
import { withIncluded } from '../policy/includes.ts'
import type { Span } from '../source/span.ts'
import type { Snapshot } from './snapshot.ts'
import { FIELDS, OPTIONS, type Word } from './words.ts'

/** Names that are listed before the rest is counted. */
const MAX_NAMES = 8

/** A hover with the place it is about, still as offsets. */
export interface Hovered {
  readonly span: Span
  readonly contents: Hover['contents']
}

export function hoverAt(snapshot: Snapshot, offset: number): Hovered | undefined {
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end
  const parts = [aboutFindings(snapshot, holds), aboutMeaning(snapshot, holds), aboutWord(snapshot, holds)]
  const found = parts.filter((part) => part !== undefined)
  const [first] = found
  if (first === undefined) return undefined
  const value = found.map(({ text }) => text).join('\n\n---\n\n')
  return { span: first.span, contents: { kind: MarkupKind.Markdown, value } }
}

interface Part {
  readonly span: Span
  readonly text: string
}

function aboutFindings(snapshot: Snapshot, holds: (span: Span) => boolean): Part | undefined {
  const here = snapshot.diagnostics.filter(({ span }) => holds(span))
  const [first] = here
  if (first === undefined) return undefined
  const ids = [...new Set(here.map(({ code }) => code))]
  const texts = ids.flatMap((id) => {
    const info = CODES.get(id)
    if (info === undefined) return []
    const why = info.rule === undefined ? '' : `\n\n${info.rule.why}`
    return [`**${id}**: ${info.summary}${why}`]
  })
  return texts.length === 0 ? undefined : { span: first.span, text: texts.join('\n\n') }
}

function aboutMeaning({ subject }: Snapshot, holds: (span: Span) => boolean): Part | undefined {
  if (subject === undefined) return undefined
  for (const scope of subject.scopes) {
    if (holds(scope.key.span)) return { span: scope.key.span, text: scopeText(subject, scope) }
    for (const endpoint of scope.endpoints) {
      if (holds(endpoint.node.span))
        return { span: endpoint.node.span, text: endpointText(subject, scope, endpoint) }
    }
  }
  for (const holder of subject.holders) {
    for (const name of holder.names) {
      if (holds(name.node.span)) return { span: name.node.span, text: nameText(subject, holder, name) }
    }
  }
  return undefined
}

function scopeText({ data }: Subject, { name, scope }: LintScope): string {
  const grants = data.grants.get(name) ?? []
  const methods = [...new Set(grants.flatMap(({ endpoint }) => endpoint.methods))].sort()
  const held = withIncluded(name, data.scopes).flatMap((one) => data.scopes.get(one) ?? [])
  const namesText = NAME_FIELDS.map((field) => {
    const count = held.reduce((sum, one) => sum + (one[field]?.length ?? 0), 0)
    return count === 0 ? '' : `, ${counted(count, field.slice(0, -1))}`
  }).join('')
  const includedIn = [...data.scopes.values()].filter(({ includes }) => includes.includes(name))
  return [
    `**${code(name)}** opens ${counted(grants.length, 'endpoint')}${methods.length === 0 ? '' : ` for ${methods.join(', ')}`}${namesText}`,
    ...(scope.includes.length === 0 ? [] : [`includes ${list(scope.includes)}`]),
    ...(includedIn.length === 0 ? [] : [`included in ${list(includedIn.map((other) => other.name))}`]),
  ].join('  \n')
}

function nameText({ policy }: Subject, holder: Holder, { field, pattern }: LintName): string {
  const { method } = SCOPE_FIELDS[field]
  const example = pattern.text.replace(/\*/g, 'example')
  const lines = [`${code(pattern.text)} for ${method}`]
  if (policy.explain([], method, example).reason === 'path-refused') return lines[0] ?? ''
  const sets = policy.setsFor(method, example).map((set) => set.join(' '))
  const others = sets.filter((set) => set !== holder.name)
  const isOpen = sets.includes('')
  lines.push(`allows ${code(`${method} ${example}`)}`)
  if (isOpen) lines.push('every token may do that')
  else lines.push(others.length === 0 ? 'no other scope allows that' : `so do ${list(others)}`)
  return lines.join('  \n')
}

function endpointText(subject: Subject, scope: LintScope, endpoint: LintEndpoint): string {
  const example = exampleRequest(subject, scope.name, endpoint)
  const lines = [`${code(`/${endpoint.pattern.text.replace(/^\//, '')}`)} for ${endpoint.methods.join(', ')}`]
  if (endpoint.value === undefined) lines.push('no method is named: it grants the methods of the API')
  if (example !== undefined) {
    lines.push(`allows ${code(example)}`)
    const [method = '', path = ''] = example.split(' ')
    const others = subject.policy.scopesFor(method, path).filter((name) => name !== scope.name)
    lines.push(others.length === 0 ? 'no other scope allows that' : `so do ${list(others)}`)
  }
  return lines.join('  \n')
}

function aboutWord({ root }: Snapshot, holds: (span: Span) => boolean): Part | undefined {
  const top = root?.entries.find(({ key, value }) => holds(key.span) || holds(value.span))
  if (top?.value.kind !== 'map') return undefined
  const words = top.key.text === '$options' ? OPTIONS : FIELDS
  const entry = keyIn(top.value, holds)
  const word: Word | undefined = words.get(entry?.key.text ?? '')
  if (entry === undefined || word === undefined) return undefined
  const values = word.values.length === 0 ? '' : `\n\nOne of ${word.values.map(code).join(', ')}.`
  return { span: entry.key.span, text: `**${word.word}**: ${word.description}${values}` }
}

function keyIn(map: MapNode, holds: (span: Span) => boolean): Entry | undefined {
  return map.entries.find(({ key }) => holds(key.span))
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).map(code).join(', ')
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown
}

/** Text of the document as Markdown that is nothing but text. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${visible(text)} \`\`` : quote(text)
}
