/**
 * From the bytes of a table to its rows, by the same reader of YAML as policies: exact places, strict
 * syntax, every limit. What a table says about scopes is compared with the policy later (`judge-table.ts`).
 *
 * A table with any error is not used at all: what is left of it would expect too little.
 */
import { DEFAULT_LIMITS } from '../language/limits.ts'
import { isNull, kindName, type Entry, type MapNode, type Node } from '../yaml/node.ts'
import { type FaultCodes, TypedReader } from '../yaml/typed-reader.ts'
import { YamlFile } from '../yaml/yaml-file.ts'
import { formatNumber, quote } from '../diagnostic/words.ts'
import { readOptions } from '../policy/document-options.ts'
import type { Span } from '../source/span.ts'
import { severityOf, type TableCode, type TableFinding, type TableReport } from './codes.ts'
import type { RequestTable, Row, TableRequest, Written } from './model.ts'
import { RowReader } from './read-row.ts'

export interface ReadTable {
  readonly text: string
  /** Null when a finding is an error. */
  readonly table: RequestTable | null
  readonly findings: readonly TableFinding[]
}

/** A row costs a decision for a token with nearly all scopes. */
const MAX_REQUESTS = 100_000

/** Of tables, for the typed reader. */
const FAULT_CODES: FaultCodes<TableCode> = {
  unknownField: 'unknown-field',
  wrongType: 'wrong-type',
  nullValue: 'null-value',
  invalidValue: 'invalid-value',
}

const FIELDS = ['policy', 'requests', '$options', '$schema']
const PATH = 'write the path of the policy, relative to this file'
const HOW = 'write `requests:` and below it a list, such as `- GET /workers/me: [profile]`'

export function readTable(source: string | Uint8Array): ReadTable {
  const findings: TableFinding[] = []
  const collect: TableReport = (finding) => {
    findings.push(inWordsOfTables(finding))
  }
  const file = new YamlFile<TableCode>(source, DEFAULT_LIMITS, collect)
  const { text, document, toSource } = file
  const nothing: ReadTable = { text, table: null, findings }
  if (document === null) return nothing
  const table = new TableReader(file).read(document.root)
  const failed = (): boolean => findings.some(({ code }) => severityOf(code) === 'error')
  if (failed() || table === undefined || file.suppressedAt !== undefined) {
    const span = file.suppressedAt ?? toSource(document.root.span)
    if (!failed()) collect({ code: 'wrong-type', span, message: 'not a request table', help: HOW })
    return nothing
  }
  const { policy } = table
  const moved = {
    ...table,
    ...(policy && { policy: { ...policy, span: toSource(policy.span) } }),
    rows: table.rows.map((row) => moveRow(row, toSource)),
  }
  if (checkNumber(moved.rows, collect)) reportDuplicates(moved.rows, collect)
  return failed() ? nothing : { text, table: moved, findings }
}

class TableReader {
  readonly #file: YamlFile<TableCode>
  readonly #reader: TypedReader<TableCode>

  constructor(file: YamlFile<TableCode>) {
    this.#file = file
    this.#reader = new TypedReader(file.report, FAULT_CODES)
  }

  /** Undefined when something was reported or left out. */
  read(root: Node): RequestTable | undefined {
    if (root.kind !== 'map') {
      if (!root.unread) this.#notATable(root)
      return undefined
    }
    const fields = this.#reader.fields({ value: root }, 'a request table', FIELDS)
    const options = this.#options(root)
    const policy = fields.get('policy')
    const path = policy && this.#reader.string(policy, '`policy`', 'a path', PATH)
    const rows = this.#rows(fields.get('requests'), root)
    if (rows === undefined || this.#reader.incomplete) return undefined
    return { ...(path && { policy: { text: path.text, span: path.span } }), options, rows }
  }

  #notATable(root: Node): void {
    const { span } = root
    if (isNull(root)) this.#file.report({ code: 'empty-document', span, message: 'there is nothing here' })
    else {
      const message = `a request table is a mapping, not ${kindName(root)}`
      const help = root.kind === 'list' ? 'write `requests:` above the list' : HOW
      this.#file.report({ code: 'not-a-mapping', span, message, help })
    }
  }

  /** `$options` are those of documents, in the same words. */
  #options(root: MapNode): RequestTable['options'] {
    const { report, skip } = this.#file
    const entries = root.entries.filter(({ key }) => key.text === '$options' || key.text === '$schema')
    return readOptions({ root: { ...root, entries } }, { limits: DEFAULT_LIMITS, report, skip })
  }

  #rows(entry: Entry | undefined, root: MapNode): readonly Row[] | undefined {
    const missing = (span: Span, message: string): void => {
      this.#file.report({ code: 'missing-field', span, message, help: HOW })
    }
    if (entry === undefined) {
      missing(root.entries[0]?.key.span ?? root.span, 'there are no `requests` in this table')
      return undefined
    }
    const { value } = entry
    const help = value.kind === 'map' ? 'put `- ` in front of each request' : HOW
    const items = this.#reader.items(entry, '`requests`', help)
    if (value.kind !== 'list') return undefined
    if (items.length === 0) {
      missing(value.span, '`requests` has no item')
      return undefined
    }
    const rows = new RowReader(this.#file.report, this.#reader)
    const read = items.map((item) => rows.read(item))
    return read.includes(null) ? undefined : (read as Row[])
  }
}

/**
 * Reports requests that are expected twice: the second row is confusing at best, and at worst the other answer. The
 * text of a path counts, so other spellings of the same path may have separate rows.
 */
function reportDuplicates(rows: readonly Row[], report: TableReport): void {
  const known = new Map<string, Span>()
  for (const row of rows) {
    const token = row.kind === 'token' ? row.scopes.map(({ text }) => text).sort() : undefined
    for (const { text, span } of row.request.methods) {
      const request = `${text} ${row.request.target}`
      const key = JSON.stringify([request, token])
      const earlier = known.get(key)
      if (earlier === undefined) known.set(key, span)
      else {
        const scopes = token === undefined ? '' : ' with the same scopes'
        report({
          code: 'duplicate-request',
          span,
          message: `duplicate request ${quote(request)}${scopes}`,
          help: 'delete one of them, or make them one',
          related: { message: 'the first one is here', span: earlier },
        })
      }
    }
  }
}

/** Reports and returns false when there are too many requests. */
function checkNumber(rows: readonly Row[], report: TableReport): boolean {
  let requests = 0
  for (const { request } of rows) {
    requests += request.methods.length
    if (requests <= MAX_REQUESTS) continue
    const message = `more than ${formatNumber(MAX_REQUESTS)} requests, this one among them`
    report({ code: 'limit-exceeded', span: request.span, message })
    return false
  }
  return true
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
