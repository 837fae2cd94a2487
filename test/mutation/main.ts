/**
 * Mutation testing: does a test notice when a line that decides is wrong? See README.md beside this file.
 *
 *     npm run test:mutation                          # every file, some forty minutes
 *     npm run test:mutation -- pattern/canonical     # one file or folder
 *     npm run test:mutation -- --report              # only the table and what is unexplained, of earlier runs
 *
 * Exits 0 when at least {@link LEAST} % of the mutants are found and the others are explained in
 * `explained.ts`, 1 when not, 2 on a name that is none.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mutatedFiles } from './files.ts'
import { readReport } from './read-report.ts'
import { printReport, scoreOf, unexplainedOf } from './report.ts'

const LEAST = 95

const HERE = fileURLToPath(new URL('./', import.meta.url))
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const STRYKER = `${HERE}node_modules/@stryker-mutator/core/bin/stryker.js`

const args = process.argv.slice(2)
const reportOnly = args[0] === '--report'
const names = reportOnly ? args.slice(1) : args
const chosen = mutatedFiles().filter(
  (file) => names.length === 0 || names.some((name) => file === name || file.startsWith(`${name}/`)),
)
if (chosen.length === 0) {
  console.error(`\`${names.join(' ')}\` is no file of these: ${mutatedFiles().join(', ')}`)
  process.exit(2)
}

if (!reportOnly) {
  if (!existsSync(STRYKER)) run('npm', ['ci', '--no-audit', '--no-fund'], HERE)
  for (const file of chosen) run(process.execPath, [STRYKER, 'run', `${HERE}stryker.config.js`], ROOT, file)
}
const results = chosen.map((file) => readReport(ROOT, file)).filter((result) => result !== undefined)
console.log(printReport(results))
const unexplained = results.some((result) => unexplainedOf(result).length > 0)
if (scoreOf(results) < LEAST || unexplained || results.length < chosen.length) process.exitCode = 1

function run(command: string, args: readonly string[], cwd: string, file = ''): void {
  const { status } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, MUTATED: file },
    // Stryker's own progress goes where it disturbs nobody who reads the table.
    stdio: ['ignore', process.stderr.isTTY ? process.stderr : 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`${command} ended with ${status}`)
}
