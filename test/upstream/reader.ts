/**
 * For testing only. Every way in which the models read a path, each result once. Results are kept, because
 * the same path is asked for under many options.
 */
import { canonical } from '../reference/characters.ts'
import { asCharacters } from './judge.ts'
import type { Model } from './model.ts'
import type { Spellings } from './spelling.ts'

/** The path as one or two servers have read it. */
export interface Reading {
  readonly path: string
  /** In canonical form, an escape being one character. */
  readonly characters: string
  /** The spelling of the last server. */
  readonly spelling: number
  readonly servers: readonly string[]
}

export interface Reader {
  readonly readings: (path: string) => readonly Reading[]
  readonly chains: boolean
}

const KEPT = 20_000

/** A request target ends at `?`, and holds no space: who forwards a decoded one has to escape it again. */
const escapeSpaces = (text: string): string => text.replaceAll(' ', '%20')
const forwarded = (path: string): string => escapeSpaces(path.split('?', 1)[0] ?? '')
const FORWARD: Pick<Model, 'id' | 'spell'> = { id: 'forward', spell: escapeSpaces }

/** With `chains`, two servers in a row as well. */
export function readerOf(spellings: Spellings, models: readonly Model[], chains: boolean): Reader {
  const kept = new Map<string, readonly Reading[]>()

  const readBy = (readings: readonly Omit<Reading, 'characters'>[]): Reading[] => {
    const found = new Map<string, Reading>()
    for (const { path, spelling, servers } of readings) {
      const target = servers.length === 0 ? path : forwarded(path)
      const sent = servers.length === 0 ? spelling : spellings.after(spelling, FORWARD)
      for (const model of models) {
        if (servers.length > 0 && model.onlyRaw === true) continue
        const read = model.read(target)
        if (read === null) continue
        const next = spellings.after(sent, model)
        const key = `${next} ${read}`
        if (found.has(key)) continue
        found.set(key, {
          path: read,
          characters: asCharacters(canonical(read)),
          spelling: next,
          servers: [...servers, model.id],
        })
      }
    }
    return [...found.values()]
  }

  return {
    chains,
    readings: (path) => {
      const known = kept.get(path)
      if (known !== undefined) return known
      const once = readBy([{ path, spelling: 0, servers: [] }])
      const readings = chains ? [...once, ...readBy(once)] : once
      if (kept.size >= KEPT) kept.clear()
      kept.set(path, readings)
      return readings
    },
  }
}
