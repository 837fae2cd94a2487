/** The recipes of `examples/consent`, run as they are, on this source. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import * as api from '../../src/consent/index.ts'

const nodeRequire = createRequire(import.meta.url)

/** What a recipe exports. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the file
export function recipe<Exports>(file: string): Exports {
  const source = readFileSync(new URL(`../../examples/consent/${file}`, import.meta.url), 'utf8')
  const { outputText } = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      jsx: ts.JsxEmit.ReactJSX,
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  })
  const exports = {}
  const run = compileFunction(outputText, ['exports', 'require']) as (...args: unknown[]) => void
  run(exports, (name: string): unknown =>
    name === 'scope-policy/consent' ? api : (nodeRequire(name) as unknown),
  )
  return exports as Exports
}
