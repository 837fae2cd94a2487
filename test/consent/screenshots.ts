/**
 * Takes the pictures of the README.
 *
 *     node test/consent/screenshots.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { consent, type PageOptions } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { findChromium, launch, show } from './chromium.ts'
import { smallPng } from './small-png.ts'

const FOLDER = new URL('../../examples/consent/', import.meta.url).pathname
const PAGE: PageOptions = {
  action: '/consent',
  client: { name: 'Budget Planner' },
  account: 'ana@example.com',
  redirectUri: 'https://budget.example/callback',
}
const PICTURES = [
  ['light', 'en', 'light'],
  ['dark', 'de', 'dark'],
  ['arabic', 'ar', 'light'],
] as const

const executable = findChromium()
if (executable === undefined) throw new Error('there is no chromium on the PATH')
const policy = loadPolicy(readFileSync(`${FOLDER}scopes.yaml`))
const browser = await launch(executable)
for (const [name, locale, colorScheme] of PICTURES) {
  const view = consent(policy, [...policy.scopes.keys()], { locale })
  const { page, close } = await show(browser, view, PAGE, {
    colorScheme,
    viewport: { width: 500, height: 400 },
  })
  writeFileSync(`${FOLDER}${name}.png`, await smallPng(page))
  await close()
}
await browser.close()
