import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/cli/io/replace-file.ts'
import {
  folderWith,
  CLEAN as GOOD,
  runCli,
  WITH_ERROR,
  CLEAN_WITH_WARNING as WITH_WARNING,
} from './run-cli.ts'

const STAR = 'all:\n  label: Do everything\n  endpoints:\n    - *: get # all\n'
const STAR_FIXED = 'all:\n  label: Do everything\n  endpoints:\n    - "*": GET # all\n'
/** The rules about stars and labels are not what is tested here. */
const ONLY = ['--format', 'compact', '--rule', 'method-case=warning']

function content(cwd: string, name: string): string {
  return readFileSync(join(cwd, name), 'utf8')
}

describe('--fix', () => {
  test('writes the fixed files, says how many, and leaves the others alone', async () => {
    const cwd = folderWith({ 'a.yaml': STAR, 'b.yaml': WITH_WARNING, 'c.yaml': GOOD, 'd.yaml': WITH_ERROR })
    const untouched = statSync(join(cwd, 'c.yaml'))
    const { code, stdout, stderr } = await runCli(['lint', '.', '--fix', ...ONLY], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^d\.yaml:4:19: error: [^\n]* \[unknown-method\]\n/m)
    expect(stderr).toBe('fixed 3 problems in 2 files\n')
    expect(content(cwd, 'a.yaml')).toBe(STAR_FIXED)
    expect(content(cwd, 'b.yaml')).toBe(GOOD)
    expect(content(cwd, 'd.yaml')).toBe(WITH_ERROR)
    const { ino, mtimeMs } = statSync(join(cwd, 'c.yaml'))
    expect({ ino, mtimeMs }).toEqual({ ino: untouched.ino, mtimeMs: untouched.mtimeMs })
    expect(readdirSync(cwd)).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'])
  })

  test('exits by what is left', async () => {
    const cwd = folderWith({ 'b.yaml': WITH_WARNING })
    expect((await runCli(['lint', 'b.yaml', '--fix', '--max-warnings', '0'], { cwd })).code).toBe(0)
    expect((await runCli(['lint', 'b.yaml', '--fix'], { cwd })).stderr).toBe('')
  })

  test('keeps mode, byte order mark and line ends', async () => {
    const text = `\ufeff${WITH_WARNING.replaceAll('\n', '\r\n')}`
    const cwd = folderWith({ 'a.yaml': text })
    chmodSync(join(cwd, 'a.yaml'), 0o640)
    await runCli(['lint', 'a.yaml', '--fix'], { cwd })
    expect(content(cwd, 'a.yaml')).toBe(`\ufeff${GOOD.replaceAll('\n', '\r\n')}`)
    expect(statSync(join(cwd, 'a.yaml')).mode & 0o777).toBe(0o640)
  })

  test('does not write through a symbolic link', async () => {
    const cwd = folderWith({ 'real/a.yaml': WITH_WARNING })
    symlinkSync(join(cwd, 'real/a.yaml'), join(cwd, 'link.yaml'))
    const { code, stdout, stderr } = await runCli(['lint', 'link.yaml', '--fix', '--format', 'compact'], {
      cwd,
    })
    expect(code).toBe(2)
    expect(stdout).toContain('[method-case]')
    expect(stderr).toBe('error: `link.yaml` cannot be written: it is a symbolic link\n')
    expect(content(cwd, 'real/a.yaml')).toBe(WITH_WARNING)
    expect(readlinkSync(join(cwd, 'link.yaml'))).toBe(join(cwd, 'real/a.yaml'))
  })

  test('is applied to what is configured, not to what is suppressed', async () => {
    const suppressed = WITH_WARNING.replace(
      '    - workers',
      '    # scope-policy-disable-next-line method-case -- x\n    - workers',
    )
    const cwd = folderWith({ 'a.yaml': WITH_WARNING, 'b.yaml': suppressed })
    await runCli(['lint', '.', '--fix', '--rule', 'method-case=off'], { cwd })
    expect(content(cwd, 'a.yaml')).toBe(WITH_WARNING)
    await runCli(['lint', '.', '--fix'], { cwd })
    expect(content(cwd, 'b.yaml')).toBe(suppressed)
  })
})

describe('replacing a file', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

  test('is refused when it has changed since it was read', async () => {
    const cwd = folderWith({ 'a.yaml': 'newer' })
    await expect(replaceFile(join(cwd, 'a.yaml'), bytes('older'), bytes('fixed'))).rejects.toThrow(
      'it has changed since it was read',
    )
    expect(content(cwd, 'a.yaml')).toBe('newer')
    expect(readdirSync(cwd)).toEqual(['a.yaml'])
  })

  test('makes a new file, so that whoever reads the old one reads it to its end', async () => {
    const cwd = folderWith({ 'a.yaml': 'old' })
    const before = statSync(join(cwd, 'a.yaml'))
    await replaceFile(join(cwd, 'a.yaml'), bytes('old'), bytes('new'))
    expect(content(cwd, 'a.yaml')).toBe('new')
    expect(statSync(join(cwd, 'a.yaml')).ino).not.toBe(before.ino)
    expect(statSync(join(cwd, 'a.yaml')).uid).toBe(before.uid)
    expect(readdirSync(cwd)).toEqual(['a.yaml'])
  })

  test.each([
    ['a folder', '.', 'it is not a file'],
    ['nothing', 'no.yaml', 'it does not exist'],
  ])('is refused where there is %s', async (_, name, message) => {
    await expect(replaceFile(join(folderWith({}), name), bytes(''), bytes('x'))).rejects.toThrow(message)
  })

  test('is refused where a link has taken its place', async () => {
    const cwd = folderWith({ 'b.yaml': 'old' })
    symlinkSync('b.yaml', join(cwd, 'a.yaml'))
    await expect(replaceFile(join(cwd, 'a.yaml'), bytes('old'), bytes('new'))).rejects.toThrow(
      'it is a symbolic link',
    )
    expect(lstatSync(join(cwd, 'a.yaml')).isSymbolicLink()).toBe(true)
  })

  test.skipIf(process.getuid?.() === 0)('is refused where it is read-only', async () => {
    const cwd = folderWith({ 'a.yaml': 'old' })
    chmodSync(join(cwd, 'a.yaml'), 0o444)
    await expect(replaceFile(join(cwd, 'a.yaml'), bytes('old'), bytes('new'))).rejects.toThrow(
      'permission denied',
    )
    expect(content(cwd, 'a.yaml')).toBe('old')
  })
})

describe('a file that one may write to but does not own', () => {
  const NOBODY = 65_534
  const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

  test.skipIf(process.getuid?.() !== 0)('is fixed in place and keeps its owner, group and mode', () => {
    for (const [owner, folderMode] of [
      [NOBODY, 0o755],
      [0, 0o755],
      [0, 0o1777],
    ] as const) {
      const cwd = folderWith({ 'd/g.yaml': WITH_WARNING })
      const [folder, file] = [join(cwd, 'd'), join(cwd, 'd/g.yaml')]
      chmodSync(cwd, 0o755)
      chownSync(folder, owner, NOBODY)
      chmodSync(folder, folderMode)
      chownSync(file, 0, NOBODY)
      chmodSync(file, 0o664)
      const options = { cwd: folder, uid: NOBODY, gid: NOBODY, encoding: 'utf8' } as const
      const { status, stderr } = spawnSync(process.execPath, [MAIN, 'lint', 'g.yaml', '--fix'], options)
      expect([status, stderr]).toEqual([0, 'fixed 1 problem in 1 file\n'])
      expect(content(folder, 'g.yaml')).toBe(GOOD)
      const { uid, gid, mode } = statSync(file)
      expect([uid, gid, mode & 0o7777]).toEqual([0, NOBODY, 0o664])
      expect(readdirSync(folder)).toEqual(['g.yaml'])
    }
  })
})

describe('--fix-dry-run', () => {
  test('prints the difference and writes nothing; findings go to standard error', async () => {
    const cwd = folderWith({ 'p/a.yaml': STAR, 'd.yaml': WITH_ERROR })
    const { code, stdout, stderr } = await runCli(['lint', '.', '--fix-dry-run', ...ONLY], { cwd })
    expect(code).toBe(1)
    expect(stdout).toBe(`--- p/a.yaml
+++ p/a.yaml
@@ -1,4 +1,4 @@
 all:
   label: Do everything
   endpoints:
-    - *: get # all
+    - "*": GET # all
`)
    expect(stderr).toMatch(/^would fix 2 problems in 1 file\nd\.yaml:4:19: error: /)
    expect(content(cwd, 'p/a.yaml')).toBe(STAR)
  })

  test('wins over --fix', async () => {
    const cwd = folderWith({ 'a.yaml': STAR })
    await runCli(['lint', '.', '--fix', '--fix-unsafe', '--fix-dry-run'], { cwd })
    expect(content(cwd, 'a.yaml')).toBe(STAR)
  })

  test('has colours on a terminal', async () => {
    const { stdout } = await runCli(['lint', '-', '--fix-dry-run', '--color'], { stdin: STAR })
    expect(stdout).toContain('\u001b[31m-    - *: get # all\u001b[39m\n')
    expect(stdout).toContain('\u001b[32m+    - "*": GET # all\u001b[39m\n')
  })

  test('cannot be made to command a terminal or a build server', async () => {
    const text = `# ::error::x ##[group]\n::error::y:\n  label: '##vso[x]'\n  endpoints:\n    - b: get\n`
    const { stdout } = await runCli(['lint', '-', '--fix-dry-run'], { stdin: text })
    expect(stdout).toContain('+    - b: GET')
    expect(stdout).not.toMatch(/^[-+ ]?\s*::|##\[|##vso\[/m)
  })
})

describe('--stdin --fix', () => {
  test('prints the fixed text alone; findings go to standard error', async () => {
    const text = STAR.replace('Do everything', 'all')
    const { code, stdout, stderr } = await runCli(['lint', '--stdin', '--fix', '--format', 'compact'], {
      stdin: text,
    })
    expect([code, stdout]).toEqual([0, STAR_FIXED.replace('Do everything', 'all')])
    expect(stderr).toMatch(/^fixed 2 problems in 1 file\n<stdin>:2:10: warning: [^\n]* \[label-is-name\]\n/)
  })

  test.each([
    ['nothing is to be fixed', GOOD, 0],
    ['it has errors', WITH_ERROR, 1],
    ['it is empty', '', 1],
    ['it has a bidirectional control', `${WITH_WARNING}# \u202e\n`, 1],
    ['it has CR LF and a byte order mark', `\ufeff${GOOD.replaceAll('\n', '\r\n')}`, 0],
  ])('hands on the text as it is where %s', async (_, text, code) => {
    expect(await runCli(['lint', '-', '--fix'], { stdin: text })).toMatchObject({ code, stdout: text })
  })

  test('hands on an ignored text as it is', async () => {
    const cwd = folderWith({ '.scope-policyrc.yaml': 'ignore: v.yaml\n' })
    const argv = ['lint', '--stdin', '--stdin-filename', 'v.yaml', '--fix']
    expect(await runCli(argv, { cwd, stdin: STAR })).toMatchObject({ code: 0, stdout: STAR })
  })

  test('prints nothing in the place of what is not UTF-8', async () => {
    const stdin = Buffer.from('caf\u00e9', 'latin1')
    const { code, stdout, stderr } = await runCli(['lint', '-', '--fix'], { stdin })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: `<stdin>` cannot be handed on: it is not UTF-8\n/)
    expect(stderr).toContain('[invalid-utf8]')
  })

  test('prints nothing in the place of what is too large to be read', async () => {
    const stdin = Buffer.alloc(17 * 1024 * 1024, 0x23)
    const { code, stdout, stderr } = await runCli(['lint', '-', '--fix'], { stdin })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^error: `<stdin>` is too large: it has more than 16,777,216 bytes, and the limit is /,
    )
  })
})

test('people at a terminal are told what could be fixed', async () => {
  const cwd = folderWith({ 'a.yaml': WITH_WARNING })
  expect((await runCli(['lint', '.'], { cwd, isTTY: true })).stderr).toBe(
    'note: 1 of them can be fixed with --fix\n',
  )
  expect((await runCli(['lint', '.'], { cwd })).stderr).toBe('')
})

describe('a hostile file ends as an error and stays byte for byte', () => {
  const bomb = [
    'a: &a [x]',
    ...Array.from(
      { length: 30 },
      (_, at) => `k${at}: &k${at} [*${at === 0 ? 'a' : `k${at - 1}`}, *${at === 0 ? 'a' : `k${at - 1}`}, *b]`,
    ),
  ]
  test.each<[string, string | Uint8Array]>([
    ['an alias bomb', `${bomb.join('\n')}\n`],
    ['nesting in brackets', `a: ${'['.repeat(100_000)}*`],
    ['nesting in braces', `a: ${'{b: '.repeat(100_000)}*`],
    ['nesting by indentation', Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
    ['a line of ten megabytes', `a:\n  label: ${'x'.repeat(10_000_000)}\n  endpoints: [b]\n  deny: 1\n`],
    ['a comment of nine megabytes', `a: 1 # scope-policy-disable-next-line ${'x, '.repeat(3_000_000)}\n`],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(STAR), Buffer.from([0xff, 0xfe, 0x80])])],
    ['UTF-16', Buffer.from(`\ufeff${STAR}`, 'utf16le')],
    ['a NUL', `${STAR}\0`],
    ['bidirectional controls', STAR.replace('# all', '# \u202e\u2066all')],
    ['a carriage return alone', 'a: 1\rb'],
    ['17 mebibytes', `${STAR}#${' '.repeat(17 * 1024 * 1024)}`],
  ])(
    '%s',
    async (_, content) => {
      const cwd = folderWith({ 'a.yaml': content })
      const { code, stderr } = await runCli(['lint', 'a.yaml', '--fix', '--fix-unsafe'], { cwd })
      expect(code).toBe(1)
      expect(stderr).not.toContain('fixed')
      expect(readFileSync(join(cwd, 'a.yaml')).equals(Buffer.from(content))).toBe(true)
      expect(readdirSync(cwd)).toEqual(['a.yaml'])
    },
    20_000,
  )

  test('also when it is written while it is read', async () => {
    const cwd = folderWith({ 'a.yaml': STAR })
    const running = runCli(['lint', 'a.yaml', '--fix'], { cwd })
    writeFileSync(join(cwd, 'a.yaml'), `${STAR}# mine\n`)
    await running
    expect(content(cwd, 'a.yaml')).toContain('# mine')
  })
})
