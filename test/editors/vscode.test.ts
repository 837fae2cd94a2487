/** The VS Code extension as it is packaged: what the file holds, and that its own server answers. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startEditor } from '../lsp/client.ts'

const EXTENSION = fileURLToPath(new URL('../../editors/vscode', import.meta.url))
const isInstalled = existsSync(join(EXTENSION, 'node_modules', '@vscode', 'vsce'))
if (!isInstalled)
  console.log('test/editors/vscode.test.ts is skipped: run `npm ci --prefix editors/vscode` to include it')

describe.skipIf(!isInstalled)('the VS Code extension', () => {
  test('is packaged with its server, which reports as `lint` does and runs without the package', async () => {
    execFileSync('npm', ['run', 'package', '--silent'], { cwd: EXTENSION, stdio: 'pipe' })
    const vsix = readFileSync(join(EXTENSION, 'scope-policy.vsix')).toString('latin1')
    for (const name of ['extension/dist/extension.js', 'extension/dist/server.mjs', 'extension/package.json'])
      expect(vsix).toContain(name)
    expect(vsix).not.toContain('node_modules')

    const folder = mkdtempSync(join(tmpdir(), 'scope-policy-vscode-'))
    const editor = await startEditor(folder, join(EXTENSION, 'dist', 'server.mjs'), [
      '--stdio',
      `--clientProcessId=${process.pid}`,
    ])
    const found = editor.next('file:///scopes.yaml')
    await editor.open('file:///scopes.yaml', 'a:\n  label: Read it\n  deny: x\n  endpoints: []\n')
    expect((await found).map(({ code }) => code)).toContain('unknown-field')
    expect(await editor.stop()).toBe(0)
  })

  test('has the version of the package', () => {
    const versionIn = (folder: string): unknown =>
      (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: unknown }).version
    expect(versionIn(EXTENSION)).toBe(versionIn(join(EXTENSION, '..', '..')))
  })
})
