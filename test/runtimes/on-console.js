/** For Node, Bun and Deno: modules and data, then the package's own entries, as ESM and as CommonJS. */
import { createRequire } from 'node:module'
import process from 'node:process'
import { check } from './check.js'
import expected from './expected.js'
import * as compiled from './library/compiled.js'
import * as library from './library/index.js'
import { result } from './on-modules.js'

const require = createRequire(import.meta.url)
const total = result()
const add = ({ right, wrong }) => {
  total.right += right
  total.wrong.push(...wrong)
}

for (const { loadPolicy } of [library, require('./library/index.cjs')]) {
  const loaded = Object.fromEntries(
    Object.entries(expected.documents).map(([name, document]) => [name, loadPolicy(document)]),
  )
  add(check(loaded, expected))
  for (const { toModule, toCompiled, fromCompiled } of [compiled, require('./library/compiled.cjs')]) {
    const opened = Object.entries(loaded).map(([name, policy]) => [name, fromCompiled(toCompiled(policy))])
    add(check(Object.fromEntries(opened), expected))
    for (const [name, policy] of Object.entries(loaded)) {
      if (toModule(policy) !== expected.modules[name]) total.wrong.push(`${name}: the module differs`)
    }
  }
}

console.log(JSON.stringify(total))
process.exitCode = total.wrong.length === 0 ? 0 : 1
