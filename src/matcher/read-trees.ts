/**
 * Reads the tree of a scope back into the patterns that it was made of: what the scope grants, from the very
 * tables that decide, so that neither the document nor another list need be kept or parsed for it.
 *
 * The layout is described at {@link Tables}. Cost: linear in the scope's part of the code.
 */
import { CHILD_COUNT_SHIFT, itemsOf, MORE, type OpenTables, REST, SET, WIDE } from './tables.ts'

/** What one end of a tree grants. */
export interface TreeGrant {
  /** The number of the set of its methods. */
  readonly set: number
  readonly methods: readonly string[]
  /** The pattern as paths are compared with it, `*` for a star; of a `segment` pattern the empty string. */
  readonly text: string
  /** The number of the automaton of a `segment` pattern; -1 where `text` is the pattern. */
  readonly automaton: number
}

/** The reader of a tree; it stops where `mayGoOn` returns false, which it asks for each grant. */
export type TreeReader = (root: number, mayGoOn: (grant: TreeGrant) => boolean) => readonly TreeGrant[]

export function treeReader(tables: OpenTables): TreeReader {
  const { code, methods, sets, setCount, runs, automata } = tables
  const runAt = itemsOf(runs)
  const methodsOf: readonly (readonly string[])[] = Array.from({ length: setCount }, (_, set) =>
    methods.filter((_, row) => sets[row * setCount + set] === 1),
  )
  return (root, mayGoOn) => {
    const grants: TreeGrant[] = []
    let ended = false
    const add = (set: number, text: string, automaton = -1): void => {
      const grant = { set, methods: methodsOf[set] as readonly string[], text, automaton }
      ended ||= !mayGoOn(grant)
      if (!ended) grants.push(grant)
    }
    /** `before` is what precedes the star of an inner tree; undefined in the outer tree. */
    const read = (node: number, text: string, before?: string): void => {
      if (ended) return
      let at = node
      const next = (): number => code[at++] as number
      const join = (whole: string, part: string): string =>
        before === undefined ? whole + part : part + whole
      const label = code.subarray(at + 1, at + 1 + next())
      at += label.length
      const here = join(
        text,
        String.fromCharCode(...(before === undefined ? label : label.slice().reverse())),
      )
      const head = next()
      const offset = (): number => ((head & WIDE) === 0 ? next() : next() * 0x10000 + next())
      if ((head & SET) !== 0) add(next(), before === undefined ? here : `${before}*${here}`)
      if ((head & REST) !== 0) add(next(), `${here}*`)
      if ((head & MORE) !== 0) readMore(node + offset(), here, before)
      const characters = Array.from({ length: head >> CHILD_COUNT_SHIFT }, next)
      for (const character of characters)
        read(node + offset(), join(here, String.fromCharCode(character)), before)
    }
    const readMore = (list: number, here: string, before: string | undefined): void => {
      if (automata.length === 0 && before === undefined) {
        read(list, '', here)
        return
      }
      let at = list
      const next = (): number => code[at++] as number
      for (let count = next(); count > 0; count--) {
        const set = next()
        if (automata.length > 0) {
          add(set, '', next())
          continue
        }
        let middles = ''
        for (let left = next(); left > 0; left--) middles += `*${runAt(next()) as string}`
        add(set, `${before as string}${middles}*${here}`)
      }
    }
    if (root >= 0) read(root, '')
    return grants
  }
}
