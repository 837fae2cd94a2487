/**
 * The first place at which a run of a pattern is in a part of a path.
 *
 * Where the first characters of the run are, is left to the engine's own search, which does not read them
 * one by one; in most paths the others follow there. That search is not linear for every run and path, so it
 * is given a few characters only; where the others do not follow, and where case does not matter, the run is
 * found with the algorithm of Knuth, Morris and Pratt.
 */

/** With so many characters the engine's search costs at most as many comparisons per character. */
const SHORT = 8

/** Shared by the runs that need none: an empty array takes more than most of them. */
const NONE = new Int32Array(0)

/** Finds one run: the offset after its first occurrence in `path[start, end)`, or -1. */
export type FindRun = (path: string, start: number, end: number) => number

export function createFindRun(run: string, fold: boolean): FindRun {
  const head = run.slice(0, SHORT)
  const failure = fold || run.length > SHORT ? failureOf(run) : NONE
  return (path, start, end) => {
    let at = start
    if (!fold) {
      at = path.indexOf(head, start)
      if (at < 0 || at + run.length > end) return -1
      if (run.length <= SHORT || path.startsWith(run, at)) return at + run.length
    }
    for (let matched = 0; at < end; at++) {
      let unit = path.charCodeAt(at)
      if (fold && (unit - 65) >>> 0 < 26) unit += 32
      while (matched > 0 && unit !== run.charCodeAt(matched)) matched = failure[matched - 1] as number
      if (unit === run.charCodeAt(matched)) matched += 1
      if (matched === run.length) return at + 1
    }
    return -1
  }
}

/** For each prefix of the run the length of its longest border. */
function failureOf(run: string): Int32Array {
  const failure = new Int32Array(run.length)
  let border = 0
  for (let at = 1; at < run.length; at++) {
    while (border > 0 && run.charCodeAt(at) !== run.charCodeAt(border)) border = failure[border - 1] as number
    if (run.charCodeAt(at) === run.charCodeAt(border)) border += 1
    failure[at] = border
  }
  return failure
}
