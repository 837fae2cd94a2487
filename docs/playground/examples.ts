/** Documents to begin with; each with a request that shows something. */

export interface Example {
  readonly name: string
  readonly document: string
  readonly scopes: string
  readonly method: string
  readonly path: string
}

export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    name: 'Four scopes of a helpdesk',
    document: `"profile":
  label: Access your profile information
  endpoints:
    - workers/me: GET

"search":
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET]

"api:read-only":
  label: Make any read-only API request on your behalf
  endpoints:
    - "*": [GET]

"api":
  label: Make any API request on your behalf
  endpoints:
    - "*"
`,
    scopes: 'profile',
    method: 'DELETE',
    path: '/workers/me',
  },
  {
    name: 'GitHub MCP server: all 90 tools',
    document: `# All 90 tools of GitHub's MCP server, with the scopes that its
# README lists (github/github-mcp-server, commit 64a49f34, MIT).
# The labels are ours.

# Without a scope: every token may call them.
"$baseline":
  tools: [
    create_pull_request_with_copilot, delete_repository,
    get_copilot_space, get_gist, get_me,
    github_support_docs_search, list_copilot_spaces,
    list_gists,
  ]

"repo":
  label: Full control of your repositories
  tools: [
    actions_get, actions_list, actions_run_trigger,
    add_comment_to_pending_review, add_issue_comment,
    add_reply_to_pull_request_comment,
    assign_copilot_to_issue,
    assign_copilot_to_issue_with_intent, create_branch,
    create_or_update_file, create_pull_request,
    create_repository, delete_file, discussion_comment_write,
    fork_repository, get_code_quality_finding,
    get_code_scanning_alert, get_commit, get_dependabot_alert,
    get_discussion, get_discussion_comments,
    get_file_contents, get_global_security_advisory,
    get_job_logs, get_label, get_latest_release,
    get_release_by_tag, get_repository_tree,
    get_secret_scanning_alert, get_tag, issue_read,
    issue_write, label_write, list_branches,
    list_code_scanning_alerts, list_commits,
    list_dependabot_alerts, list_discussion_categories,
    list_discussions, list_global_security_advisories,
    list_issue_fields, list_issue_types, list_issues,
    list_label, list_org_repository_security_advisories,
    list_pull_requests, list_releases,
    list_repository_collaborators,
    list_repository_security_advisories,
    list_secret_scanning_alerts, list_starred_repositories,
    list_tags, merge_pull_request, pull_request_read,
    pull_request_review_write, push_files,
    request_copilot_review, search_code, search_commits,
    search_issues, search_pull_requests, search_repositories,
    search_users, star_repository, sub_issue_write,
    unstar_repository, update_pull_request,
    update_pull_request_branch,
  ]

"security_events":
  label: Read and write security events
  tools: [
    get_code_scanning_alert, get_dependabot_alert,
    get_global_security_advisory, get_secret_scanning_alert,
    list_code_scanning_alerts, list_dependabot_alerts,
    list_global_security_advisories,
    list_org_repository_security_advisories,
    list_repository_security_advisories,
    list_secret_scanning_alerts,
  ]

"read:org":
  label: Read your organizations and teams
  tools: [
    get_team_members, get_teams, list_issue_fields,
    list_issue_types, search_orgs,
  ]

"write:org":
  label: Change your organizations and teams
  tools: [
    get_team_members, get_teams, list_issue_fields,
    list_issue_types, search_orgs,
  ]

"admin:org":
  label: Full control of your organizations and teams
  tools: [
    get_team_members, get_teams, list_issue_fields,
    list_issue_types, search_orgs,
  ]

"gist":
  label: Create gists
  tools: [create_gist, update_gist]

"notifications":
  label: Access your notifications
  tools: [
    dismiss_notification, get_notification_details,
    list_notifications, manage_notification_subscription,
    manage_repository_notification_subscription,
    mark_all_notifications_read,
  ]

"read:project":
  label: Read your projects
  tools: [projects_get, projects_list]

"project":
  label: Full control of your projects
  tools: [projects_get, projects_list, projects_write]
`,
    scopes: 'read:org notifications',
    method: 'tools/call',
    path: 'issue_write',
  },
  {
    name: 'Microsoft Graph: 4 of 601 permissions',
    document: `# 4 of the 601 delegated permissions of Microsoft Graph, with all
# of their least-privileged endpoints (permissions.json of
# microsoftgraph/microsoft-graph-devx-content, commit 6cbd6bbd,
# MIT). A star stands for one segment.

$options:
  basePath: /v1.0
  wildcard: segment
  caseSensitive: false

"Mail.ReadBasic":
  label: Read user basic mail
  endpoints:
    - me/mailfolders: GET
    - me/mailfolders/*: GET
    - me/mailfolders/*/childfolders: GET
    - me/mailfolders/*/messages: GET
    - me/mailfolders/*/messages/delta: GET
    - me/mailfolders/delta: GET
    - me/messages: GET
    - users/*/mailfolders: GET
    - users/*/mailfolders/*: GET
    - users/*/mailfolders/*/childfolders: GET
    - users/*/mailfolders/*/messages: GET
    - users/*/mailfolders/*/messages/delta: GET
    - users/*/mailfolders/delta: GET
    - users/*/messages: GET

"Mail.Read":
  label: Read your mail
  endpoints:
    - me/getmailtips: POST
    - me/inferenceclassification/overrides: GET
    - me/mailfolders/*/childfolders/*/.../messages/*/attachments/*: GET
    - me/mailfolders/*/messages/*: GET
    - me/mailfolders/*/messages/*/attachments: GET
    - me/mailfolders/*/operations: GET
    - me/mailfolders/*/operations/*: GET
    - me/messages/*: GET
    - me/messages/*/attachments: GET
    - search/query: POST
    - users/*/getmailtips: POST
    - users/*/inferenceclassification/overrides: GET
    - users/*/mailfolders/*/childfolders/*/.../messages/*/attachments/*: GET
    - users/*/mailfolders/*/childfolders/*/messages/*/attachments/*: GET
    - users/*/mailfolders/*/messages/*: GET
    - users/*/mailfolders/*/messages/*/attachments: GET
    - users/*/mailfolders/*/operations: GET
    - users/*/mailfolders/*/operations/*: GET
    - users/*/messages/*: GET
    - users/*/messages/*/attachments: GET

"Mail.Send":
  label: Send mail as you
  endpoints:
    - me/mailfolders/*/messages/*/forward: POST
    - me/mailfolders/*/messages/*/reply: POST
    - me/mailfolders/*/messages/*/replyall: POST
    - me/messages/*/forward: POST
    - me/messages/*/reply: POST
    - me/messages/*/send: POST
    - me/sendmail: POST
    - users/*/mailfolders/*/messages/*/forward: POST
    - users/*/mailfolders/*/messages/*/reply: POST
    - users/*/mailfolders/*/messages/*/replyall: POST
    - users/*/messages/*/forward: POST
    - users/*/messages/*/reply: POST
    - users/*/messages/*/replyall: POST
    - users/*/messages/*/send: POST
    - users/*/messages/*/unsubscribe: POST
    - users/*/sendmail: POST
    - users/me/messages/*/replyall: POST

"ChatMessage.Send":
  label: Send chat messages
  endpoints:
    - chats/*/messages: POST
    - chats/*/messages/forwardToChat: POST
    - chats/*/messages/replyWithQuote: POST
    - chats/*/pinnedmessages: POST
    - teams/*/channels/*/messages/*/forwardToChat: POST
    - teams/*/channels/*/messages/forwardToChat: POST
    - users/*/chats/*/messages/*/setreaction: POST
    - users/*/chats/*/messages/*/unsetreaction: POST
`,
    scopes: 'Mail.ReadBasic',
    method: 'GET',
    path: '/v1.0/me/messages/42',
  },
]
