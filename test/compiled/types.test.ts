/**
 * The declarations of a generated module, judged by the compiler: what must compile compiles, and each line
 * under `@ts-expect-error` does not. The lines are the same for a module and for `loadPolicy<…>`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { toDeclarations, toModule } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { EXAMPLE } from '../decision/example.ts'

const root: string = new URL('../..', import.meta.url).pathname
const folder: string = join(root, '.cache', `types-${process.pid}`)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  allowJs: true,
  noEmit: true,
  types: [],
}

/** The complaints of the compiler about each of some files, which may import each other. */
function complaints(files: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const names = Object.keys(files).map((name) => join(folder, name))
  const found: Record<string, string[]> = {}
  for (const { messageText, file, start } of ts.getPreEmitDiagnostics(ts.createProgram(names, OPTIONS))) {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
    const text = `${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    ;(found[file?.fileName.split('/').at(-1) ?? ''] ??= []).push(text)
  }
  return found
}

const USES = `
declare const claim: string
declare const list: string[]
declare const set: Set<string>
declare const mixed: string | string[] | Set<string>
declare const names: ('profile' | 'search')[]

policy.authorize(['profile'], 'GET', '/')
policy.authorize(['profile', 'search'], 'GET', '/')
policy.authorize([], 'GET', '/')
policy.authorize(new Set(['profile', 'api'] as const), 'GET', '/')
policy.authorize('profile', 'GET', '/')
policy.authorize('profile search', 'GET', '/')
policy.authorize('', 'GET', '/')
// What comes from a token is text of which only the run time can tell.
policy.authorize(claim, 'GET', '/')
policy.authorize(claim.split(' '), 'GET', '/')
policy.authorize(list, 'GET', '/')
policy.authorize(set, 'GET', '/')
policy.authorize(mixed, 'GET', '/')
policy.authorize(names, 'GET', '/')
policy.authorize(['profile', claim], 'GET', '/')
policy.authorize(\`profile \${claim}\`, 'GET', '/')
policy.grant(['profile']).authorize('GET', '/')
policy.grant(claim).scopes satisfies readonly ('profile' | 'search' | 'api:read-only' | 'api')[]
policy.scopesFor('GET', '/') satisfies readonly ('profile' | 'search' | 'api:read-only' | 'api')[]
policy.explain(list, 'GET', '/').grantedBy[0]?.scope satisfies 'profile' | 'search' | 'api:read-only' | 'api' | undefined
const { authorize, grant } = policy
authorize(['api'], 'GET', '/')

// @ts-expect-error a misspelt scope
policy.authorize(['porfile'], 'GET', '/')
// @ts-expect-error one of two is misspelt
policy.authorize(['profile', 'serach'], 'GET', '/')
// @ts-expect-error a misspelt scope in a set
policy.authorize(new Set(['porfile'] as const), 'GET', '/')
// @ts-expect-error a misspelt claim
policy.authorize('porfile', 'GET', '/')
// @ts-expect-error a misspelt scope
policy.grant(['porfile'])
// @ts-expect-error a misspelt scope
policy.explain(['porfile'], 'GET', '/')
// @ts-expect-error a misspelt scope
policy.methodsFor(['porfile'], '/')
// @ts-expect-error a misspelt scope, taken out of the policy
authorize(['porfile'], 'GET', '/')
// @ts-expect-error a misspelt scope, taken out of the policy
grant('porfile')
// @ts-expect-error no scopes at all
policy.authorize(null, 'GET', '/')
// @ts-expect-error numbers
policy.authorize([1], 'GET', '/')
`

const SAME = `
import type { CompiledPolicy, NamedCompiledPolicy } from '../../src/compiled/index.ts'
import type { Decision, Grant } from '../../src/index.ts'
import type { DecidingPolicy } from '../../src/enforce/types.ts'
import * as policy from './policy.js'

const named: NamedCompiledPolicy<policy.ScopeName> = policy
const plain: CompiledPolicy = policy
const again: CompiledPolicy = named
const deciding: DecidingPolicy = policy
declare const theirs: Decision<policy.ScopeName>
const ours: policy.Decision = theirs
const back: Decision<policy.ScopeName> = ours
declare const grant: Grant<policy.ScopeName>
const granted: policy.Grant = grant
const grantBack: Grant<policy.ScopeName> = granted
export { plain, again, deciding, back, grantBack }
`

const MISSPELT = `
import { authorize } from './policy.js'
authorize(['porfile'], 'GET', '/')
`

const LOADED = `
import { loadPolicy, type Policy } from '../../src/index.ts'
const policy = loadPolicy<'profile' | 'search' | 'api:read-only' | 'api'>('')
const any: Policy = policy
const plain: Policy = loadPolicy('')
plain.authorize(['porfile'], 'GET', '/')
policy.scopes.get('profile')?.label
// @ts-expect-error a misspelt scope
policy.scopes.get('porfile')
export { any }
${USES}`

const DECODED = `
import { fromCompiled, type CompiledPolicy } from '../../src/compiled/index.ts'
const policy = fromCompiled<'profile' | 'search' | 'api:read-only' | 'api'>('')
const any: CompiledPolicy = policy
fromCompiled('').authorize(['porfile'], 'GET', '/')
export { any }
${USES}`

describe('the compiler', () => {
  const policy = loadPolicy(EXAMPLE)
  const declarations = toDeclarations(policy)
  // One program for all: starting one takes seconds.
  const found = complaints({
    'policy.js': toModule(policy),
    'policy.d.ts': declarations,
    'uses.ts': `import * as policy from './policy.js'\n${USES}`,
    'same.ts': SAME,
    'misspelt.ts': MISSPELT,
    'loaded.ts': LOADED,
    'decoded.ts': DECODED,
  })

  test.each([
    ['refuses a misspelt scope and accepts the text of a token, with a module', 'uses.ts'],
    ['takes the types of a module for those of the library', 'same.ts'],
    ['judges `loadPolicy<…>` in the same way, without a build', 'loaded.ts'],
    ['judges `fromCompiled<…>` in the same way', 'decoded.ts'],
    ['finds nothing wrong in the declarations', 'policy.d.ts'],
  ])('%s', (_, file) => {
    expect(found[file]).toBe(undefined)
  })

  test('suggests the name that was meant', () => {
    expect(found['misspelt.ts']).toEqual([expect.stringMatching(/^3 .*Did you mean '"profile"'\?$/)])
  })

  test('has nothing else to say', () => {
    expect(Object.keys(found)).toEqual(['misspelt.ts'])
  })

  test('is told every name of the policy in document order', () => {
    expect(declarations).toContain(
      `export type ScopeName =\n  | "profile"\n  | "search"\n  | "api:read-only"\n  | "api"\n`,
    )
  })
})
