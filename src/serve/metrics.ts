/**
 * Counters in the text format of Prometheus.
 *
 * Labels have few values, none of which a client can choose: methods, paths, subjects and scopes belong in
 * the log. Rejected: a metrics library, whose registries and collectors are more than these few numbers.
 */
import type { PolicyState } from './policies.ts'
import type { KeySetState } from './tokens/keys.ts'

/** Upper ends of the buckets, in seconds. */
const BUCKETS: readonly number[] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5]

export class Metrics {
  /** By reason, then by status: no label is put together for each request. */
  readonly #decisions = new Map<string, Map<number, number>>()
  readonly #reloads = new Map<string, number>()
  readonly #keyFetches = new Map<string, number>()
  /** Of each bucket alone, and last of what took longer than all of them. */
  readonly #buckets: number[] = [...BUCKETS.map(() => 0), 0]
  #seconds = 0
  #count = 0

  decided(status: number, reason: string, seconds: number): void {
    let byStatus = this.#decisions.get(reason)
    if (byStatus === undefined) this.#decisions.set(reason, (byStatus = new Map<number, number>()))
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
    let bucket = 0
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] ?? 0)) bucket += 1
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#seconds += seconds
    this.#count += 1
  }

  reloaded(result: string): void {
    add(this.#reloads, `result="${result}"`)
  }

  fetchedKeys(result: string): void {
    add(this.#keyFetches, `result="${result}"`)
  }

  print(policies: readonly PolicyState[], keySets: readonly KeySetState[]): string {
    const lines = [
      ...family(
        'scope_policy_decisions_total',
        'counter',
        'Requests decided.',
        [...this.#decisions].flatMap(([reason, byStatus]) =>
          [...byStatus].map(([status, count]) => [`status="${status}",reason="${reason}"`, count] as const),
        ),
      ),
      ...family('scope_policy_reloads_total', 'counter', 'Changes of policy and key files.', [
        ...this.#reloads,
      ]),
      ...family('scope_policy_key_fetches_total', 'counter', 'Fetches of key sets from their URLs.', [
        ...this.#keyFetches,
      ]),
      ...family(
        'scope_policy_stale',
        'gauge',
        'Whether the document on disk is not in force.',
        policies.map(({ file, problem }) => [`policy="${escaped(file)}"`, problem === null ? 0 : 1]),
      ),
      ...family(
        'scope_policy_keys_stale',
        'gauge',
        'Whether the newest keys of a file or URL are not in force.',
        keySets.map(({ source, problem }) => [`keys="${escaped(source)}"`, problem === null ? 0 : 1]),
      ),
      ...family(
        'scope_policy_keys_ready',
        'gauge',
        'Whether there are keys to verify with.',
        keySets.map(({ source, isReady }) => [`keys="${escaped(source)}"`, isReady ? 1 : 0]),
      ),
      ...family(
        'scope_policy_info',
        'gauge',
        'The policy in force.',
        policies.map(({ file, policy }) => [
          `policy="${escaped(file)}",fingerprint="${policy.fingerprint}"`,
          1,
        ]),
      ),
      '# HELP scope_policy_decision_seconds Time to a decision, verification of the token included.',
      '# TYPE scope_policy_decision_seconds histogram',
      ...BUCKETS.map((end, index) => {
        const count = this.#buckets.slice(0, index + 1).reduce((sum, one) => sum + one, 0)
        return `scope_policy_decision_seconds_bucket{le="${end}"} ${count}`
      }),
      `scope_policy_decision_seconds_bucket{le="+Inf"} ${this.#count}`,
      `scope_policy_decision_seconds_sum ${this.#seconds}`,
      `scope_policy_decision_seconds_count ${this.#count}`,
    ]
    return `${lines.join('\n')}\n`
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function family(
  name: string,
  type: string,
  help: string,
  values: readonly (readonly [labels: string, value: number])[],
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => `${name}{${labels}} ${value}`),
  ]
}

/** A label value: backslash, quotation mark and line end escaped. */
function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')
}
