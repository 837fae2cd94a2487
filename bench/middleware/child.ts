/**
 * The three servers of one framework in one process, so that they share the compiled code, the heap and the
 * place in memory. Sends the ports, and on each message the processor time used so far, in µs.
 */
import 'reflect-metadata'
import { SERVERS, VARIANTS } from './servers.ts'

const [name = ''] = process.argv.slice(2)
const start = SERVERS[name]
if (start === undefined) throw new Error(`unknown server \`${name}\``)
const ports: number[] = []
for (const variant of VARIANTS) ports.push(await start(variant))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => process.exit())
process.send?.(ports)
