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
    name: 'One document for an API and its MCP tools',
    document: `"issues:read":
  label: Read issues
  endpoints:
    - repos/*/*/issues: GET
    - repos/*/*/issues/*: GET
  tools: [list_issues, get_issue, "search_*"]
  resources: ["repo://*/issues/*"]

"issues:write":
  label: Create and change issues
  includes: ["issues:read"]
  endpoints:
    - repos/*/*/issues: POST
    - repos/*/*/issues/*: PATCH
  tools: [create_issue, update_issue]

"project:write":
  label: Change projects
  endpoints:
    - projects/*: [PATCH, PUT]

"issues:write project:write":
  tools: [add_issue_to_project]
`,
    scopes: 'issues:read',
    method: 'tools/call',
    path: 'create_issue',
  },
  {
    name: 'Mail and files, in three languages',
    document: `$options:
  basePath: /v1
  wildcard: segment

"mail.read":
  label: { en: Read your mail, de: Ihre E-Mails lesen, fr: Lire vos e-mails }
  group: { en: Mail, de: E-Mail, fr: Courrier }
  endpoints:
    - me/messages: GET
    - me/messages/*: GET
    - me/messages/*/attachments/**: GET

"mail.send":
  label: { en: Send mail as you, de: E-Mails in Ihrem Namen senden, fr: Envoyer des e-mails en votre nom }
  group: { en: Mail, de: E-Mail, fr: Courrier }
  risk: high
  endpoints:
    - me/sendMail: POST

"files.read":
  label: { en: Read your files, de: Ihre Dateien lesen, fr: Lire vos fichiers }
  group: { en: Files, de: Dateien, fr: Fichiers }
  optional: true
  endpoints:
    - me/drive/**: GET
`,
    scopes: 'mail.read mail.send files.read',
    method: 'GET',
    path: '/v1/me/messages/42/attachments/a/b',
  },
]
