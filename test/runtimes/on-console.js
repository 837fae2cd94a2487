/** For Node, Bun and Deno: modules and data, then the installed package by its name, as ESM and as CommonJS. */
import { createRequire } from 'node:module'
import process from 'node:process'
import * as library from 'scope-policy'
import * as compiled from 'scope-policy/compiled'
import { check, checkVectors } from './check.js'
import expected from './expected.js'
import { result } from './on-modules.js'
import vectors from './vectors.js'

const require = createRequire(import.meta.url)
const total = result()
const add = ({ right, wrong }) => {
  total.right += right
  total.wrong.push(...wrong)
}

for (const { loadPolicy } of [library, require('scope-policy')]) {
  const loaded = Object.fromEntries(
    Object.entries(expected.documents).map(([name, document]) => [name, loadPolicy(document)]),
  )
  add(check(loaded, expected))
  const published = Object.entries(vectors).map(([name, { document }]) => [name, loadPolicy(document)])
  add(checkVectors(Object.fromEntries(published), vectors))
  for (const { toModule, toCompiled, fromCompiled } of [compiled, require('scope-policy/compiled')]) {
    const opened = Object.entries(loaded).map(([name, policy]) => [name, fromCompiled(toCompiled(policy))])
    add(check(Object.fromEntries(opened), expected))
    const reopened = published.map(([name, policy]) => [name, fromCompiled(toCompiled(policy))])
    add(checkVectors(Object.fromEntries(reopened), vectors))
    for (const [name, policy] of Object.entries(loaded)) {
      if (toModule(policy) !== expected.modules[name]) total.wrong.push(`${name}: the module differs`)
    }
  }
}

console.log(JSON.stringify(total))
process.exitCode = total.wrong.length === 0 ? 0 : 1
