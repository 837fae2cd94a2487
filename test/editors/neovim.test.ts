/**
 * A real Neovim with its own client of the protocol and the configuration of the page on editors, without a screen.
 * Skipped where there is no `nvim` on the PATH.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

function versionOf(): readonly [major: number, minor: number] | undefined {
  const { stdout, error } = spawnSync('nvim', ['--version'], { encoding: 'utf8' })
  const found = error === undefined ? /v(\d+)\.(\d+)/.exec(stdout) : null
  return found === null ? undefined : [Number(found[1]), Number(found[2])]
}

const version = versionOf()
if (version === undefined)
  console.warn('test/editors/neovim.test.ts is skipped: there is no nvim on the PATH')
const isNew = version !== undefined && (version[0] > 0 || version[1] >= 11)

/** The configuration that the page gives for this version. */
function documented(): string {
  const page = readFileSync(join(ROOT, 'docs/how-to/editors.md'), 'utf8')
  const heading = isNew ? '## Neovim (0.11 or newer)' : '## Neovim before 0.11'
  const section = page.slice(page.indexOf(heading))
  return /^```lua\n(.*?)^```$/ms.exec(section)?.[1] ?? expect.fail(`the page has no code below ${heading}`)
}

/** Waits for findings, fixes the first one that has a fix, and prints what an editor shows. */
const SESSION = `
local buffer = vim.api.nvim_get_current_buf()
local function clients()
  return vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or vim.lsp.buf_get_clients(buffer)
end
local function has(code)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    local lsp = found.user_data and found.user_data.lsp or {}
    if (found.code or lsp.code) == code then return true end
  end
  return false
end
local function await(what, ready)
  if not vim.wait(20000, ready, 20) then
    io.stderr:write('no ' .. what)
    vim.cmd('cquit')
  end
end
await('client', function() return next(clients()) ~= nil end)
await('finding', function() return has('method-case') end)
local seen = {}
for _, found in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(seen, { line = found.lnum + 1, message = found.message, source = found.source })
end
local params = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = 3, character = 8 } }
local hover
for _, answer in pairs(vim.lsp.buf_request_sync(buffer, 'textDocument/hover', params, 20000) or {}) do
  hover = answer.result
end
vim.api.nvim_buf_set_lines(buffer, 3, 4, false, { '    - workers/me: GET' })
await('end of the finding', function() return not has('method-case') end)
io.stdout:write(vim.json and vim.json.encode({ seen = seen, hover = hover }) or vim.fn.json_encode({ seen = seen, hover = hover }))
vim.cmd('qall!')
`

describe.skipIf(version === undefined)('Neovim', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scope-policy-neovim-'))
    mkdirSync(join(folder, 'bin'))
    const command = join(folder, 'bin', 'scope-policy')
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}dist/cli.js" "$@"\n`)
    chmodSync(command, 0o755)
    writeFileSync(join(folder, 'init.lua'), documented())
    writeFileSync(join(folder, 'session.lua'), SESSION)
    const policy = 'profile:\n  label: Access your profile\n  endpoints:\n    - workers/me: get\n'
    writeFileSync(join(folder, 'scopes.yaml'), policy)
    mkdirSync(join(folder, '.git'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('shows findings and hover with the configuration of the page, and follows what is typed', () => {
    const args = ['--headless', '-n', '-u', 'init.lua', 'scopes.yaml', '-c', 'luafile session.lua']
    const printed = execFileSync('nvim', args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 50_000,
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: folder,
        XDG_STATE_HOME: folder,
      },
    })
    const { seen, hover } = JSON.parse(printed) as {
      readonly seen: readonly object[]
      readonly hover: unknown
    }
    expect(seen).toContainEqual({
      line: 4,
      source: 'scope-policy',
      message: expect.stringContaining('GET') as string,
    })
    expect(JSON.stringify(hover)).toContain('workers/me')
  })
})
