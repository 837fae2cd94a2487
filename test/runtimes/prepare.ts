/**
 * A folder that every runtime can import from: the generated modules, the built library, the files of this
 * folder, and the answers that the library gives here, which the vectors confirm.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toCompiled, toModule } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { answers } from './check.js'

interface Vectors {
  readonly policies: Readonly<Record<string, object>>
  readonly requests: readonly (readonly [
    policy: string,
    scopes: readonly string[],
    method: string,
    path: string,
    allowed: boolean,
  ])[]
}

const here: string = new URL('.', import.meta.url).pathname
const root: string = join(here, '..', '..')
/** Inside of the package, so that its dependencies are found from there. */
export const folder: string = join(root, '.cache', 'runtimes')

export function prepare(): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'library'), { recursive: true })
  for (const name of readdirSync(join(root, 'dist'))) {
    if (/\.c?js$/.test(name)) copyFileSync(join(root, 'dist', name), join(folder, 'library', name))
  }
  for (const name of readdirSync(here)) {
    if (name.endsWith('.js')) copyFileSync(join(here, name), join(folder, name))
  }
  const { policies, requests } = JSON.parse(readFileSync(join(here, 'vectors.json'), 'utf8')) as Vectors
  const loaded = new Map(Object.entries(policies).map(([name, document]) => [name, loadPolicy(document)]))
  const modules = new Map([...loaded].map(([name, policy]) => [name, toModule(policy)]))
  for (const [name, text] of modules) writeFileSync(join(folder, `${name}.js`), text)
  const expected = {
    documents: policies,
    modules: Object.fromEntries(modules),
    data: Object.fromEntries([...loaded].map(([name, policy]) => [name, toCompiled(policy)])),
    fingerprints: Object.fromEntries([...loaded].map(([name, policy]) => [name, policy.fingerprint])),
    requests: requests.map(([name, scopes, method, path, allowed]) => {
      const policy = loaded.get(name)
      if (policy?.authorize(scopes, method, path) !== allowed)
        throw new Error(`${name} ${method} ${path} is wrong here`)
      return [name, scopes, method, path, answers(policy, scopes, method, path)]
    }),
  }
  writeFileSync(join(folder, 'expected.js'), `export default ${JSON.stringify(expected)}\n`)
}
