/**
 * What loading and comparing cost at most, in processor time and memory, each in a new process:
 * `node bench/resources/commands.ts`. Fails where a case takes more than its bound.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadAverage, machineOf } from '../machine.ts'
import { type CommandWorkload, COMMAND_WORKLOADS } from './command-workloads.ts'

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
/** Reports what the process has used as the last line of standard error. */
const REPORT = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  process.stderr.write('\\n' + JSON.stringify([userCPUTime + systemCPUTime, maxRSS]))
})`
const HOOK = `data:text/javascript,${encodeURIComponent(REPORT)}`

const failures: string[] = []

function measure({
  name,
  files,
  argumentsOf,
  seconds,
  mebibytes,
  mayBeUndecided = false,
}: CommandWorkload): string {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-resources-'))
  try {
    for (const [file, text] of Object.entries(files())) writeFileSync(join(folder, file), text)
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', HOOK, CLI, ...argumentsOf], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    const [, microseconds, kilobytes] = /\n\[([\d.]+),(\d+)\]$/.exec(stderr.trimEnd()) ?? []
    if (microseconds === undefined || kilobytes === undefined) {
      failures.push(`${name}: ended without a report: ${stderr.trim().slice(-500)}`)
      return `| ${name} | | | ${status ?? ''} | crashed |`
    }
    const spent = Number(microseconds) / 1e6
    const held = Number(kilobytes) / 1024
    if (spent > seconds) failures.push(`${name}: ${spent.toFixed(1)} s, more than ${seconds}`)
    if (held > mebibytes) failures.push(`${name}: ${held.toFixed(0)} MiB, more than ${mebibytes}`)
    if (stdout.includes('undecided') && !mayBeUndecided) failures.push(`${name}: not everything was decided`)
    const [headline = ''] = stdout.split('\n')
    return `| ${name} | ${spent.toFixed(1)} s | ${held.toFixed(0)} MiB | ${status ?? ''} | ${headline.replace(/^.*: /, '')} |`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const machine = machineOf(loadAverage())
console.log(
  `Node ${machine.node} on ${machine.platform}; ${machine.processor}, ${machine.cores} cores; load average ${machine.loadBefore.toFixed(1)}.\n`,
)
console.log('| case | processor time | memory | exit code | result |\n|---|---:|---:|---:|---|')
for (const workload of COMMAND_WORKLOADS) console.log(measure(workload))
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
