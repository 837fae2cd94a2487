/**
 * The long form of `engines.test.ts`: policies of real permission tables, 100,000 decisions of each engine:
 *
 *     npx node test/export/engines-run.ts FOLDER [--engine cedar|opa|cerbos|envoy] [--only TABLE] [--requests N]
 *
 * FOLDER has the tables of `test/catalogs`. Prints one line for each engine and table, and exits 1 on any difference.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadPolicy } from '../../src/index.ts'
import { TARGETS } from '../../src/export/index.ts'
import { readCatalog, toYaml } from '../catalogs/catalog.ts'
import { compare, ENGINES, nativeCedar } from './engines.ts'
import { questionsOf } from './requests.ts'

const TABLES = ['microsoft-graph', 'okta', 'github-app-permissions', 'cerb_api']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', multiple: true, default: ENGINES.map(({ name }) => name) },
    only: { type: 'string', multiple: true, default: TABLES },
    requests: { type: 'string', default: '100000' },
  },
})
/** In milliseconds, of a process; Linux only. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const [user, system] = [fields[11], fields[12]].map(Number)
  return ((user ?? 0) + (system ?? 0)) * 10
}

function printable(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const [folder] = positionals
if (folder === undefined) {
  console.error('usage: node test/export/engines-run.ts FOLDER [--engine NAME] [--only TABLE] [--requests N]')
  process.exit(2)
}
for (const engine of ENGINES) {
  const { name, missing, start } =
    engine.name === 'cedar' && nativeCedar.missing === undefined ? nativeCedar : engine
  if (!values.engine.includes(name)) continue
  if (missing !== undefined) {
    console.log(missing)
    continue
  }
  for (const table of values.only) {
    const policy = loadPolicy(toYaml(readCatalog(join(folder, `${table}.json`))))
    const { unexpressed } = TARGETS[name].write(policy)
    const begun = performance.now()
    const running = await start(policy)
    const ready = performance.now()
    const { pid } = running
    const before = pid === undefined ? 0 : processorTime(pid)
    try {
      const { allowed, refused, differences } = await compare(
        policy,
        running,
        questionsOf(policy, 1),
        Number(values.requests),
      )
      const [startup, spent] = [ready - begun, performance.now() - ready].map((time) =>
        (time / 1000).toFixed(1),
      )
      const used =
        pid === undefined
          ? ''
          : `, ${((processorTime(pid) - before) / Number(values.requests)).toFixed(2)} ms of processor time a decision`
      console.log(
        `${name} ${table}: ${values.requests} decisions, ${String(allowed)} allowed, ${String(refused)} refused paths, ` +
          `${String(differences.length)} differences, ${String(unexpressed.length)} left out; started in ${String(startup)} s, ${String(spent)} s${used}`,
      )
      for (const one of differences.slice(0, 10)) console.log(`  ${printable(JSON.stringify(one))}`)
      if (differences.length > 0) process.exitCode = 1
    } finally {
      running.stop()
    }
  }
}
