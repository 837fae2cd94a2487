/**
 * The first place at which a run of a pattern stands in a part of a path.
 *
 * Short runs are left to the engine's own search. It is not linear for every run and path, so longer ones,
 * and those that must be compared without case, are found with the algorithm of Knuth, Morris and Pratt.
 */

/** Runs up to this length cost at most as many comparisons per character. */
const SHORT = 8

/** Finds one run: the offset behind its first occurrence in `path[start, end)`, or -1. */
export type FindRun = (path: string, start: number, end: number) => number

export function createFindRun(run: string, fold: boolean): FindRun {
  if (!fold && run.length <= SHORT) {
    return (path, start, end) => {
      const found = path.indexOf(run, start)
      return found < 0 || found + run.length > end ? -1 : found + run.length
    }
  }
  const failure = failureOf(run)
  return (path, start, end) => {
    let matched = 0
    for (let at = start; at < end; at++) {
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
