/** What is varied about the same requests. */
import type { Contestant } from '../contestants/contestant.ts'

export interface Mode {
  readonly name: 'fresh' | 'hot' | 'reused' | 'new tokens' | 'split tokens'
  readonly about: string
  readonly stream: 'broad' | 'hot'
  readonly loop: 'freshPaths' | 'reusedPaths' | 'newTokens'
  readonly tokens: 'list' | 'split'
  /** Who is timed in this mode: all, or only ours where it takes the scopes on every call. */
  readonly for: 'all' | 'ours'
}

export const FRESH: Mode = {
  name: 'fresh',
  about: 'every path newly sliced out of a string decoded from bytes; arrays of scopes reused',
  stream: 'broad',
  loop: 'freshPaths',
  tokens: 'list',
  for: 'all',
}

export const MODES: readonly Mode[] = [
  FRESH,
  {
    name: 'hot',
    about: 'as fresh, with only 64 distinct requests, over and over in changing order',
    stream: 'hot',
    loop: 'freshPaths',
    tokens: 'list',
    for: 'all',
  },
  {
    name: 'reused',
    about: 'as fresh, but the same path is the same string each time',
    stream: 'broad',
    loop: 'reusedPaths',
    tokens: 'list',
    for: 'all',
  },
  {
    name: 'new tokens',
    about: 'as fresh, and a new array of scopes for every request',
    stream: 'broad',
    loop: 'newTokens',
    tokens: 'list',
    for: 'ours',
  },
  {
    name: 'split tokens',
    about: 'as fresh, with scopes split from a string claim: most names are slices, dearer to look up',
    stream: 'broad',
    loop: 'freshPaths',
    tokens: 'split',
    for: 'ours',
  },
]

export function modesOf({ family, resolved }: Contestant): readonly Mode[] {
  return MODES.filter((mode) => mode.for === 'all' || (family === 'ours' && resolved !== true))
}
