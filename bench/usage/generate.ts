/** A log in nginx's combined format: clients, paths with identifiers, scanners, and a policy for it. */
import { createWriteStream, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'

export const POLICY = `orders:read: {label: Read orders, endpoints: [api/orders: GET, api/orders/*: GET]}
orders:write: {label: Change orders, endpoints: [api/orders: POST, "api/orders/*": [PATCH, DELETE]]}
invoices:read: {label: Read invoices, endpoints: [api/invoices: GET, api/invoices/*: GET]}
users:read: {label: Read users, endpoints: [api/users/*: GET]}
users:write: {label: Change users, endpoints: [api/users: POST, api/users/*: [PUT, PATCH, DELETE]]}
search: {label: Search, endpoints: [api/search: GET]}
reports: {label: Read reports, endpoints: [api/reports/*: GET]}
webhooks: {label: Manage webhooks, endpoints: [api/webhooks: [GET, POST], api/webhooks/*: [GET, DELETE]]}
files: {label: Manage files, endpoints: [api/files/*]}
api: {label: Make any request, endpoints: ["api/*"]}
`

/** The same on every machine. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'python-requests/2.32.3',
  'okhttp/4.12.0',
  'Go-http-client/2.0',
]

/** Writes `access.log` of about `bytes`, and `scopes.yaml`; gives their paths. */
export async function generate(folder: string, bytes: number): Promise<{ log: string; policy: string }> {
  const [log, policy] = [join(folder, 'access.log'), join(folder, 'scopes.yaml')]
  writeFileSync(policy, POLICY)
  const next = random(1)
  const below = (limit: number): number => Math.floor(next() * limit)
  const stream = createWriteStream(log, { highWaterMark: 1 << 20 })
  let written = 0
  let seconds = 1_780_000_000
  let lines: string[] = []
  while (written < bytes) {
    if (next() < 0.05) seconds += 1
    const line = lineOf(seconds, below)
    lines.push(line)
    written += line.length
    if (lines.length < 10_000) continue
    if (!stream.write(lines.join(''))) await once(stream, 'drain')
    lines = []
  }
  stream.end(lines.join(''))
  await once(stream, 'finish')
  return { log, policy }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function lineOf(seconds: number, below: (limit: number) => number): string {
  const date = new Date(seconds * 1000)
  const two = (number: number): string => String(number).padStart(2, '0')
  const time = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
  const kind = below(100)
  const client = below(20) === 0 ? '-' : `client-${below(200)}`
  const request =
    kind < 40
      ? `GET /api/orders/${below(50_000)}`
      : kind < 55
        ? `GET /api/orders?page=${below(500)}&size=50`
        : kind < 65
          ? `GET /api/users/${below(20_000)}`
          : kind < 75
            ? 'POST /api/orders'
            : kind < 85
              ? `GET /api/search?q=${below(1e9).toString(36)}`
              : kind < 92
                ? `GET /api/invoices/${below(5_000)}`
                : kind < 97
                  ? `PATCH /api/users/${below(2_000)}`
                  : `GET /wp-${below(300)}.php`
  const status = kind >= 97 ? 404 : below(50) === 0 ? 403 : 200
  return `203.0.113.${below(256)} - ${client} [${time}] "${request} HTTP/1.1" ${status} ${below(20_000)} "-" "${AGENTS[below(4)] ?? ''}"\n`
}
