/** The text format of Prometheus, which scrapers read. */
import { expect, test } from 'vitest'
import { Metrics } from '../../src/serve/metrics.ts'

test('buckets are cumulative, and a time at the end of one belongs to it', () => {
  const metrics = new Metrics()
  for (const seconds of [0.0001, 0.0005, 0.003, 0.1, 5]) metrics.decided(200, 'granted', seconds)
  const text = metrics.print([], [])
  const buckets = [...text.matchAll(/seconds_bucket\{le="([^"]+)"\} (\d+)/g)].map(([, le, count]) => [
    le,
    count,
  ])
  expect(buckets).toEqual([
    ['0.0005', '2'],
    ['0.001', '2'],
    ['0.0025', '2'],
    ['0.005', '3'],
    ['0.01', '3'],
    ['0.025', '3'],
    ['0.1', '4'],
    ['0.5', '4'],
    ['2.5', '4'],
    ['+Inf', '5'],
  ])
  expect(text).toContain('scope_policy_decision_seconds_count 5\n')
  expect(text).toContain('scope_policy_decisions_total{status="200",reason="granted"} 5\n')
})
