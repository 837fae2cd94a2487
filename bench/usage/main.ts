/**
 * What `scope-policy usage` costs for a log of nginx, beside `wc -l` and a plain regular expression over each
 * line in Node: time of the processor, which other programs disturb less, and the largest memory.
 *
 *     npm run build && node bench/usage/main.ts [MiB]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from './generate.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const BASELINE = fileURLToPath(new URL('baseline.ts', import.meta.url))
const ROUNDS = 3

const folder = mkdtempSync(join(tmpdir(), 'scope-policy-bench-'))
const megabytes = Number(process.argv[2] ?? 256)
const { log, policy } = await generate(folder, megabytes * 1024 * 1024)

interface Cost {
  /** Of the processor, user and system. */
  readonly seconds: number
  /** The largest resident set, in MiB. */
  readonly memory: number
}

function measure(command: string, args: readonly string[]): Cost {
  const times = join(folder, 'times')
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S %M', '-o', times, command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  const [user = NaN, system = NaN, kilobytes = NaN] = readFileSync(times, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
  return { seconds: user + system, memory: kilobytes / 1024 }
}

const contestants = {
  'wc -l': ['wc', ['-l', log]],
  'regular expression': [process.execPath, [BASELINE, log]],
  'scope-policy usage': [process.execPath, [CLI, 'usage', policy, log, '--format', 'json']],
} as const

const best = new Map<string, Cost>()
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, [command, args]] of Object.entries(contestants)) {
    const cost = measure(command, args)
    const known = best.get(name)
    best.set(name, {
      seconds: Math.min(cost.seconds, known?.seconds ?? Infinity),
      memory: Math.max(cost.memory, known?.memory ?? 0),
    })
  }
}
console.log(`${megabytes} MiB, best of ${ROUNDS} rounds`)
for (const [name, { seconds, memory }] of best)
  console.log(`${name.padEnd(20)} ${seconds.toFixed(2).padStart(6)} s ${memory.toFixed(0).padStart(5)} MiB`)
const [lines = 0, expression = 0, ours = 0] = [...best.values()].map(({ seconds }) => seconds)
console.log(`ratio ${(ours / (lines + expression)).toFixed(2)}, at most 2; memory at most 150 MiB`)
rmSync(folder, { recursive: true, force: true })
