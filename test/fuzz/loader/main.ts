/**
 * Feeds the loader, the linter and the path rules with bytes, guided by coverage; see ../README.md. Exits 1
 * when something is wrong, 2 on arguments that cannot be read.
 */
import { parseArgs } from 'node:util'
import { saveRegression } from '../regressions.ts'
import { startCoverage } from './coverage.ts'
import { runLoop } from './loop.ts'
import { TARGETS } from './targets.ts'

const USAGE =
  'usage: node test/fuzz/loader/main.ts source|lint|path [--seconds N] [--seed S] [--inputs N] [--suite FILE]'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    inputs: { type: 'string', default: 'Infinity' },
    suite: { type: 'string' },
  },
})
const [name = ''] = positionals
const target = TARGETS[name]
const numbers = [values.seconds, values.seed, values.inputs].map(Number)
if (target === undefined || positionals.length !== 1 || numbers.some((one) => !(one >= 0))) {
  console.error(USAGE)
  process.exit(2)
}

const [seconds = 0, seed = 0, inputs = 0] = numbers
const start = performance.now()
const { suite } = values
const coverage = startCoverage('/src/')
const bounds = { seed, inputs, until: Date.now() + seconds * 1000, suite }
const result = runLoop(target, coverage, bounds, (done, kept, blocks) => {
  const line = `${name}: ${done} inputs, ${kept} kept, ${blocks} blocks`
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
})
coverage.stop()
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')

const took = (performance.now() - start) / 1000
console.log(
  `${name}, seed ${seed}: ${result.inputs} inputs in ${took.toFixed(0)} s, ${result.kept} kept for ${result.blocks} blocks, ${result.crashes.length} problems`,
)
for (const { what, bytes } of result.crashes) {
  const base64 = Buffer.from(bytes).toString('base64')
  const text = new TextDecoder().decode(bytes)
  const input = { base64, text }
  const saved = saveRegression({
    kind: name,
    check: what,
    detail: text.slice(0, 200),
    found: `seed ${seed}`,
    input,
  })
  console.log(
    `\n${what}\n${JSON.stringify(text)}\n${saved.isNew ? 'saved as' : 'known as'} test/regressions/${saved.name}`,
  )
}
process.exitCode = result.crashes.length > 0 ? 1 : 0
