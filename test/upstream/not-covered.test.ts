/** What the law leaves out: each of these breaks it, so the page that names them says no more than is true. */
import { expect, test } from 'vitest'
import { policyOf } from '../properties/policy-of.ts'
import { ours } from './authorizers.ts'
import { describeViolation, lawOf, worldOf } from './law.ts'
import { NOT_COVERED } from './not-covered.ts'
import { documentWith } from './policies.ts'

test.each(NOT_COVERED.map((entry) => [entry.model.id, entry] as const))(
  '%s is another name for a path, not another reading',
  (_, { model, options = {}, pattern, target, readAs }) => {
    const document = documentWith(options, [pattern])
    const { violations } = lawOf(worldOf(document, [model]), document, ours(document))
    expect(violations(target).map((one) => describeViolation(document, one))).toEqual([
      `${pattern} grants ${JSON.stringify(target)}, but not ${JSON.stringify(readAs)}, as ${model.id} reads it`,
    ])
  },
)

test('with `extensions` the law holds for servers that take a format off', () => {
  const { authorize } = policyOf({
    $options: { extensions: ['json'] },
    reports: { label: 'Reports', endpoints: [{ '*.json': 'GET' }, { reports: 'GET' }] },
  })
  expect(
    ['/admin.json', '/reports.json', '/reports'].map((path) => authorize('reports', 'GET', path)),
  ).toEqual([false, true, true])
})

test('with `basePath` the law holds for servers behind one that takes the prefix off', () => {
  const { authorize } = policyOf({
    $options: { basePath: '/api' },
    reports: { label: 'Reports', endpoints: [{ 'reports/*': 'GET' }] },
  })
  expect(
    ['/api/admin', '/api/reports/a', '/reports/a'].map((path) => authorize('reports', 'GET', path)),
  ).toEqual([false, true, false])
})
