/**
 * The guide is executed: documents are loaded, scripts and commands are run, and what they print must be
 * what the page says. `UPDATE_GOLDEN=1` writes the outputs of commands into the page.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parsePolicy } from '../src/index.ts'
import { canonicalise } from '../src/pattern/canonical.ts'
import { readPath } from '../src/pattern/request-path.ts'
import { RULES } from './pattern/rules.ts'

const root: string = new URL('..', import.meta.url).pathname
const guideFile: string = join(root, 'docs', 'guide.md')
const readme: string = readFileSync(guideFile, 'utf8')
const folder: string = join(root, '.cache', 'readme')

interface Block {
  readonly language: string
  readonly info: string
  readonly text: string
  readonly line: number
}

const blocks: readonly Block[] = [...readme.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map((match) => ({
  language: match[1] ?? '',
  info: (match[2] ?? '').trim(),
  text: match[3] ?? '',
  line: readme.slice(0, match.index).split('\n').length,
}))

const file = (block: Block): string | undefined => /^file=(\S+)$/.exec(block.info)?.[1]

function run(command: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  return stdout + stderr
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const block of blocks) {
    const name = file(block)
    if (name !== undefined) writeFileSync(join(folder, name), block.text)
  }
})

describe('every block of the guide is true', () => {
  it('has blocks of known kinds only', () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(
      new Set(['sh', 'yaml', 'js', 'text', 'console']),
    )
  })

  // Request tables and configurations are read by the commands that are shown beside them.
  const documents = blocks.filter(
    (block) =>
      block.language === 'yaml' && !/\.test\.yaml$|rc\.yaml$|^openapi\.yaml$/.test(file(block) ?? ''),
  )

  it.each(documents.map((block) => [file(block), block] as const))(
    'the document %s is what it is called',
    (name, block) => {
      const { policy } = parsePolicy(block.text)
      expect(policy === null).toBe(['broken.yaml', 'fixable.yaml'].includes(name ?? ''))
    },
  )

  it.each(
    blocks.flatMap((block, index) =>
      block.language === 'js' ? [[file(block) ?? '', blocks[index + 1]] as const] : [],
    ),
  )('the script %s prints what follows it', (name, output) => {
    expect(output?.info).toBe('output')
    expect(run(process.execPath, [name])).toBe(output?.text)
  })

  it.each(
    blocks
      .filter(({ language }) => language === 'console')
      .map(({ text, line }) => [text.split('\n', 1)[0] ?? '', text, line] as const),
  )('%s prints what follows it', (command, text) => {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
    expect(words.slice(0, 2)).toEqual(['$', 'scope-policy'])
    const printed = `${command}\n${run(process.execPath, [join(root, 'dist', 'cli.js'), ...words.slice(2)])}`
    if (process.env['UPDATE_GOLDEN'] === '1') {
      writeFileSync(
        guideFile,
        readFileSync(guideFile, 'utf8').replace(`\`\`\`console\n${text}`, () => `\`\`\`console\n${printed}`),
      )
    } else expect(text).toBe(printed)
  })

  it('names commands of package.json only', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = [...readme.matchAll(/npm (?:run )?(demo|test|format|bench|generate|start)\b/g)].map(
      (match) => match[1] ?? '',
    )
    expect(named.length).toBeGreaterThan(2)
    for (const name of named) expect(Object.keys(scripts)).toContain(name)
  })
})

describe('the table of path rules is true', () => {
  const rows = [...readme.matchAll(/^\| (`[^|]*?) +\| (`[a-z-]+`(?:, `[a-z-]+`)*) +\|/gm)]
    .map(
      (match) =>
        [
          [...(match[1] ?? '').matchAll(/`([^`]+)`/g)].map((path) => path[1] ?? ''),
          [...(match[2] ?? '').matchAll(/`([^`]+)`/g)].map((answer) => answer[1] ?? ''),
        ] as const,
    )
    .filter(([paths]) => paths.some((path) => /[/*:]/.test(path)))

  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(10)
  })

  it.each(rows)('%j is refused as %j', (paths, answers) => {
    for (const [index, path] of paths.entries()) {
      const expected = answers.length === 1 ? answers[0] : answers[index]
      expect([path, readPath(path, RULES).refusal]).toEqual([path, expected])
    }
  })

  it('reads equal spellings as one', () => {
    expect(readPath('/m%65', RULES)).toEqual({ path: 'me' })
    expect(canonicalise('/caf%c3%a9', RULES)).toEqual(canonicalise('/caf%C3%A9', RULES))
  })
})
