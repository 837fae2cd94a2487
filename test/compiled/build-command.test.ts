import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fromCompiled, toDeclarations, toModule } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { folderWith, GOOD, runCli, WITH_ERROR, WITH_WARNING } from '../cli/run-cli.ts'

describe('scope-policy build', () => {
  test('writes the module and its types, and says so in one line', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD })
    const outcome = await runCli(['build', 'p.yaml', '-o', 'policy.js'], { cwd })
    expect(outcome).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^note: wrote `policy\.js` \([67]\.\d kB, [23]\.\d kB gzip\) and `policy\.d\.ts` \(\d\.\d kB, \d\.\d kB gzip\)\n$/,
      ) as string,
    })
    expect(readFileSync(join(cwd, 'policy.js'), 'utf8')).toBe(toModule(loadPolicy(GOOD)))
    expect(readFileSync(join(cwd, 'policy.d.ts'), 'utf8')).toBe(toDeclarations(loadPolicy(GOOD)))
    expect(readdirSync(cwd).sort()).toEqual(['p.yaml', 'policy.d.ts', 'policy.js'])
  })

  test('replaces what an earlier build wrote', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD, 'policy.js': 'old', 'policy.d.ts': 'old' })
    expect((await runCli(['build', 'p.yaml', '-o', 'policy.js'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'policy.js'), 'utf8')).not.toBe('old')
    expect(readFileSync(join(cwd, 'policy.d.ts'), 'utf8')).not.toBe('old')
  })

  test('names the types of a .mjs module .d.mts', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD })
    expect((await runCli(['build', 'p.yaml', '--output', 'policy.mjs'], { cwd })).code).toBe(0)
    expect(readdirSync(cwd).sort()).toEqual(['p.yaml', 'policy.d.mts', 'policy.mjs'])
  })

  test('writes data into a .json file', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD })
    expect((await runCli(['build', 'p.yaml', '-o', 'policy.json'], { cwd })).code).toBe(0)
    expect(readdirSync(cwd).sort()).toEqual(['p.yaml', 'policy.json'])
    const compiled = fromCompiled(readFileSync(join(cwd, 'policy.json'), 'utf8'))
    expect(compiled.authorize(['profile'], 'GET', '/workers/me')).toBe(true)
  })

  test('prints the module alone with -o -, and reads standard input with -', async () => {
    expect(await runCli(['build', '-', '-o', '-'], { stdin: GOOD })).toEqual({
      code: 0,
      stdout: toModule(loadPolicy(GOOD)),
      stderr: '',
    })
  })

  test('takes options that the document does not say', async () => {
    const { stdout } = await runCli(['build', '-', '-o', '-', '--preset', 'cerb'], { stdin: GOOD })
    expect(stdout).toBe(toModule(loadPolicy(GOOD, { preset: 'cerb' })))
  })

  test('shows what is wrong with a document and writes nothing', async () => {
    const cwd = folderWith({ 'p.yaml': WITH_ERROR, 'policy.js': 'old' })
    const { code, stdout, stderr } = await runCli(['build', 'p.yaml', '-o', 'policy.js'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('p.yaml:4:19: error: ')
    expect(stderr).toMatch(/\nerror: `p\.yaml` has an error and is not compiled\n$/)
    expect(readdirSync(cwd).sort()).toEqual(['p.yaml', 'policy.js'])
    expect(readFileSync(join(cwd, 'policy.js'), 'utf8')).toBe('old')
  })

  test('mentions warnings', async () => {
    const { code, stderr } = await runCli(['build', '-', '-o', '-'], { stdin: WITH_WARNING })
    expect([code, stderr]).toEqual([0, 'note: `<stdin>` has a warning; `scope-policy lint` shows it\n'])
  })

  test.each([
    ['a file of another kind', 'policy.ts', '`policy.ts` is no .js, .mjs or .json file'],
    ['a name that is only an ending', '.js', '`.js` is no .js, .mjs or .json file'],
    ['a folder that is not there', 'no/policy.js', '`no/policy.js` cannot be written: '],
    ['the document itself', 'p.json', 'the output would replace `p.json`, which is compiled'],
  ])('refuses %s', async (_, output, message) => {
    const cwd = folderWith({ 'p.json': JSON.stringify({ a: { label: 'a', endpoints: ['x'] } }) })
    const { code, stdout, stderr } = await runCli(['build', 'p.json', '-o', output], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: ${message}`)
    expect(readdirSync(cwd)).toEqual(['p.json'])
  })

  test('leaves a module alone whose types cannot be written', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD, 'policy.js': 'old', 'policy.d.ts/keep': '' })
    const { code, stderr } = await runCli(['build', 'p.yaml', '-o', 'policy.js'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('error: `policy.d.ts` cannot be written: ')
    expect(readFileSync(join(cwd, 'policy.js'), 'utf8')).toBe('old')
    expect(readdirSync(cwd).sort()).toEqual(['p.yaml', 'policy.d.ts', 'policy.js'])
  })

  test('wants to be told where to write', async () => {
    const cwd = folderWith({ 'p.yaml': GOOD })
    writeFileSync(join(cwd, 'q'), '')
    expect((await runCli(['build', 'p.yaml'], { cwd })).code).toBe(2)
  })
})
