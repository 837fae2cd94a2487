/**
 * From a keystroke to its diagnostics, as an editor sees it: over the protocol, in the built command.
 *
 *     npm run build && node bench/lsp.ts [endpoints]
 *
 * Prints the median and the slowest of 50 keystrokes until the first diagnostics (those of the loader), in the
 * first scope, in a scope in the middle that is not YAML while it is typed, and after a quote that nothing
 * closes, which makes the whole document be parsed; and until those of the rules, which follow a pause in
 * typing of 150 ms.
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
let version = 1
const text = documentOf(endpoints, '')
const middle = text.indexOf('\n"', text.length / 2) + 1
await measure('in the first scope', (typed) => documentOf(endpoints, typed))
await measure('in broken YAML', (typed) => `${text.slice(0, middle)}new${typed}\n${text.slice(middle)}`)
await measure(
  'after an unclosed quote',
  (typed) => `${text.slice(0, middle)}"new${typed}\n${text.slice(middle)}`,
)

async function measure(where: string, textWith: (typed: string) => string): Promise<void> {
  const times: number[] = []
  for (let at = 1; at <= KEYSTROKES; at++) {
    version += 1
    const answered = editor.next(uri)
    const changed = textWith(' x'.repeat(at % 20))
    const started = performance.now()
    await editor.change(uri, version, changed)
    const found = await answered
    times.push(performance.now() - started)
    if (found.length === 0) throw new Error('the finding is missing')
  }
  times.sort((a, b) => a - b)
  console.log(
    `${endpoints} endpoints: diagnostics ${times[KEYSTROKES / 2]?.toFixed(1)} ms after a keystroke ${where}, at most ${times.at(-1)?.toFixed(1)} ms`,
  )
}

const whole = editor.next(uri, (found) => found.some(({ code }) => code === 'route-parameter'))
const started = performance.now()
await editor.change(
  uri,
  version + 1,
  documentOf(endpoints, '').replace('  deny: x\n  endpoints: []', '  endpoints: ["x/:id"]'),
)
await whole
console.log(`with all rules, the pause included: ${(performance.now() - started).toFixed(0)} ms`)
await editor.stop()
