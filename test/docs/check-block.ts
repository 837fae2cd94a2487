/** What can be said of a block without running it: problems, as lines. */
import { spawnSync } from 'node:child_process'
import ts from 'typescript'
import { parseAllDocuments } from 'yaml'
import { parsePolicy } from '../../src/index.ts'
import { readConfig as readLintConfig } from '../../src/lint/config/read-config.ts'
import { readTable } from '../../src/request-table/read-table.ts'
import { readConfig as readServeConfig } from '../../src/serve/read-config.ts'
import { runCli } from '../cli/run-cli.ts'
import type { Block } from './blocks.ts'

const LANGUAGES = new Set([...['js', 'ts', 'tsx', 'json', 'yaml', 'sh', 'console', 'text', 'toml', 'lua']])

export async function problemsOf(block: Block): Promise<readonly string[]> {
  const { language, text } = block
  if (!LANGUAGES.has(language)) return [`unknown language \`${language}\``]
  if (language === 'yaml') return yamlProblems(block)
  if (language === 'json') return jsonProblems(text)
  if (language === 'tsx') return syntaxProblems(text)
  if (language === 'sh') return [...shellProblems(text), ...(await commandProblems(text))]
  if (language === 'console') return await commandProblems(commandsOf(text).join('\n'))
  // Of what is in these languages no parser is at hand; the braces are counted.
  return language === 'toml' || language === 'lua' ? braceProblems(text) : []
}

/** The commands of a `console` block, without what they print. */
export function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command)
}

function yamlProblems({ words, text }: Block): readonly string[] {
  const messages = (found: readonly { readonly message: string }[]): readonly string[] =>
    found.map(({ message }) => message)
  if (words.has('part') || words.has('openapi') || words.has('other'))
    return parseAllDocuments(text).flatMap(({ errors }) => messages(errors))
  if (words.has('serve-config')) return messages(readServeConfig(Buffer.from(text)).diagnostics)
  if (words.has('lint-config')) return messages(readLintConfig(text).diagnostics)
  if (words.has('request-table')) return messages(readTable(text).findings)
  const { policy, diagnostics } = parsePolicy(text)
  return policy === null ? messages(diagnostics) : []
}

function jsonProblems(text: string): readonly string[] {
  try {
    JSON.parse(text)
    return []
  } catch (error) {
    return [String(error)]
  }
}

function syntaxProblems(text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: 'block.tsx',
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.ReactJSX },
  })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

function braceProblems(text: string): readonly string[] {
  const count = (character: string): number => text.split(character).length
  return ['{}', '[]', '()'].flatMap(([open = '', close = '']) =>
    count(open) === count(close) ? [] : [`\`${open}\` and \`${close}\` do not pair up`],
  )
}

function shellProblems(text: string): readonly string[] {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
  return status === 0 ? [] : [stderr.trim()]
}

const helpOf = new Map<string, Promise<string>>()

function help(command: string): Promise<string> {
  const known = helpOf.get(command) ?? runCli([command, '--help']).then(({ stdout }) => stdout)
  helpOf.set(command, known)
  return known
}

/** Commands of this package, and flags, that do not exist. */
async function commandProblems(text: string): Promise<readonly string[]> {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n')
  const problems: string[] = []
  for (const line of lines) {
    const [, command = '', rest = ''] = /^(?:npx )?scope-policy ([a-z]+)\b([^|&>;]*)/.exec(line) ?? []
    if (command === '') continue
    const known = await help(command)
    if (!known.startsWith(`Usage: scope-policy ${command} `)) problems.push(`unknown command \`${command}\``)
    for (const [flag] of rest.matchAll(/(?<=\s)--?[a-z][a-z-]*/g))
      if (!new RegExp(`(?:^|[\\s,])${flag}\\b(?!-)`, 'm').test(known))
        problems.push(`unknown flag \`${flag}\` of ${command}`)
  }
  return problems
}
