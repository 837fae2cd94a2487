/** For runtimes with a console: the three generated modules, and the data in them. */
import { check } from './check.js'
import expected from './expected.js'
import { fromCompiled } from './library/compiled.js'
import * as automata from './automata.js'
import * as small from './small.js'
import * as trees from './trees.js'

/** Also imported by the pages for worker and browser. */
export function result() {
  const modules = check({ small, trees, automata }, expected)
  const decoded = Object.fromEntries(
    Object.entries(expected.data).map(([name, data]) => [name, fromCompiled(data)]),
  )
  const data = check(decoded, expected)
  return { right: modules.right + data.right, wrong: [...modules.wrong, ...data.wrong] }
}
