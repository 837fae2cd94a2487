/** All contestants, in the order of the tables. */
import type { Contestant } from './contestant.ts'
import { casbin, casl, cedar } from './engines.ts'
import { naive, pathToRegexp, picomatch } from './expressions.ts'
import { findMyWay, honoRegExp, honoTrie, memoirist, rou3 } from './routers.ts'

export const PEERS: readonly Contestant[] = [
  naive,
  picomatch,
  pathToRegexp,
  casl,
  casbin,
  cedar,
  memoirist,
  findMyWay,
  rou3,
  honoRegExp,
  honoTrie,
]
