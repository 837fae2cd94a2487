/** What reading a log costs at least: a plain regular expression over each line. Prints milliseconds and lines. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const LINE = /^(\S+) - (\S+) \[([^\]]+)\] "([A-Z]+) (\S+) HTTP\/[\d.]+" (\d{3}) (\d+) "([^"]*)" "([^"]*)"$/
const begun = performance.now()
let matched = 0
for await (const line of createInterface({ input: createReadStream(process.argv[2] ?? '') })) {
  if (LINE.exec(line) !== null) matched += 1
}
console.log(JSON.stringify({ milliseconds: performance.now() - begun, matched }))
