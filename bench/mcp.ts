/**
 * What reading a body strictly costs beside `JSON.parse`, and what a decision about a tool costs beside one
 * about a path of the same length: `node bench/mcp.ts`. The best of many short turns counts, taken in
 * alternation, so that other work on the machine does not.
 */
import { readMessages } from '../src/mcp/index.ts'
import { loadPolicy } from '../src/index.ts'
import type { Policy } from '../src/index.ts'

const TURNS = 600

/** A call with nested arguments, texts and numbers, of about 4 KB. */
function body(): string {
  const fields = Array.from({ length: 30 }, (_, index) => ({
    id: index,
    name: `field_${index}`,
    value: 'x'.repeat(20),
  }))
  const parameters = {
    owner: 'octo',
    title: 'A thing is broken',
    body: 'Lorem ipsum dolor sit amet. '.repeat(75),
    fields,
  }
  const params = { name: 'create_issue', arguments: parameters, _meta: { progressToken: 1 } }
  return JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params })
}

/** Microseconds for each run of the works, all measured in the same turns. */
function measure(
  works: Readonly<Record<string, () => unknown>>,
  runs: number,
): Readonly<Record<string, number>> {
  const best: Record<string, number> = {}
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, work] of Object.entries(works)) {
      const start = process.hrtime.bigint()
      for (let run = 0; run < runs; run++) work()
      const each = Number(process.hrtime.bigint() - start) / runs / 1000
      best[name] = Math.min(best[name] ?? Infinity, each)
    }
  }
  return best
}

function print(title: string, figures: Readonly<Record<string, number>>): void {
  console.log(`\n${title}`)
  const [, base = 1] = Object.entries(figures)[0] ?? []
  for (const [name, microseconds] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(34)} ${microseconds.toFixed(3).padStart(9)} µs  ${(microseconds / base).toFixed(2)}×`,
    )
  }
}

const text = body()
const bytes = new TextEncoder().encode(text)
const decoder = new TextDecoder('utf-8', { fatal: true })
print(
  `reading a body of ${bytes.length} bytes`,
  measure(
    {
      'decode and JSON.parse': () => JSON.parse(decoder.decode(bytes)) as unknown,
      'readMessages, bytes': () => readMessages(bytes),
    },
    40,
  ),
)
print(
  `reading the same text`,
  measure(
    {
      'JSON.parse': () => JSON.parse(text) as unknown,
      'readMessages, text': () => readMessages(text),
    },
    40,
  ),
)

/** 200 scopes with five tools and five paths each, whose names have the same length. */
function document(): string {
  return Array.from({ length: 200 }, (_, scope) => {
    const names = Array.from({ length: 5 }, (_, index) => `group-${scope}-tool-${index}`)
    const label = `label: Use group ${scope}`
    return `scope-${scope}:\n  ${label}\n  endpoints: [${names.map((name) => `{ ${name}: GET }`).join(', ')}]\n  tools: [${names.join(', ')}]`
  }).join('\n')
}

const policy: Policy = loadPolicy(document())
const token = ['scope-7', 'scope-77', 'scope-177']
print(
  'a decision, 1,000 tools and 1,000 paths in 200 scopes',
  measure(
    {
      'a path, allowed': () => policy.authorize(token, 'GET', 'group-77-tool-3'),
      'a tool, allowed': () => policy.authorize(token, 'tools/call', 'group-77-tool-3'),
      'a path, denied': () => policy.authorize(token, 'GET', 'group-78-tool-3'),
      'a tool, denied': () => policy.authorize(token, 'tools/call', 'group-78-tool-3'),
    },
    2000,
  ),
)
