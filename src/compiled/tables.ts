/** {@link Tables} with every typed array as text, and back. */
import type { FlatNfa } from '../automaton/flat-nfa.ts'
import type { Tables } from '../matcher/tables.ts'
import { type Numbers, pack, unpack } from './pack.ts'

type Packed<T> = { readonly [K in keyof T]: T[K] extends Numbers ? string : T[K] }

export type PackedNfa = Packed<FlatNfa>
export type PackedTables = Omit<Packed<Tables>, 'automata'> & { readonly automata: readonly PackedNfa[] }

export function packTables(tables: Tables): PackedTables {
  const { sets, code, hot, roots, slashRoots, automata, ...rest } = tables
  return {
    ...rest,
    sets: pack(sets),
    code: pack(code),
    hot: pack(hot),
    roots: pack(roots),
    slashRoots: pack(slashRoots),
    automata: automata.map(({ accepting, arcs, first, last, to }) => ({
      accepting: pack(accepting),
      arcs: pack(arcs),
      first: pack(first),
      last: pack(last),
      to: pack(to),
    })),
  }
}

/** As it was: 32 bits only where something does not fit into 16. */
function narrow(code: Uint32Array): Tables['code'] {
  return code.some((unit) => unit > 0xffff) ? code : Uint16Array.from(code)
}

/** Without automata, which a policy of `wildcard: any` does not have. */
export function unpackTrees(packed: Omit<PackedTables, 'automata'>): Tables {
  return {
    ...packed,
    sets: unpack(packed.sets, Uint8Array),
    code: narrow(unpack(packed.code, Uint32Array)),
    hot: unpack(packed.hot, Int32Array),
    roots: unpack(packed.roots, Int32Array),
    slashRoots: unpack(packed.slashRoots, Int32Array),
    automata: [],
  }
}

export function unpackTables(packed: PackedTables): Tables {
  const automata = packed.automata.map(({ accepting, arcs, first, last, to }) => ({
    accepting: unpack(accepting, Uint8Array),
    arcs: unpack(arcs, Int32Array),
    first: unpack(first, Uint16Array),
    last: unpack(last, Uint16Array),
    to: unpack(to, Int32Array),
  }))
  return { ...unpackTrees(packed), automata }
}
