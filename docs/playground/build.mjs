/**
 * Builds the playground into one file that needs nothing else: `dist/playground.html`.
 *
 * The policy of the page names its script by hash and allows no connection, so that nothing of a document can
 * leave it, whatever the code does.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { slim } from './slim.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

const bundle = await rolldown({
  input: here('main.ts'),
  platform: 'browser',
  plugins: [slim],
  treeshake: { moduleSideEffects: false, propertyReadSideEffects: false, unknownGlobalSideEffects: false },
  // A missing package would end as a page that does nothing.
  onLog(level, log) {
    if (level !== 'debug' && level !== 'info') throw new Error(log.message)
  },
  // The preview names its language exactly: nothing is negotiated.
  resolve: {
    alias: {
      '@formatjs/intl-localematcher': here('no-negotiation.ts'),
      negotiator: here('no-negotiation.ts'),
    },
  },
})
const { output } = await bundle.generate({
  format: 'iife',
  minify: true,
  comments: { annotation: false, jsdoc: false },
})
const script = `\n${output[0].code.trim().replaceAll('</script', '<\\/script')}\n`
const csp = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  // The editor and the page of the preview bring their styles along.
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ')
/** Without the indentation. */
const read = (name) => readFileSync(here(name), 'utf8').replace(/\n\s+/g, '\n')
const style = read('style.css').replace(/\/\*[^]*?\*\/\n?/g, '')
const page = read('page.html')
  .replace('%CSP%', csp)
  .replace('%STYLE%', () => style)
  .replace(/<script>[^]*<\/script>/, () => `<script>${script}</script>`)
mkdirSync(here('../../dist'), { recursive: true })
writeFileSync(here('../../dist/playground.html'), page)
