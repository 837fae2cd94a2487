/**
 * The packaged extension in a real VS Code, by hand: opens a document with mistakes in Chromium, and fails unless
 * the editor underlines them. Not a part of `npm test`, because it needs a VS Code that is served to browsers, such
 * as code-server (`npm install --global code-server`), with the extension installed:
 *
 *     npm ci --prefix editors/vscode && npm run package --prefix editors/vscode
 *     code-server --install-extension editors/vscode/scope-policy.vsix
 *     code-server --auth none --bind-addr 127.0.0.1:9311
 *     node test/editors/in-vscode.ts http://127.0.0.1:9311 screenshot.png
 *
 * Where code-server cannot compile its native modules, those of any server of VS Code do: copy its `node_modules`
 * to `lib/vscode` of code-server with the same minor version, and start `lib/vscode/out/server-main.js` with
 * the `node` of that server and `--without-connection-token --accept-server-license-terms`.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { findChromium, launch } from '../consent/chromium.ts'

const DOCUMENT = `"profile":
  label: Access your profile information
  deny: x
  endpoints:
    - workers/me: get
"search":
  label: Search records on your behalf
  includes: [profle]
  endpoints:
    - *: POTS
`
const CODES = ['unknown-field', 'unknown-scope', 'unquoted-star', 'unknown-method', 'method-case']

const [address, screenshot] = process.argv.slice(2)
const chromium = findChromium()
if (address === undefined || chromium === undefined)
  throw new Error('usage: node test/editors/in-vscode.ts ADDRESS [SCREENSHOT], with Chromium on the PATH')
const folder = mkdtempSync(join(tmpdir(), 'scope-policy-in-vscode-'))
writeFileSync(join(folder, 'scopes.yaml'), DOCUMENT)
const browser = await launch(chromium)
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(120_000)
  await page.goto(`${address}/?folder=${folder}`)
  const trust = page.getByRole('button', { name: 'Yes, I trust' })
  await page.addLocatorHandler(trust, () => trust.click())
  await page.getByText('scopes.yaml').first().dblclick()
  await page.locator('.squiggly-error').first().waitFor()
  await page.keyboard.press('Control+Shift+m')
  const problems = page.locator('.markers-panel')
  await problems.getByText('method-case').waitFor()
  if (screenshot !== undefined) await page.screenshot({ path: screenshot })
  const shown = await problems.innerText()
  const missing = CODES.filter((code) => !shown.includes(code))
  if (missing.length > 0) throw new Error(`VS Code does not show ${missing.join(', ')}`)
  console.log(`VS Code shows ${CODES.join(', ')}`)
} finally {
  await browser.close()
}
