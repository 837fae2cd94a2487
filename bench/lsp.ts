/**
 * From a keystroke to its diagnostics, as an editor sees it: over the protocol, in the built command.
 *
 *     npm run build && node bench/lsp.ts [endpoints]
 *
 * Prints the median and the slowest of 50 keystrokes until the first diagnostics (those of the loader) and
 * until those of the rules, which follow a pause in typing of 150 ms.
 */
import process from 'node:process'
import { startEditor } from '../test/lsp/client.ts'

const endpoints = Number(process.argv[2] ?? 2000)
const KEYSTROKES = 50

function documentOf(count: number, typed: string): string {
  const scopes = Array.from({ length: Math.ceil(count / 20) }, (_, scope) => {
    const lines = Array.from(
      { length: 20 },
      (_, at) => `    - group${scope}/things${at}/*/details: [GET, POST]`,
    )
    return `"group${scope}:use":\n  label: Use the things of group ${scope}${scope === 0 ? typed : ''}\n  endpoints:\n${lines.join('\n')}`
  })
  return `${scopes.join('\n')}\nbroken:\n  label: Break it\n  deny: x\n  endpoints: []\n`
}

const editor = await startEditor(process.cwd())
const uri = 'file:///bench.scopes.yaml'
const opened = editor.next(uri)
await editor.open(uri, documentOf(endpoints, ''))
await opened
const first: number[] = []
for (let version = 2; version < KEYSTROKES + 2; version++) {
  const answered = editor.next(uri)
  const text = documentOf(endpoints, ' x'.repeat(version % 20))
  const started = performance.now()
  await editor.change(uri, version, text)
  const found = await answered
  first.push(performance.now() - started)
  if (found[0]?.code !== 'unknown-field') throw new Error('the finding is missing')
}
first.sort((a, b) => a - b)
console.log(
  `${endpoints} endpoints: diagnostics ${first[KEYSTROKES / 2]?.toFixed(1)} ms after a keystroke, at most ${first.at(-1)?.toFixed(1)} ms`,
)

const whole = editor.next(uri, (found) => found.some(({ code }) => code === 'route-parameter'))
const started = performance.now()
await editor.change(
  uri,
  KEYSTROKES + 2,
  documentOf(endpoints, '').replace('  deny: x\n  endpoints: []', '  endpoints: ["x/:id"]'),
)
await whole
console.log(`with all rules, the pause included: ${(performance.now() - started).toFixed(0)} ms`)
await editor.stop()
