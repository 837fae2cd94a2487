/** The editor of the document: CodeMirror with the findings of the linter as one types, and their fixes. */
import {
  cursorDocEnd,
  cursorDocStart,
  history,
  historyKeymap,
  insertNewlineKeepIndent,
  selectAll,
  selectDocEnd,
  selectDocStart,
} from '@codemirror/commands'
import {
  type Diagnostic as Mark,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, type KeyBinding, keymap, lineNumbers } from '@codemirror/view'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { highlight } from './highlight.ts'

/**
 * What a browser does not do by itself, or only for the lines that are drawn. The whole keymap of CodeMirror would
 * bring its packages for languages.
 */
const KEYS: readonly KeyBinding[] = [
  { key: 'Enter', run: insertNewlineKeepIndent },
  { key: 'Mod-a', run: selectAll, preventDefault: true },
  { key: 'Mod-Home', mac: 'Cmd-ArrowUp', run: cursorDocStart, shift: selectDocStart },
  { key: 'Mod-End', mac: 'Cmd-ArrowDown', run: cursorDocEnd, shift: selectDocEnd },
  // The list of findings is a tab of the page, not a panel of the editor.
  { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
]

export interface Editor {
  readonly text: () => string
  readonly replace: (text: string) => void
  readonly show: (diagnostics: readonly Diagnostic<string>[]) => void
  readonly select: (start: number, end: number) => void
}

export function createEditor(parent: HTMLElement, onChange: () => void): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: '',
      extensions: [
        lineNumbers(),
        history(),
        highlightActiveLine(),
        highlight,
        lintGutter(),
        keymap.of([...KEYS, ...historyKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Scope document in YAML' }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) onChange()
        }),
        THEME,
      ],
    }),
  })
  return {
    text: () => view.state.doc.toString(),
    replace: (text) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
    show: (diagnostics) => {
      const marks = diagnostics.map((found) => markOf(found, view.state.doc.length))
      view.dispatch(setDiagnostics(view.state, marks))
    },
    select: (start, end) => {
      view.dispatch({ selection: { anchor: start, head: end }, scrollIntoView: true })
      view.focus()
    },
  }
}

const THEME = EditorView.theme({
  '&': { fontSize: '0.9rem', maxHeight: '44rem', color: 'var(--text)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', minHeight: '24rem' },
  '.cm-gutters': { background: 'var(--panel)', color: 'var(--soft)', border: 'none' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'light-dark(#0b57a40d, #8ab8f014)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    background: 'light-dark(#cfe3fa, #2b4a6f) !important',
  },
  '.cm-tooltip': { background: 'var(--back)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-diagnosticAction': { background: 'var(--accent)', color: 'var(--back)' },
  '.tok-key': { color: 'var(--accent)' },
  '.tok-string': { color: 'light-dark(#8a2b06, #f0a58a)' },
  '.tok-comment': { color: 'var(--soft)' },
})

function markOf(found: Diagnostic<string>, length: number): Mark {
  const { code, severity, message, help, span, fix } = found
  return {
    from: Math.min(span.start, length),
    to: Math.min(span.end, length),
    severity,
    source: code,
    message: help === undefined ? message : `${message}\n${help}`,
    actions:
      fix === undefined
        ? []
        : [
            {
              name: fix.title,
              apply: (view) => {
                const changes = fix.edits.map((edit) => ({
                  from: edit.span.start,
                  to: edit.span.end,
                  insert: edit.text,
                }))
                view.dispatch({ changes })
              },
            },
          ],
  }
}
