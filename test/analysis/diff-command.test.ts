import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { folderWith, GOOD, runCli, WITH_ERROR } from '../cli/run-cli.ts'

const WIDER = GOOD.replace('workers/me', 'workers/*')

function repositoryWith(text: string): string {
  const folder = folderWith({ 'api/scopes.yaml': text })
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder })
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  return folder
}

describe('diff', () => {
  test('says what each scope newly allows, with an example, and that the label is the same', async () => {
    const cwd = folderWith({ 'old.yaml': GOOD, 'new.yaml': WIDER })
    const { code, stdout, stderr } = await runCli(['diff', 'old.yaml', 'new.yaml'], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`old.yaml → new.yaml: 1 scope allows more than before

scope \`profile\`: allows more
  + GET  \`workers/*\`  such as GET /workers/a
  ! the label people consented to has not changed: \`Access your profile information\`
`)
  })

  test('says so when nothing changes', async () => {
    const cwd = folderWith({ 'old.yaml': GOOD, 'new.yaml': `# layout\n${GOOD}` })
    const { code, stdout } = await runCli(['diff', 'old.yaml', 'new.yaml', '--fail-on', 'any'], { cwd })
    expect([code, stdout]).toEqual([0, 'old.yaml → new.yaml: every request is decided as before\n'])
  })

  test.each([
    [GOOD, WIDER, 'widened', 1],
    [GOOD, WIDER, 'narrowed', 0],
    [WIDER, GOOD, 'narrowed', 1],
    [WIDER, GOOD, 'widened', 0],
    [GOOD, GOOD.replace('Search', 'Find'), 'relabel', 1],
    [GOOD, GOOD.replace('Search', 'Find'), 'widened', 0],
    [GOOD, GOOD.replace('Search', 'Find'), 'any', 1],
    [GOOD, `${GOOD}none:\n  label: Nothing\n  endpoints: []\n`, 'any', 1],
    [GOOD, `$options: { basePath: /v2 }\n${GOOD}`, 'widened', 1],
    [GOOD, `$options: { basePath: /v2 }\n${GOOD}`, 'narrowed', 1],
  ])('the exit code follows --fail-on', async (before, after, failOn, expected) => {
    const cwd = folderWith({ 'old.yaml': before, 'new.yaml': after })
    const { code } = await runCli(['diff', 'old.yaml', 'new.yaml', '--fail-on', failOn], { cwd })
    expect(code).toBe(expected)
  })

  test('the JSON is the comparison', async () => {
    const cwd = folderWith({ 'old.yaml': GOOD, 'new.yaml': WIDER })
    const { stdout } = await runCli(['diff', 'old.yaml', 'new.yaml', '--format', 'json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      before: 'old.yaml',
      after: 'new.yaml',
      change: 'widened',
      scopes: [
        { scope: 'profile', change: 'widened', sameLabelMoreAccess: true },
        { scope: 'search', change: 'equal' },
      ],
    })
  })

  test('the Markdown begins with what matters', async () => {
    const cwd = folderWith({ 'old.yaml': GOOD, 'new.yaml': WIDER })
    const { stdout } = await runCli(['diff', 'old.yaml', 'new.yaml', '--format', 'markdown'], { cwd })
    expect(stdout).toBe(`### Scope policy: 1 scope allows more than before

\`old.yaml\` → \`new.yaml\`

**\`profile\`**: allows more
- ⚠️ the label people consented to has not changed: \`Access your profile information\`
- now allows \`GET\` on \`workers/*\`, such as \`GET /workers/a\`
`)
  })

  test('in Markdown nothing of a document is more than text', async () => {
    const hostile = '<img src=x> @everyone [link](http://example.com) `code` ``two`` | ::error:: ##[command]'
    const document = (path: string): string =>
      JSON.stringify({ 'a`b': { label: hostile, endpoints: [{ [path]: ['GET'] }] } })
    const cwd = folderWith({ 'old.json': document('a'), 'new.json': document('a`<b>@x*') })
    const { stdout } = await runCli(['diff', 'old.json', 'new.json', '--format', 'markdown'], { cwd })
    const outside = stdout.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '')
    expect(outside).not.toMatch(/[<@[\]`|]|::|http/)
    expect(stdout).toContain('```<img src=x>')
  })

  test('reads a revision of git on either side', async () => {
    const cwd = repositoryWith(GOOD)
    writeFileSync(join(cwd, 'api/scopes.yaml'), WIDER)
    const one = await runCli(
      ['diff', 'git:HEAD:api/scopes.yaml', 'api/scopes.yaml', '--fail-on', 'widened'],
      { cwd },
    )
    expect([one.code, one.stderr]).toEqual([1, ''])
    const other = await runCli(
      ['diff', 'api/scopes.yaml', 'git:HEAD:./api/scopes.yaml', '--fail-on', 'widened'],
      { cwd },
    )
    expect(other.code).toBe(0)
    expect(other.stdout).toContain('allows less')
  })

  test('gives no answer without a revision, a file or a sound document', async () => {
    const cwd = repositoryWith(GOOD)
    const missing = [
      ['git:nowhere:api/scopes.yaml', 'api/scopes.yaml'],
      ['git:HEAD:nowhere.yaml', 'api/scopes.yaml'],
      ['git:HEAD:api', 'api/scopes.yaml'],
      ['git:--help:x', 'api/scopes.yaml'],
      ['git:HEAD', 'api/scopes.yaml'],
      ['nowhere.yaml', 'api/scopes.yaml'],
      ['-', '-'],
    ]
    for (const sides of missing) {
      const { code, stdout, stderr } = await runCli(['diff', ...sides], { cwd })
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^error: [^\n]+\n$/)
      expect(stderr).not.toContain('internal error')
    }
    writeFileSync(join(cwd, 'broken.yaml'), WITH_ERROR)
    const broken = await runCli(['diff', 'api/scopes.yaml', 'broken.yaml'], { cwd })
    expect([broken.code, broken.stdout]).toEqual([2, ''])
    expect(broken.stderr).toContain('broken.yaml:4:')
    expect(broken.stderr).toContain('error: `broken.yaml` cannot be compared, because of its errors')
    expect((await runCli(['diff', 'a', 'b', '--fail-on', 'more'], { cwd })).code).toBe(2)
  })

  test('the workflow that comments on pull requests is YAML that calls it', () => {
    const text = readFileSync(new URL('../../examples/github-workflow-diff.yml', import.meta.url), 'utf8')
    expect(parse(text)).toMatchObject({ permissions: { contents: 'read', 'pull-requests': 'write' } })
    expect(text).toContain('scope-policy" diff "git:$BASE:$POLICY" "$POLICY" --format markdown')
  })
})

describe('a pull request that commits what git takes for a repository', () => {
  /** A repository with `policies/scopes.yaml`; below `policies` a bare repository whose `main` has the wider one. */
  function withBareRepository(): { readonly folder: string; readonly ran: string } {
    const folder = repositoryWith(GOOD)
    const wider = repositoryWith(WIDER)
    const git = (cwd: string, ...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd })
    git(folder, 'branch', '-M', 'main')
    git(wider, 'branch', '-M', 'main')
    git(wider, 'clone', '--quiet', '--bare', '.', join(folder, 'api/bare'))
    for (const name of ['HEAD', 'objects', 'refs', 'packed-refs']) {
      renameSync(join(folder, 'api/bare', name), join(folder, 'api', name))
    }
    const ran = join(folder, 'ran')
    const command = `sh -c "touch ${ran}"`
    writeFileSync(
      join(folder, 'api/config'),
      `[core]\nrepositoryformatversion = 1\nbare = true\nfsmonitor = ${JSON.stringify(command)}\n` +
        '[extensions]\npartialClone = x\n[protocol "ext"]\nallow = always\n' +
        `[remote "x"]\nurl = "ext::sh -c touch% ${ran}"\npromisor = true\n`,
    )
    writeFileSync(join(folder, 'api/scopes.yaml'), WIDER)
    return { folder, ran }
  }

  const REVISIONS = [
    'git:main:api/scopes.yaml',
    'git:main:./scopes.yaml',
    `git:${'1'.repeat(40)}:api/scopes.yaml`,
  ]

  test('is not asked for the document before, and runs no command', async () => {
    const { folder, ran } = withBareRepository()
    for (const revision of REVISIONS) {
      const argv = ['diff', revision, 'scopes.yaml', '--fail-on', 'widened']
      const { code, stdout } = await runCli(argv, { cwd: join(folder, 'api') })
      expect({ revision, code, stdout, ran: existsSync(ran) }).toEqual({
        revision,
        code: 2,
        stdout: '',
        ran: false,
      })
    }
    const top = ['diff', 'git:main:api/scopes.yaml', 'api/scopes.yaml', '--fail-on', 'widened']
    expect((await runCli(top, { cwd: folder })).code).toBe(1)
  })

  test('is refused by a git that does not know safe.bareRepository', async () => {
    const { folder, ran } = withBareRepository()
    const bin = folderWith({ git: `#!/bin/sh\nshift 2\nPATH=\${PATH#*:}\nexec git "$@"\n` })
    chmodSync(join(bin, 'git'), 0o755)
    const before = process.env['PATH'] ?? ''
    process.env['PATH'] = `${bin}:${before}`
    onTestFinished(() => {
      process.env['PATH'] = before
    })
    for (const revision of REVISIONS) {
      const { code, stderr } = await runCli(['diff', revision, 'scopes.yaml'], { cwd: join(folder, 'api') })
      expect([code, existsSync(ran)]).toEqual([2, false])
      expect(stderr).toContain('is itself a repository')
    }
  })
})
