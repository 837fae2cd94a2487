/** A server in its own process. Prints its port, and on each message the processor time used so far, in µs. */
import 'reflect-metadata'
import { SERVERS, type Variant } from './servers.ts'

const [name = '', variant = ''] = process.argv.slice(2)
const start = SERVERS[name]
if (start === undefined) throw new Error(`there is no server \`${name}\``)
const port = await start(variant as Variant)
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => process.exit())
process.send?.(port)
