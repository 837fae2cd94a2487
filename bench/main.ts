/**
 * `npm run bench`: prepares, measures, prints the report, and, when everything was measured at full
 * length, leaves a record: JSON and Markdown in `records/`, the results in the README, the plots.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { HELP, readOptions } from './options.ts'
import { prepare } from './prepare.ts'
import { publish } from './publish.ts'
import { terminalReport } from './report/report.ts'
import { runBenchmark } from './run.ts'

const options = readOptions(process.argv.slice(2))
if (options.help) console.log(HELP)
else await main()

async function main(): Promise<void> {
  const started = performance.now()
  const tell = (text: string): void => {
    const seconds = Math.round((performance.now() - started) / 1000)
    process.stderr.write(`${String(seconds).padStart(4)} s  ${text}\n`)
  }
  prepare(options.built, tell)
  const record = await runBenchmark(options, tell)
  console.log(terminalReport(record))

  const folder = new URL(options.complete ? 'records/' : '.cache/', import.meta.url)
  const name = options.complete ? `${record.date}-${record.machine.name}` : 'last'
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(record, null, 1)}\n`)
  if (options.complete) publish(record, name)
  tell(`written to bench/${options.complete ? 'records' : '.cache'}/${name}.json`)

  // Speed means nothing without right answers: ours have to be all right.
  const own = [...record.pairings, ...record.styles].filter(({ contestant }) => contestant.startsWith('ours'))
  for (const { size, style, answers } of own) {
    if (answers.example === undefined) continue
    console.error(`wrong answer at ${size}, ${style}: ${answers.example}`)
    process.exitCode = 1
  }
}
