/** The other tools of the library take documents with names, combinations, aliases and a baseline. */
import { expect, test } from 'vitest'
import {
  compareScopes,
  equivalentScopes,
  overlaps,
  redundantEndpoints,
  unreachable,
} from '../../src/analysis/index.ts'
import { consent, consentRecord } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'
import { lint } from '../../src/lint/index.ts'
import { coverage } from '../../src/openapi/index.ts'

const DOCUMENT = `
$baseline:
  endpoints: [health: GET]
  tools: [ping]
"read":
  label: Read issues
  aliases: ["old:read"]
  endpoints:
    - issues: GET
  tools: [get_issue]
"write":
  label: Change issues
  requestAs: "api://app/write"
  deprecated: true
  tools: [create_issue]
"read write":
  endpoints:
    - issues/*: PUT
  tools: [move_issue]
`

test('the linter reports only that a combination needs a deprecated scope', () => {
  const findings = lint(DOCUMENT).filter(({ severity }) => severity !== 'info')
  expect(findings.map(({ code }) => code)).toEqual(['deprecated-scope-included'])
})

test('analysis takes what each scope may do alone, with the baseline', () => {
  const policy = loadPolicy(DOCUMENT)
  expect(compareScopes(policy, 'read', 'write')).toMatchObject({
    relation: 'partial',
    onlyInA: { method: 'GET', path: '/issues' },
    inBoth: { method: 'GET', path: '/health' },
  })
  expect(overlaps(policy)).toHaveLength(1)
  expect(redundantEndpoints(policy)).toEqual([])
  expect(unreachable(policy)).toEqual([])
  expect(equivalentScopes(policy)).toEqual([])
})

test('consent lists scopes, never the baseline', () => {
  const policy = loadPolicy(DOCUMENT)
  const view = consent(policy, ['read', 'write'])
  expect(JSON.stringify(view)).not.toContain('$baseline')
  expect(consentRecord(view, ['read']).scopes).toEqual(['read'])
})

test('coverage of an OpenAPI document is reported', () => {
  const report = coverage(loadPolicy(DOCUMENT), {
    openapi: '3.0.0',
    info: { title: 'x', version: '1' },
    paths: { '/issues': { get: { responses: {} } } },
  })
  expect(report).toBeDefined()
})
