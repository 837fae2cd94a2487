/**
 * Pages of the reference that are made from the program: `UPDATE_GOLDEN=1 npx vitest run test/docs` writes
 * them anew. What they say is then to be read.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { CATALOGUE } from '../../src/language/codes.ts'
import type { DecisionReason } from '../../src/enforce/types.ts'
import { REFUSALS } from '../../src/language/refusals.ts'
import { rules } from '../../src/lint/rules/index.ts'
import { CODES } from '../../src/lint/codes.ts'
import { TABLE_CODES } from '../../src/request-table/codes.ts'
import { runCli } from '../cli/run-cli.ts'

const DOCS = join(import.meta.dirname, '../../docs/reference')

function expectPage(name: string, text: string): void {
  const file = join(DOCS, name)
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(readFileSync(file, 'utf8')).toBe(text)
}

const GROUPS = {
  meaning: 'What the policy allows',
  consent: 'What people read',
  portability: 'What other readers see',
  suppressions: 'Comments that suppress findings',
} as const

const FIX = { none: '', safe: '`--fix`', unsafe: '`--fix-unsafe`' } as const

test('rules.md lists every rule with its reason and an example, and every error', () => {
  const yaml = (text: string): string => `\`\`\`yaml\n${text.trim()}\n\`\`\``
  const sections = Object.entries(GROUPS).flatMap(([group, title]) => [
    `## ${title}`,
    ...rules
      .filter((rule) => rule.group === group)
      .flatMap((rule) => {
        const fix = FIX[rule.fix] === '' ? '' : `; fixed by ${FIX[rule.fix]}`
        return [
          `### ${rule.id}`,
          `${rule.severity === 'off' ? 'Off by default' : `Default: ${rule.severity}`}${fix}. Finds ${rule.summary}.`,
          rule.why,
          'Bad:',
          yaml(rule.bad),
          'Good:',
          yaml(rule.good),
        ]
      }),
  ])
  const errors = [...CODES.values()].filter(({ fatal }) => fatal)
  const text = [
    '# Lint rules',
    'Generated from the rules. Set a severity in `.scope-policyrc.yaml` (`rules: { RULE: off }`) or with `--rule RULE=off`; excuse one line with `# scope-policy-disable-next-line RULE -- reason` above it.',
    ...sections,
    '## Errors of a document',
    'A document with one of these is not a policy. They can be neither configured nor suppressed.',
    [
      '| code | |',
      '|---|---|',
      ...errors.map(({ id, summary }) => `| \`${id}\` | ${summary.replaceAll('|', '\\|')} |`),
    ].join('\n'),
  ]
  expectPage('rules.md', `${text.join('\n\n')}\n`)
})

test('cli.md is the help of every command', async () => {
  const { stdout: main } = await runCli(['--help'])
  const commands = [...(/\nCommands:\n([\s\S]*?)\n\n/.exec(main)?.[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help')
  expect(commands.length).toBeGreaterThan(9)
  const sections: string[] = []
  for (const name of commands) {
    const { stdout } = await runCli([name, '--help'])
    sections.push(`## ${name}\n\n\`\`\`text\n${stdout.trim()}\n\`\`\``)
  }
  const text = [
    '# Command line',
    'Generated from `scope-policy --help` and the help of each command. Findings go to standard output, notes to standard error. Exit codes: 0 clean or allowed, 1 findings or denied, 2 an error (wrong usage, unreadable file, invalid policy, internal error).',
    'Every command reads and writes files by the same rules: `-` is standard input; a file over 16 MiB (an OpenAPI document: 64 MiB) is refused and never cut; a symbolic link that leads out of the working folder is refused unless you pass `--follow-links`. A link to a file below its own folder, as Kubernetes mounts documents, is read.',
    `\`\`\`text\n${main.trim()}\n\`\`\``,
    ...sections,
  ]
  expectPage('cli.md', `${text.join('\n\n')}\n`)
})

/** Of each reason: what it means, and what to do. The type makes this table complete. */
const REASONS: Readonly<Record<DecisionReason, readonly [meaning: string, action: string]>> = {
  granted: ['allowed', ''],
  'no-scope-covers-path': [
    'no endpoint of these scopes matches the path',
    'read `nearest` and `scopesThatWouldAllow`',
  ],
  'method-not-granted': ['an endpoint matches the path, for other methods', 'read `methodsAllowed`'],
  'path-refused': [
    'a server could read the path in another way',
    'read `refusal`; see [How paths are read](paths.md)',
  ],
  'invalid-argument': [
    'an argument of `authorize` has the wrong type',
    'pass scopes, method and path as they were received',
  ],
  'no-scopes': ['401: the request has no token', 'send one; mount CORS and the token middleware before'],
  'invalid-token': ['401 `invalid_token`: the token does not verify', 'read `error` of the record'],
  'malformed-token': [
    '400: the `Authorization` header is malformed, or there are several',
    'send one header `Authorization: Bearer TOKEN`',
  ],
  'method-override': ['400: a header or query asks for another method', 'send the method itself'],
  'internal-error': ['500: code of yours threw, or keys could not be fetched', 'read `error` of the record'],
}

/** Of each error class: its code and what throws it. */
const ERRORS = [
  ['ERR_INVALID_POLICY', '`PolicyError` of `loadPolicy`; `diagnostics` has every problem'],
  ['ERR_INVALID_COMPILED_POLICY', '`CompiledPolicyError` of `fromCompiled`'],
  ['ERR_INVALID_OPENAPI', '`OpenApiError` of `coverage` and `fromOpenApi`'],
  ['ERR_INVALID_MCP_LIST', 'an error of `mcpCoverage`, for what is not a result of a list method'],
  ['invalid_token', '`InvalidTokenError`, for your code to throw: 401'],
  ['invalid_request', '`InvalidRequestError`, for your code to throw: 400'],
] as const

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

test('codes.md lists every code, reason and error', () => {
  const codes = (all: Readonly<Record<string, readonly [string, string]>>): string =>
    table(
      ['code', 'severity', 'means'],
      Object.entries(all).map(([code, [severity, summary]]) => [`\`${code}\``, severity, summary]),
    )
  const text = [
    '# Codes',
    'Generated from the tables of the program. Codes are stable: write programs against them, not against messages.',
    '## Reasons of decisions',
    '`reason` of `explain`, of `check --json`, and of the record that `onDecision` gets.',
    table(
      ['reason', 'means', 'what to do'],
      Object.entries(REASONS).map(([reason, [means, action]]) => [`\`${reason}\``, means, action]),
    ),
    '## Findings in a document',
    '`code` of diagnostics of `loadPolicy`, `parsePolicy` and `lint`. An error means that the document is refused. The rules of the linter have a page: [Lint rules](rules.md).',
    codes(CATALOGUE),
    '## Findings in a request table',
    '`code` of `scope-policy test`, beside those of documents.',
    codes(TABLE_CODES),
    '## Errors that are thrown',
    '`code` of the error. Wrong options are a `TypeError`.',
    table(
      ['code', 'thrown'],
      ERRORS.map(([code, by]) => [`\`${code}\``, by]),
    ),
    '## Exit codes',
    table(
      ['code', 'means'],
      [
        ['0', 'clean, or allowed'],
        ['1', 'findings, or denied'],
        ['2', 'an error: wrong usage, unreadable file, invalid policy, internal error'],
      ],
    ),
  ]
  expectPage('codes.md', `${text.join('\n\n')}\n`)
})

test('paths.md lists every refusal', () => {
  const groups = [
    ['form', 'The whole target'],
    ['segment', 'Segments'],
    ['character', 'Characters and escapes'],
  ] as const
  const text = [
    '# How paths are read',
    '<!-- keywords: refused refusal path-refused encoded slash %2F double encoding dot segment traversal semicolon 400 query string -->',
    'Generated from the table of refusals. `path` is the raw request target: not decoded, the query is cut at the first `?`, one leading slash is optional.',
    'What another server could read as a different path is **refused**, whatever the policy says: `explain` reports `path-refused` with the name of the rule in `refusal`, middleware answers 400. Nothing is repaired; [why](../explanation/refuse-not-repair.md).',
    'Then equal spellings become one (RFC 3986 §6.2.2): `/m%65` is `/me`, `/caf%c3%a9` is `/caf%C3%A9`. Base path, extensions and a trailing slash follow the [options](document.md#options). Letter case counts unless `caseSensitive` is `false`, and then only ASCII letters are folded.',
    ...groups.flatMap(([of, title]) => [
      `## ${title}`,
      table(
        ['refusal', 'because', 'what to do'],
        Object.entries(REFUSALS)
          .filter(([, row]) => row.of === of)
          .map(([name, { because, instead }]) => [`\`${name}\``, because, instead]),
      ),
    ]),
    '## A path that ends in a slash',
    '`/a/` is granted where a pattern spells the slash, or where `/a` is granted as well. `trailingSlash: ignore` drops one slash.',
    '## In patterns',
    'A pattern that only refused paths could match gets the warning [`unreachable-endpoint`](rules.md#unreachable-endpoint), with what to write instead.',
  ]
  expectPage('paths.md', `${text.join('\n\n')}\n`)
})
