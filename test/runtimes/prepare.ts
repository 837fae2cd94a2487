/**
 * A folder that every runtime can import from: the package as it would be published, packed and unpacked,
 * the generated modules, the files of this folder, the answers that the library gives here, which the vectors
 * of this folder confirm, and the published vectors.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toCompiled, toModule } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { FILE, type Vectors as Published } from '../vectors/generate.ts'
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
  install()
  for (const name of readdirSync(here)) {
    if (name.endsWith('.js')) copyFileSync(join(here, name), join(folder, name))
  }
  const { policies, requests } = JSON.parse(readFileSync(join(here, 'vectors.json'), 'utf8')) as Vectors
  const loaded = new Map(Object.entries(policies).map(([name, document]) => [name, loadPolicy(document)]))
  const modules = new Map([...loaded].map(([name, policy]) => [name, toModule(policy)]))
  for (const [name, text] of modules) writeFileSync(join(folder, `${name}.js`), text)
  const published = prepareVectors()
  const expected = {
    vectorData: published,
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
  writeFileSync(join(folder, 'expected.js'), dataModule(expected))
}

/** The packed package, so that a file that is not published is missed; its dependencies are found above. */
function install(): void {
  const unpacked = join(folder, 'node_modules', 'scope-policy')
  mkdirSync(unpacked, { recursive: true })
  // Of another name: a package finds itself by its own.
  writeFileSync(join(folder, 'package.json'), '{ "name": "runtimes", "private": true, "type": "module" }')
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: root })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', unpacked, '--strip-components=1'])
}

/** Writes the published vectors and their policies as modules; returns the policies as data. */
function prepareVectors(): Readonly<Record<string, unknown>> {
  const { policies } = JSON.parse(readFileSync(FILE, 'utf8')) as Published
  writeFileSync(join(folder, 'vectors.js'), dataModule(policies))
  const loaded = Object.entries(policies).map(([name, { document }]) => [name, loadPolicy(document)] as const)
  for (const [name, policy] of loaded) writeFileSync(join(folder, `vector-${name}.js`), toModule(policy))
  const lines = loaded.map(([name]) => `export * as ${JSON.stringify(name)} from './vector-${name}.js'\n`)
  writeFileSync(join(folder, 'vector-modules.js'), lines.join(''))
  return Object.fromEntries(loaded.map(([name, policy]) => [name, toCompiled(policy)]))
}

/** As text, since in the literal of an object `__proto__` is not a name but the prototype. */
function dataModule(data: unknown): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(data))})\n`
}
