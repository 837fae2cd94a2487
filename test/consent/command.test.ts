import { describe, expect, test } from 'vitest'
import { folderWith, runCli, WITH_ERROR } from '../cli/run-cli.ts'
import { consentLanguages } from '../../src/consent/index.ts'
import { BANK } from './documents.ts'
import { elementsOf } from './parsed.ts'

const run = (...argv: string[]): ReturnType<typeof runCli> =>
  runCli(['consent', ...argv], { cwd: folderWith({ 'scopes.yaml': BANK, 'broken.yaml': WITH_ERROR }) })

describe('scope-policy consent', () => {
  test('shows what a person is asked', async () => {
    const { code, stdout, stderr } = await run(
      'scopes.yaml',
      '--scopes',
      'payments.read payments',
      '--scopes',
      'transactions',
    )
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: `scopes.yaml` has a warning; `scope-policy lint` shows it\n',
    })
    expect(stdout).toBe(`Example App asks for access

Your accounts
  [ ] See your transactions [transactions]
    Optional · Reads
    GET /accounts/*/transactions

This allows it to
  • Prepare payments [payments]
    High risk · Reads · Adds or sends · Deletes
    GET, POST /payments
    DELETE, GET /payments/*
    Includes: See payments [payments.read]
`)
  })

  test('says what is granted as soon as another box is ticked, and what is in any case', async () => {
    const policy = `
most: { label: Most, optional: true, includes: [part], endpoints: [most: GET] }
part: { label: A part, optional: true, endpoints: [part: GET] }
get: { label: Read, endpoints: ['files/*': GET] }
put: { label: Write, endpoints: ['files/*': PUT] }
file: { label: One file, optional: true, endpoints: [files/one: [GET, PUT]] }
`
    const argv = ['consent', 'scopes.yaml', '--scopes', 'most part get put file']
    const { stdout } = await runCli(argv, { cwd: folderWith({ 'scopes.yaml': policy }) })
    const [, most = '', part = '', , , file = ''] = stdout.split(/^(?= {2}\S)/m)
    expect(most).toMatch(/^ {2}\[ \] Most \[most\]\n[^]*\n {4}Includes: A part \[part\]\n/)
    expect(part).toMatch(/^ {2}\[ \] A part .*\n.*\n {4}Also allowed as soon as you allow: Most \[most\]\n/)
    expect(file).toMatch(/^ {2}• One file .*\n.*\n {4}Already included in: Read \[get\] \+ Write \[put\]\n/)
  })

  test('exits with 1 for scopes that the policy does not have', async () => {
    const { code, stdout } = await run(
      'scopes.yaml',
      '--scopes',
      'openid sms \u001b[31m',
      '--locale',
      'de-AT',
    )
    expect(code).toBe(1)
    expect(stdout).toContain('Ebenfalls verlangt, aber hier unbekannt und nicht gewährt\n  • sms\n')
    expect(stdout).not.toContain('\u001b')
  })

  test('takes the language from the header of a browser', async () => {
    const { stdout } = await run('scopes.yaml', '--scopes', 'accounts', '--accept-language', 'fr;q=0.2, ar')
    expect(stdout).toContain('عرض حساباتك [accounts]')
  })

  test('prints the page, or the view as JSON', async () => {
    const page = await run('scopes.yaml', '--scopes', 'accounts', '--html', '--client', '<b>')
    expect(elementsOf(page.stdout).filter(({ tagName }) => ['form', 'b'].includes(tagName))).toHaveLength(1)
    const json = await run('scopes.yaml', '--scopes', 'accounts', '--json', '--preset', 'cerb')
    expect(JSON.parse(json.stdout)).toMatchObject({
      policy: 'scopes.yaml',
      paths: { basePath: '/rest' },
      groups: [{ items: [{ scope: 'accounts', access: { reads: 'some', deletes: 'nothing' } }] }],
    })
  })

  test.each([
    [['scopes.yaml'], "error: required option '--scopes <names>' not specified\n"],
    [
      ['scopes.yaml', '--scopes', 'a', '--locale', 'de_DE!'],
      'error: `de_DE!` is not a language tag, such as `de` or `pt-BR`\n',
    ],
    [['scopes.yaml', '--scopes', 'a', '--html', '--json'], 'error: choose one of --html and --json\n'],
    [['broken.yaml', '--scopes', 'a'], 'error: `broken.yaml` has an error and cannot be shown\n'],
  ])('%j is no question', async (argv, message) => {
    const { code, stdout, stderr } = await run(...argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.endsWith(message)).toBe(true)
  })

  test('previews a page that cannot be posted', async () => {
    const { stdout } = await run('scopes.yaml', '--scopes', 'accounts transactions', '--html')
    expect(stdout).toContain('content="form-action \'none\'"')
    expect(stdout).toContain('<form class="consent consent-card" method="dialog"')
    expect(stdout).not.toMatch(/type="submit"|method="post"| action=/)
    expect(stdout).not.toContain('<details')
    const detailed = await run('scopes.yaml', '--scopes', 'accounts', '--html', '--details')
    expect(detailed.stdout).toContain('<details')
  })

  test('--all-locales prints a contact sheet of every language, in frames that may do nothing', async () => {
    const { code, stdout } = await run('scopes.yaml', '--scopes', 'accounts', '--all-locales')
    expect(code).toBe(0)
    const frames = elementsOf(stdout).filter(({ tagName }) => tagName === 'iframe')
    expect(frames.length).toBe(consentLanguages.length)
    for (const { attrs } of frames) {
      const values = Object.fromEntries(attrs.map(({ name, value }) => [name, value]))
      expect(values['sandbox']).toBe('')
      expect(values['srcdoc']).toContain(`<html lang="${values['title'] ?? ''}"`)
    }
    const refused = await run('scopes.yaml', '--scopes', 'accounts', '--all-locales', '--json')
    expect(refused.code).toBe(2)
  })

  test('--mcp counts the tools of a server and shows their titles; strange titles are left out', async () => {
    const tools = [
      { name: 'get_issue', title: 'Show an issue', annotations: { readOnlyHint: true, title: 7 } },
      { name: 'get_repo', title: 7 },
    ]
    const cwd = folderWith({
      'scopes.yaml': 'issues: { label: Read issues, tools: ["get_*"] }\n',
      'tools.json': JSON.stringify({ tools }),
      'wrong.json': '[1]',
    })
    const argv = ['consent', 'scopes.yaml', '--scopes', 'issues', '--mcp']
    const { code, stdout } = await runCli([...argv, 'tools.json'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('May use 2 tools\n')
    const html = await runCli([...argv, 'tools.json', '--html'], { cwd })
    expect(html.stdout).toMatch(/<bdi>Show an issue<\/bdi>.*<bdi>get_repo<\/bdi>/)
    expect((await runCli([...argv, 'wrong.json'], { cwd })).code).toBe(2)
  })

  test('says so where there is nothing to ask', async () => {
    const policy = 'openid: { label: Know who you are, consent: implicit, endpoints: [] }\n'
    const { stdout } = await runCli(['consent', 'scopes.yaml', '--scopes', 'openid'], {
      cwd: folderWith({ 'scopes.yaml': policy }),
    })
    expect(stdout).toBe('Example App asks for access\n\nIt asks for nothing new.\n')
  })
})
