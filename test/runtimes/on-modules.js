/** For every runtime: generated modules, and policies from data. */
import { check, checkVectors } from './check.js'
import expected from './expected.js'
import * as vectorModules from './vector-modules.js'
import { fromCompiled } from './node_modules/scope-policy/dist/compiled.js'
import * as automata from './automata.js'
import * as small from './small.js'
import * as trees from './trees.js'
import vectors from './vectors.js'

/** Also imported by the pages for worker and browser. */
export function result() {
  const results = [
    check({ small, trees, automata }, expected),
    check(opened(expected.data), expected),
    checkVectors(vectorModules, vectors),
    checkVectors(opened(expected.vectorData), vectors),
  ]
  return {
    right: results.reduce((sum, { right }) => sum + right, 0),
    wrong: results.flatMap(({ wrong }) => wrong),
  }
}

function opened(data) {
  return Object.fromEntries(Object.entries(data).map(([name, of]) => [name, fromCompiled(of)]))
}
