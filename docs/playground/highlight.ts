/**
 * Colors of keys, strings and comments in the lines that are seen. A line is colored by itself: text in quotes that
 * spans lines is not recognized, which costs a color and nothing else. The grammar of YAML, with what it needs, would
 * be a tenth of the page.
 */
import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'

/** A comment, text in quotes, or a word before a colon; text in quotes before a colon is a key, too. */
const WORDS = /(?<=^|\s)#.*|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#,[\]{}-][^\s#,[\]{}]*(?=:(?:\s|$))/g

const COMMENT = Decoration.mark({ class: 'tok-comment' })
const STRING = Decoration.mark({ class: 'tok-string' })
const KEY = Decoration.mark({ class: 'tok-key' })

function colorsOf({ visibleRanges, state }: EditorView): DecorationSet {
  const colors = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at)
      for (const { 0: word, index } of line.text.matchAll(WORDS)) {
        const end = index + word.length
        const isString = /^["']/.test(word) && !/^\s*:(?:\s|$)/.test(line.text.slice(end))
        colors.add(
          line.from + index,
          line.from + end,
          word.startsWith('#') ? COMMENT : isString ? STRING : KEY,
        )
      }
      at = line.to + 1
    }
  }
  return colors.finish()
}

export const highlight: ViewPlugin<{ colors: DecorationSet }> = ViewPlugin.define(
  (view) => ({
    colors: colorsOf(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.colors = colorsOf(update.view)
    },
  }),
  { decorations: ({ colors }) => colors },
)
