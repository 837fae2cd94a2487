/**
 * The package as it would be published: packed once, checked by publint and attw, unpacked into a folder of
 * its own, and every export imported and required from there.
 */
import { execFile } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publint } from 'publint'
import { notBuilt, PACKAGE, ROOT } from './built.ts'

const run = promisify(execFile)
const reason = notBuilt()
let folder = ''
let tarball = ''
let unpacked = ''

beforeAll(async () => {
  if (reason !== undefined) return
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'scope-policy-packed-')))
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT })
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
  const modules = join(folder, 'node_modules')
  unpacked = join(modules, 'scope-policy')
  mkdirSync(unpacked, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])
  for (const name of Object.keys(PACKAGE.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir')
  }
})

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

/** What a program prints; a program that fails fails the test with what it says. */
async function output(file: string, ...args: readonly string[]): Promise<string> {
  const { stdout, failure } = await run(process.execPath, [file, ...args], { cwd: folder }).then(
    ({ stdout }) => ({ stdout, failure: '' }),
    (error: unknown) => ({ stdout: '', failure: describeFailure(error) }),
  )
  expect(failure).toBe('')
  return stdout
}

/** Without the lines of a stack, which lead into a folder that will be gone. */
function describeFailure(error: unknown): string {
  const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
  return `${stdout}${stderr}`.replaceAll(/^ {4}at .*$/gm, '')
}

/** What a program prints as JSON: lists by name. */
async function namesOf(file: string, program: string): Promise<Record<string, string[]>> {
  writeFileSync(join(folder, file), program)
  return JSON.parse(await output(join(folder, file))) as Record<string, string[]>
}

const subpaths = Object.entries(PACKAGE.exports).map(([name, target]) => ({
  specifier: `scope-policy${name.slice(1)}`,
  isJson: typeof target === 'string',
}))

describe('the packed package', () => {
  test('has no problem that publint --strict knows', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const { messages } = await publint({ pkgDir: unpacked, strict: true, pack: false })
    expect(messages).toEqual([])
  })

  test('has no problem of types that attw knows', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    const ignored = await output(attw, tarball, '--profile', 'node16', '--no-color', '--no-emoji')
    expect(ignored).toContain('scope-policy')
  })

  test('has the files that its exports and its command name, and no sources or tests', ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    const named = Object.values(PACKAGE.exports).flatMap((target) =>
      typeof target === 'string'
        ? [target]
        : [...Object.values(target.import), ...Object.values(target.require)],
    )
    for (const file of [...named, ...Object.values(PACKAGE.bin)])
      expect(files).toContain(file.replace('./', ''))
    const inner = files.filter((file) => /^(?:src|test|bench|examples|node_modules)\b|\.test\./.test(file))
    // The vectors are for ports to other languages.
    const shipped =
      /^(?:test(?:\/vectors(?:\/vectors\.json)?)?|examples(?:\/consent(?:\/[\w-]+\.(?:tsx?|yaml))?|\/gateways(?:\/[\w.-]+)?)?)$/
    expect(inner.filter((file) => !shipped.test(file))).toEqual([])
    for (const recipe of ['oidc-provider.ts', 'hydra.ts', 'react.tsx']) {
      expect(files).toContain(`examples/consent/${recipe}`)
    }
    for (const gateway of ['nginx.conf', 'Caddyfile', 'haproxy.cfg', 'envoy.yaml'])
      expect(files).toContain(`examples/gateways/${gateway}`)
    expect(files).toContain('LICENSE')
  })

  test('has a command that node can run', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const file = join(unpacked, PACKAGE.bin['scope-policy'] ?? '')
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect((await output(file, '--version')).trim()).toBe(PACKAGE.version)
  })

  test('gives the same names to import and to require, for every export', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const imported = await namesOf(
      'esm.mjs',
      `const names = {}
      ${subpaths
        .map(({ specifier, isJson }) => {
          const attributes = isJson ? ", { with: { type: 'json' } }" : ''
          const value = isJson ? '.default' : ''
          return `names['${specifier}'] = Object.keys((await import('${specifier}'${attributes}))${value}).sort()`
        })
        .join('\n')}
      console.log(JSON.stringify(names))`,
    )
    const required = await namesOf(
      'cjs.cjs',
      `const names = {}
      ${subpaths.map(({ specifier }) => `names['${specifier}'] = Object.keys(require('${specifier}')).sort()`).join('\n')}
      console.log(JSON.stringify(names))`,
    )
    expect(Object.keys(imported)).toEqual(subpaths.map(({ specifier }) => specifier))
    expect(required).toEqual(imported)
    for (const names of Object.values(imported)) expect(names.length).toBeGreaterThan(0)
    expect(imported['scope-policy']).toEqual(['PolicyError', 'loadPolicy', 'parsePolicy'])
  })

  test('decides from ESM and from CommonJS, and errors of both have the same code', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const program = `
      const { authorize } = loadPolicy('s: {label: x, endpoints: [a/*]}')
      let code
      try { loadPolicy('[') } catch (error) { code = error.code }
      console.log(JSON.stringify({ allowed: [authorize('s', 'GET', '/a/b'), authorize('s', 'GET', '/b')].map(String), code: [code] }))`
    const expected = { allowed: ['true', 'false'], code: ['ERR_INVALID_POLICY'] }
    expect(await namesOf('decide.mjs', `import { loadPolicy } from 'scope-policy'\n${program}`)).toEqual(
      expected,
    )
    expect(await namesOf('decide.cjs', `const { loadPolicy } = require('scope-policy')\n${program}`)).toEqual(
      expected,
    )
  })

  test('keeps everything else to itself', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const program = `
      const refused = {}
      for (const name of ['scope-policy/dist/index.js', 'scope-policy/cli', 'scope-policy/src/index.ts']) {
        try { await import(name) } catch (error) { refused[name] = [error.code] }
      }
      console.log(JSON.stringify(refused))`
    expect(Object.values(await namesOf('closed.mjs', program)).flat()).toEqual(
      Array(3).fill('ERR_PACKAGE_PATH_NOT_EXPORTED'),
    )
  })
})
