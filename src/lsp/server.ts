/**
 * `scope-policy lsp`: a language server (LSP 3.17) over a connection, for every editor that speaks it.
 *
 * Diagnostics come in two steps. What the loader says is sent at once; the rules, which compare every scope
 * with every other, run after a pause in typing, and their findings replace the first ones. Each keystroke
 * therefore costs one reading of the document, in which the YAML of scopes that have not changed is not parsed
 * again (`yaml/incremental.ts`). Findings, fixes and suppressions are those of `lint`, with the configuration
 * that `lint` would use.
 *
 * Rejected: keeping what the loader finds in a scope too (with all YAML read, 2,000 endpoints cost it some
 * 10 ms), and rules of the server's own (an editor and CI that disagree are worse than either).
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Connection,
  type Diagnostic as LspDiagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Location,
  type Range as LspRange,
  ResponseError,
  SymbolKind,
  TextDocuments,
  TextDocumentSyncKind,
  type TextEdit,
  type WorkspaceEdit,
  ErrorCodes,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Edit } from '../diagnostic/diagnostic.ts'
import { quote } from '../diagnostic/words.ts'
import type { LintOptions } from '../lint/lint.ts'
import type { Span } from '../source/span.ts'
import { IncrementalParser } from '../yaml/incremental.ts'
import { type Action, actionsFor, fixAll } from './actions.ts'
import { completionsAt } from './completion.ts'
import { hoverAt } from './hover.ts'
import { isPolicy } from './is-policy.ts'
import { lensesOf, outlineOf, type OutlineItem } from './outline.ts'
import { isScopeName, renameAt, sameName, scopeNames } from './scope-names.ts'
import { createSnapshot, type Snapshot } from './snapshot.ts'

export interface LanguageServerOptions {
  /** As `lint` would use for the file; called for each reading. */
  readonly optionsFor: (uri: string) => Promise<LintOptions>
  readonly version: string
}

/** A pause in typing after which rules run, in milliseconds. */
const RULES_DELAY = 150

const SEVERITY: Readonly<Record<Diagnostic['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
}

/** Starts to answer; resolves when the client says goodbye or closes the connection. */
export function startLanguageServer(connection: Connection, options: LanguageServerOptions): Promise<void> {
  const server = new LanguageServer(connection, options)
  return server.listen()
}

interface State {
  readonly version: number
  readonly snapshot: Snapshot
  readonly options: LintOptions
}

class LanguageServer {
  readonly #connection: Connection
  readonly #options: LanguageServerOptions
  readonly #documents = new TextDocuments(TextDocument)
  readonly #states = new Map<string, State>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #parsers = new Map<string, IncrementalParser>()

  constructor(connection: Connection, options: LanguageServerOptions) {
    this.#connection = connection
    this.#options = options
  }

  listen(): Promise<void> {
    const connection = this.#connection
    connection.onInitialize(() => ({
      serverInfo: { name: 'scope-policy', version: this.#options.version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        completionProvider: { triggerCharacters: [' ', ':', '-', '[', ','] },
        renameProvider: { prepareProvider: true },
        referencesProvider: true,
        definitionProvider: true,
        documentSymbolProvider: true,
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
      },
    }))
    connection.onHover(async ({ textDocument, position }) => {
      const at = await this.#at(textDocument.uri)
      const hovered = at && hoverAt(at.snapshot, at.document.offsetAt(position))
      return hovered && { contents: hovered.contents, range: rangeOf(at.document, hovered.span) }
    })
    connection.onCompletion(async ({ textDocument, position }) => {
      const at = await this.#at(textDocument.uri)
      return at && completionsAt(at.snapshot, at.document.offsetAt(position))
    })
    connection.onDocumentSymbol(async ({ textDocument }) => {
      const at = await this.#at(textDocument.uri)
      return at && outlineOf(at.snapshot).map((item) => symbolOf(at.document, item))
    })
    connection.onCodeLens(async ({ textDocument }) => {
      const at = await this.#at(textDocument.uri)
      return at && lensesOf(at.snapshot).map((lens) => lensOf(at.document, lens))
    })
    connection.onDefinition(async ({ textDocument, position }) => {
      const at = await this.#at(textDocument.uri)
      return at && this.#places(at, position, ({ isDefinition }) => isDefinition)
    })
    connection.onReferences(async ({ textDocument, position, context }) => {
      const at = await this.#at(textDocument.uri)
      return at && this.#places(at, position, (place) => context.includeDeclaration || !place.isDefinition)
    })
    connection.onPrepareRename(async ({ textDocument, position }) => {
      const at = await this.#at(textDocument.uri)
      if (at?.snapshot.root === undefined) return null
      const offset = at.document.offsetAt(position)
      const here = sameName(at.snapshot.root, offset).find(
        ({ span }) => span.start <= offset && offset <= span.end,
      )
      return here ? { range: rangeOf(at.document, here.span), placeholder: here.name } : null
    })
    connection.onRenameRequest(async ({ textDocument, position, newName }) => {
      const at = await this.#at(textDocument.uri)
      return at && rename(at, at.document.offsetAt(position), newName)
    })
    connection.onCodeAction(async ({ textDocument, range, context }) => {
      const at = await this.#at(textDocument.uri)
      return at && codeActions(at, range, context.only)
    })
    this.#documents.onDidChangeContent(({ document }) => {
      void this.#changed(document)
    })
    this.#documents.onDidClose(({ document: { uri } }) => {
      clearTimeout(this.#timers.get(uri))
      this.#states.delete(uri)
      this.#parsers.delete(uri)
      void connection.sendDiagnostics({ uri, diagnostics: [] })
    })
    this.#documents.listen(connection)
    return new Promise((resolve) => {
      connection.onExit(resolve)
      connection.listen()
    })
  }

  async #changed(document: TextDocument): Promise<void> {
    const { uri } = document
    clearTimeout(this.#timers.get(uri))
    const state = await this.#read(document)
    if (state === undefined || state.version !== this.#documents.get(uri)?.version) return
    const { snapshot } = state
    if (!isPolicy(uri, snapshot.text, snapshot.root)) {
      void this.#connection.sendDiagnostics({ uri, version: state.version, diagnostics: [] })
      return
    }
    this.#publish(document, state.version, snapshot.loaderDiagnostics)
    if (snapshot.read.data === null) return
    this.#timers.set(
      uri,
      setTimeout(() => {
        if (this.#states.get(uri) === state) this.#publish(document, state.version, snapshot.diagnostics)
      }, RULES_DELAY),
    )
  }

  #publish(document: TextDocument, version: number, found: readonly Diagnostic<string>[]): void {
    const diagnostics = found.map((one) => diagnosticOf(document, one))
    void this.#connection.sendDiagnostics({ uri: document.uri, version, diagnostics })
  }

  async #read(document: TextDocument): Promise<State | undefined> {
    const { uri, version } = document
    const known = this.#states.get(uri)
    if (known?.version === version) return known
    try {
      const options = await this.#options.optionsFor(uri)
      if (this.#documents.get(uri)?.version !== version) return undefined
      const parser = this.#parsers.get(uri) ?? new IncrementalParser()
      this.#parsers.set(uri, parser)
      const state = { version, options, snapshot: createSnapshot(document.getText(), options, parser) }
      this.#states.set(uri, state)
      return state
    } catch (error) {
      this.#connection.console.error(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  async #at(uri: string): Promise<At | undefined> {
    const document = this.#documents.get(uri)
    const state = document && (await this.#read(document))
    return state && { document, ...state }
  }

  #places(
    { document, snapshot }: At,
    position: Parameters<TextDocument['offsetAt']>[0],
    wanted: (place: ReturnType<typeof sameName>[number]) => boolean,
  ): Location[] {
    if (snapshot.root === undefined) return []
    return sameName(snapshot.root, document.offsetAt(position))
      .filter(wanted)
      .map(({ span }) => ({ uri: document.uri, range: rangeOf(document, span) }))
  }
}

interface At extends State {
  readonly document: TextDocument
}

function rename({ document, snapshot }: At, offset: number, to: string): WorkspaceEdit {
  const { root } = snapshot
  const places = root === undefined ? [] : sameName(root, offset)
  const [first] = places
  if (root === undefined || first === undefined) throw invalid('there is no scope name here')
  if (!isScopeName(to)) {
    throw invalid(
      `${quote(to)} is not a scope name: printable ASCII without space, quote and backslash (RFC 6749 §3.3)`,
    )
  }
  if (to !== first.name && scopeNames(root).some(({ name, isDefinition }) => isDefinition && name === to)) {
    throw invalid(`there is a scope ${quote(to)} already`)
  }
  const edits = places.map((place) => renameAt(place, to))
  if (edits.includes(undefined)) {
    throw invalid('a place that names the scope is written with escapes; write it plainly first')
  }
  return {
    changes: {
      [document.uri]: textEdits(
        document,
        edits.filter((edit) => edit !== undefined),
      ),
    },
  }
}

function invalid(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message)
}

function codeActions(at: At, range: LspRange, only: readonly string[] | undefined): CodeAction[] {
  const { document, snapshot, options } = at
  if (!isPolicy(document.uri, snapshot.text, snapshot.root)) return []
  const wants = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`))
  const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }
  const actions: Action[] = wants(CodeActionKind.QuickFix) ? [...actionsFor(snapshot, span)] : []
  // Proving all fixes costs more than an editor may spend on each move of the cursor: only where asked for.
  const all = only?.some((one) => one.startsWith('source')) === true ? fixAll(snapshot, options) : undefined
  if (all !== undefined && wants(CodeActionKind.SourceFixAll)) actions.push(all)
  return actions.map(({ title, kind, edits, diagnostic, isPreferred }) => ({
    title,
    kind,
    edit: { changes: { [document.uri]: textEdits(document, edits) } },
    ...(diagnostic !== undefined && { diagnostics: [diagnosticOf(document, diagnostic)] }),
    ...(isPreferred !== undefined && { isPreferred }),
  }))
}

function diagnosticOf(document: TextDocument, found: Diagnostic<string>): LspDiagnostic {
  const { code, severity, message, help, span, related } = found
  return {
    range: rangeOf(document, span),
    severity: SEVERITY[severity],
    source: 'scope-policy',
    code,
    message: help === undefined ? message : `${message}\n${help}`,
    ...(related !== undefined && {
      relatedInformation: related.map((place) => ({
        location: { uri: document.uri, range: rangeOf(document, place.span) },
        message: place.message,
      })),
    }),
  }
}

function textEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }))
}

const SYMBOL: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  scope: SymbolKind.Key,
  endpoint: SymbolKind.Interface,
  options: SymbolKind.Namespace,
}

function symbolOf(document: TextDocument, item: OutlineItem): DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: SYMBOL[item.kind],
    range: rangeOf(document, item.span),
    selectionRange: rangeOf(document, item.selection),
    children: item.children.map((child) => symbolOf(document, child)),
  }
}

function lensOf(document: TextDocument, { span, title }: ReturnType<typeof lensesOf>[number]): CodeLens {
  return { range: rangeOf(document, span), command: { title, command: '' } }
}

function rangeOf(document: TextDocument, { start, end }: Span): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) }
}
