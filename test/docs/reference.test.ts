/**
 * Pages of the reference that are made from the program: `UPDATE_GOLDEN=1 npx vitest run test/docs` writes
 * them anew. What they say is then to be read.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../src/lint/rules/index.ts'
import { CODES } from '../../src/lint/codes.ts'
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
