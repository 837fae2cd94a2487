/**
 * Sentry's public MCP server, whose tools need several scopes at once: its table as a document decides as the table
 * does, for every subset of the scopes and every tool, in every form, and names all scopes of a tool at once.
 */
import { expect, test } from 'vitest'
import { fromCompiled, toCompiled } from '../../src/compiled/index.ts'
import { loadPolicy } from '../../src/index.ts'

/** Tools by the scopes that they need, all of them (facts of getsentry/sentry-mcp, commit 4a109327, 2026-08-18). */
const TABLE: Readonly<Record<string, string>> = {
  'event:write': 'add_issue_note update_issue',
  'project:write team:read org:read': 'add_team_to_project create_project remove_team_from_project',
  '': 'analyze_issue_with_seer get_doc search_docs whoami execute_sentry_tool search_sentry_tools',
  'project:write':
    'create_dsn create_uptime_monitor delete_uptime_monitor update_dsn update_project update_uptime_monitor',
  'team:write': 'create_team',
  'org:read project:read': 'find_alert_rules find_uptime_monitors get_alert_rule',
  'org:read':
    'find_dashboards find_monitors find_organizations get_dashboard_details onboarding_status_update',
  'project:read':
    'find_dsns find_projects find_releases get_monitor_details get_release_details get_snapshot_image get_snapshot get_uptime_monitor_details',
  'team:read': 'find_teams',
  'event:read project:read': 'get_ai_conversation_details get_sentry_resource search_ai_conversations',
  'event:read':
    'get_event_attachment get_event_stacktrace get_issue_activity get_issue_breadcrumbs get_issue_details get_issue_tag_values get_issue_user_reports get_profile_details get_profile get_span_details get_trace_details search_events search_issue_events search_issues',
  'org:read project:read event:read': 'get_replay_details',
}

const rows = Object.entries(TABLE).flatMap(([scopes, tools]) =>
  tools.split(' ').map((tool) => ({ tool, needed: scopes === '' ? [] : scopes.split(' ') })),
)
const scopes = [...new Set(rows.flatMap(({ needed }) => needed))]
const document: object = Object.fromEntries<{ readonly tools: readonly string[] }>([
  ...scopes.map((scope): [string, { label: string; tools: string[] }] => [
    scope,
    { label: scope, tools: TABLE[scope]?.split(' ') ?? [] },
  ]),
  ...Object.entries(TABLE)
    .filter(([key]) => key.includes(' ') || key === '')
    .map(([key, tools]): [string, { tools: string[] }] => [
      key === '' ? '$baseline' : key,
      { tools: tools.split(' ') },
    ]),
])
const policy = loadPolicy(document)

test('every subset of the scopes and every tool', () => {
  const forms = [policy, fromCompiled(JSON.stringify(toCompiled(policy)))]
  let decisions = 0
  for (let bits = 0; bits < 1 << scopes.length; bits++) {
    const held = scopes.filter((_, index) => (bits & (1 << index)) !== 0)
    for (const { tool, needed } of rows) {
      decisions++
      const byTable = needed.every((scope) => held.includes(scope))
      for (const form of forms) {
        expect(form.authorize(held, 'tools/call', tool), `${held.join(' ')}: ${tool}`).toBe(byTable)
      }
    }
  }
  expect(decisions).toBe(6784)
})

test('a denial names all scopes of the tool at once', () => {
  for (const { tool, needed } of rows) {
    const [set = [], ...more] = policy.explain([], 'tools/call', tool).setsThatWouldAllow
    expect([[...set].sort(), more]).toEqual([[...needed].sort(), []])
  }
})
