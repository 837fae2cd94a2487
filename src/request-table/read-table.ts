/**
 * From the bytes of a table to its rows, by the same reader of YAML as policies: exact places, strict
 * syntax, every limit. What a table says about scopes is compared with the policy later (`check-names.ts`).
 *
 * A table with any error is not used at all: what is left of it would expect too little.
 */
import { moveFinding, parseDocument } from '../yaml/parse.ts'
import { checkCharacters, readableText } from '../yaml/characters.ts'
import { DEFAULT_LIMITS } from '../language/limits.ts'
import { isNull, kindName, type Entry, type MapNode, type Node } from '../yaml/node.ts'
import { readSource } from '../yaml/read-source.ts'
import { checkShape } from '../policy/shape/check-shape.ts'
import { count, quote, suggest } from '../diagnostic/words.ts'
import { documentOptions, extraMethodsOf } from '../policy/document-options.ts'
import type { Reading } from '../policy/reading.ts'
import type { Span } from '../source/span.ts'
import { severityOf, type TableFinding, type TableReport } from './codes.ts'
import { reportDuplicates } from './duplicates.ts'
import type { RequestTable, Row, TableRequest, Written } from './model.ts'
import { RowReader } from './read-row.ts'

export interface ReadTable {
  readonly text: string
  /** Null when a finding is an error. */
  readonly table: RequestTable | null
  readonly findings: readonly TableFinding[]
}

/** A row costs a decision for a token with nearly all scopes. */
const MOST_REQUESTS = 100_000

const FIELDS = ['policy', 'requests', '$options', '$schema']
const HOW = 'write `requests:` and below it a list, such as `- GET /workers/me: [profile]`'

export function readTable(source: string | Uint8Array): ReadTable {
  const findings: TableFinding[] = []
  const collect: TableReport = (finding) => {
    findings.push(inWordsOfTables(finding))
  }
  const nothing = (text: string): ReadTable => ({ text, table: null, findings })
  const text = readSource(source, DEFAULT_LIMITS, collect)
  if (text === null || findings.length > 0) return nothing(text ?? '')
  checkCharacters(text, collect)
  const { document, trusted, toSource } = parseDocument(readableText(text), DEFAULT_LIMITS, collect)
  if (document === null) return nothing(text)
  const report: TableReport = (finding) => {
    if (trusted(finding.span)) collect(moveFinding(finding, toSource))
  }
  const table = readRoot(document.root, report)
  const failed = findings.some(({ code }) => severityOf(code) === 'error')
  if (failed || table === undefined) {
    if (!failed)
      collect({
        code: 'wrong-type',
        span: document.root.span,
        message: 'this is no request table',
        help: HOW,
      })
    return nothing(text)
  }
  const { policy } = table
  const moved = {
    ...table,
    ...(policy && { policy: { ...policy, span: toSource(policy.span) } }),
    rows: table.rows.map((row) => moveRow(row, toSource)),
  }
  if (checkNumber(moved.rows, collect)) reportDuplicates(moved.rows, collect)
  return findings.some(({ code }) => severityOf(code) === 'error')
    ? nothing(text)
    : { text, table: moved, findings }
}

/** Undefined when something was reported or goes unsaid. */
function readRoot(root: Node, report: TableReport): RequestTable | undefined {
  if (root.unread && root.kind !== 'map') return undefined
  if (root.kind !== 'map') {
    const nothing = isNull(root)
    report({
      code: nothing ? 'empty-document' : 'not-a-mapping',
      span: root.span,
      message: nothing
        ? 'there is nothing here'
        : `a request table is a mapping, and this is ${kindName(root)}`,
      help: root.kind === 'list' ? 'write `requests:` above the list' : HOW,
    })
    return undefined
  }
  let incomplete = root.unread === true
  for (const { key } of root.entries) {
    if (FIELDS.includes(key.text) || key.text.startsWith('x-')) continue
    const message = `${quote(key.text)} is no field of a request table`
    report({ code: 'unknown-field', span: key.span, message, help: suggest(key.text, FIELDS) })
  }
  const skip = (): void => {
    incomplete = true
  }
  const options = readOptions(root, { limits: DEFAULT_LIMITS, report, skip })
  const policy = readPolicyName(entryOf(root, 'policy'), report)
  const rows = readRows(entryOf(root, 'requests'), root, report)
  return incomplete || rows === undefined ? undefined : { ...(policy && { policy }), options, rows }
}

/** Reports and returns false when there are more requests than anybody reads. */
function checkNumber(rows: readonly Row[], report: TableReport): boolean {
  let requests = 0
  for (const { request } of rows) {
    requests += request.methods.length
    if (requests <= MOST_REQUESTS) continue
    const message = `more than ${count(MOST_REQUESTS)} requests, this one among them`
    report({ code: 'limit-exceeded', span: request.span, message })
    return false
  }
  return true
}

/** `$options` are those of documents, in the same words. */
function readOptions(root: MapNode, context: Omit<Reading, 'extraMethods'>): RequestTable['options'] {
  const entries = root.entries.filter(({ key }) => key.text === '$options' || key.text === '$schema')
  const document = { root: { ...root, entries } }
  const extraMethods = extraMethodsOf(document, {})
  checkShape(document, context.report, extraMethods)
  return documentOptions(document, { ...context, extraMethods })
}

function readPolicyName(entry: Entry | undefined, report: TableReport): Written | undefined {
  if (entry === undefined || entry.value.unread) return undefined
  const { key, value } = entry
  if (value.kind === 'scalar' && value.text !== '') return { text: value.text, span: value.span }
  const span = isNull(value) ? key.span : value.span
  const message = isNull(value) ? '`policy` is empty' : `\`policy\` must be a path, not ${kindName(value)}`
  report({ code: 'wrong-type', span, message, help: 'write the path of the policy, seen from this file' })
  return undefined
}

function readRows(entry: Entry | undefined, root: MapNode, report: TableReport): readonly Row[] | undefined {
  const node = entry?.value
  if (entry === undefined || node === undefined) {
    const span = root.entries[0]?.key.span ?? root.span
    report({ code: 'missing-field', span, message: 'there are no `requests` in this table', help: HOW })
    return undefined
  }
  if (node.unread) return undefined
  if (node.kind !== 'list') {
    const span = isNull(node) ? entry.key.span : node.span
    const message = isNull(node)
      ? '`requests` is empty'
      : `\`requests\` must be a list, not ${kindName(node)}`
    const help = node.kind === 'map' ? 'put `- ` in front of each request' : HOW
    report({ code: 'wrong-type', span, message, help })
    return undefined
  }
  if (node.items.length === 0) {
    report({ code: 'missing-field', span: node.span, message: '`requests` has no item', help: HOW })
    return undefined
  }
  const reader = new RowReader(report)
  const rows = node.items.map((item) => reader.read(item))
  return reader.incomplete || rows.includes(null) ? undefined : (rows as Row[])
}

function entryOf(map: MapNode, name: string): Entry | undefined {
  return map.entries.find(({ key }) => key.text === name)
}

function moveRow(row: Row, move: (span: Span) => Span): Row {
  const moved = <T extends Written>(written: T): T => ({ ...written, span: move(written.span) })
  const { methods, target, span } = row.request
  const request: TableRequest = { methods: methods.map(moved), target, span: move(span) }
  if (row.kind === 'refused') return { ...row, request, ...(row.rule && { rule: moved(row.rule) }) }
  const scopes = row.scopes.map(moved)
  if (row.kind === 'scopes') return { ...row, request, scopes }
  return {
    ...row,
    request,
    scopes,
    ...(row.by && { by: row.by.map(moved) }),
    ...(row.reason && { reason: moved(row.reason) }),
  }
}

/** The help of the common reader speaks of scope documents. */
function inWordsOfTables(finding: TableFinding): TableFinding {
  if (finding.code === 'limit-exceeded') return { ...finding, help: 'split the table' }
  if (finding.code === 'empty-document') return { ...finding, help: HOW }
  return finding
}
