/**
 * Writes `docs/reference/serve.md` from the table of settings of the decision server:
 * `node schema/serve-reference.ts`. A test fails when the two differ.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULTS, kebab, type Setting, SETTINGS } from '../src/serve/settings.ts'

const FILE = fileURLToPath(new URL('../docs/reference/serve.md', import.meta.url))

const INTRODUCTION = `# Settings of \`scope-policy serve\`

Each setting is a flag (\`--clock-tolerance 5\`), an environment variable (\`SCOPE_POLICY_CLOCK_TOLERANCE=5\`) and a field of the configuration file (\`clockTolerance: 5\`). A flag wins over the environment, the environment over the file. Lists are separated by commas; a flag of a list may be repeated. Times are in seconds, sizes in bytes.
`

/** The page as Markdown, ending in a line end. */
export function serveReference(): string {
  const groups = [...new Set(SETTINGS.map(({ group }) => group))]
  const sections = groups.map((group) => {
    const rows = SETTINGS.filter((setting) => setting.group === group).map(row)
    return `\n## ${group}\n\n${rows.join('\n')}\n`
  })
  return `${INTRODUCTION}${sections.join('')}`
}

function row({ name, secret, description, choices, alias }: Setting): string {
  const flag = secret === true ? `\`${name}\` (never a flag)` : `\`--${kebab(name)}\``
  const among = choices === undefined ? '' : ` One of ${choices.map((one) => `\`${one}\``).join(', ')}.`
  const standard = DEFAULTS[name]
  const isShown = ['string', 'number', 'boolean'].includes(typeof standard)
  const byDefault = isShown ? ` Default: \`${String(standard)}\`.` : ''
  const former = alias === undefined ? '' : ` Formerly \`--${kebab(alias)}\`.`
  return `- ${flag}: ${description}.${among}${byDefault}${former}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, serveReference())
