/** The language server as an editor talks to it. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol'
import { type Editor, startEditor } from './client.ts'

const TEXT = `profile:
  label: Access your profile information
  endpoints:
    - workers/me: get
"search":
  label: Search records on your behalf
  endpoints:
    - records/*/search: [GET]
everything:
  label: Make any request on your behalf
  includes: [profile, "search"]
  endpoints:
    - "*"
`

const folder = mkdtempSync(join(tmpdir(), 'scope-policy-lsp-'))
const uri = (name: string): string => pathToFileURL(join(folder, name)).href
const textDocument = { uri: uri('scopes.yaml') }
let editor: Editor

/** Line and character of the first occurrence, and of a place in it. */
function at(needle: string, shift = 0, text = TEXT): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(needle) + shift).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

function applied(edit: WorkspaceEdit | null | undefined, text = TEXT): string {
  const lines = text.split('\n')
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, character)
  const edits = Object.values(edit?.changes ?? {}).flat()
  return edits
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text)
}

beforeAll(async () => {
  editor = await startEditor(folder)
  const first = editor.next(textDocument.uri, (found) => found.some(({ code }) => code === 'method-case'))
  await editor.open(textDocument.uri, TEXT)
  await first
})

afterAll(async () => {
  expect(await editor.stop()).toBe(0)
})

test('starts as VS Code starts it, which passes its process', async () => {
  const started = await startEditor(folder, undefined, ['--stdio', `--clientProcessId=${process.pid}`])
  expect(started.initialized.serverInfo?.name).toBe('scope-policy')
  expect(await started.stop()).toBe(0)
})

describe('diagnostics', () => {
  test('are those of lint, with code, place and what to write', async () => {
    const name = uri('a.scopes.yaml')
    const found = editor.next(name)
    await editor.open(name, 'a:\n  label: Read it\n  deny: x\n  endpoints: [{ x: POTS }]\n')
    expect((await found).map(({ code, severity, range }) => [code, severity, range.start])).toEqual([
      ['unknown-field', 1, { line: 2, character: 2 }],
      ['unknown-method', 1, { line: 3, character: 19 }],
    ])
  })

  test('of rules follow those of the loader', async () => {
    const name = uri('b.scopes.yaml')
    const withRules = editor.next(name, (all) => all.some(({ code }) => code === 'grants-everything'))
    await editor.open(name, 'a:\n  label: Do it all\n  endpoints:\n    - "*"\n')
    expect((await withRules).map(({ code }) => code)).toContain('grants-everything')
  })

  test('follow the configuration beside the file', async () => {
    writeFileSync(
      join(folder, '.scope-policyrc.yaml'),
      'rules:\n  grants-everything: off\n  label-style: error\n',
    )
    const name = uri('c.scopes.yaml')
    const found = editor.next(name, (all) => all.some(({ code }) => code === 'label-style'))
    await editor.open(name, 'a:\n  label: "do it all."\n  endpoints:\n    - "*"\n')
    const all = await found
    expect(all.find(({ code }) => code === 'label-style')?.severity).toBe(1)
    expect(all.map(({ code }) => code)).not.toContain('grants-everything')
  })

  test('of a YAML file that is something else are none', async () => {
    const name = uri('docker-compose.yaml')
    const found = editor.next(name)
    await editor.open(name, 'services:\n  web:\n    image: nginx\n')
    expect(await found).toEqual([])
  })

  test('follow each change, and end when the document is closed', async () => {
    const name = uri('d.scopes.yaml')
    const broken = editor.next(name, (all) => all.length > 0)
    await editor.open(name, 'a: {label: Read it, endpoints: [x: NO]}\n')
    await broken
    const repaired = editor.next(name, (all) => all.length === 0)
    await editor.change(name, 2, 'a: {label: Read it, endpoints: [x: GET]}\n')
    expect(await repaired).toEqual([])
  })

  test('survive text that is no YAML at all', async () => {
    const name = uri('e.scopes.yaml')
    const found = editor.next(name)
    await editor.open(name, '{{{[[[: : :\u0000 "\n\t- &a *a\n')
    expect((await found).length).toBeGreaterThan(0)
  })
})

describe('hover', () => {
  const hover = async (needle: string): Promise<string> => {
    const found = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument,
      position: at(needle, 1),
    })
    return (found?.contents as { value: string } | undefined)?.value ?? ''
  }

  test('on an endpoint says what it opens, and who opens it too', async () => {
    const text = await hover('records/*/search')
    expect(text).toContain('`/records/*/search` for GET')
    expect(text).toContain('allows `GET /records/a/search`')
    expect(text).toContain('so do `everything`')
  })

  test('on a scope says what it opens and includes', async () => {
    expect(await hover('everything')).toContain('includes `profile`, `search`')
    expect(await hover('profile')).toContain('included in `everything`')
  })

  test('on a tool says which call it allows, and who may make it too', async () => {
    const name = uri('names.scopes.yaml')
    const text = 'a:\n  label: A\n  tools: [get_issue]\nb:\n  label: B\n  tools: ["get_*"]\n'
    await editor.open(name, text)
    const found = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: name },
      position: at('get_issue', 1, text),
    })
    const { value } = found?.contents as { value: string }
    expect(value).toContain('allows `tools/call get_issue`')
    expect(value).toContain('so do `b`')
  })

  test('on a finding says which rule it is and why', async () => {
    expect(await hover('get\n')).toContain('**method-case**')
  })

  test('on a field says what it is', async () => {
    expect(await hover('includes:')).toContain('Scopes whose grants this scope also has')
  })
})

describe('completion', () => {
  const complete = async (text: string): Promise<string[]> => {
    const name = uri(`completion-${Math.random()}.scopes.yaml`)
    await editor.open(name, text.replace('|', ''))
    const items = await editor.connection.sendRequest<CompletionItem[] | null>('textDocument/completion', {
      textDocument: { uri: name },
      position: at('|', 0, text),
    })
    return (items ?? []).map(({ label }) => label)
  }

  test('knows the fields of a scope', async () => {
    expect(await complete('a:\n  la|')).toEqual(
      expect.arrayContaining(['label', 'endpoints', 'includes', 'risk']),
    )
  })

  test('knows methods, in a value and in a list', async () => {
    expect(await complete('a:\n  label: A\n  endpoints:\n    - x: |')).toContain('PATCH')
    expect(await complete('a:\n  label: A\n  endpoints:\n    - x: [GET, |')).toContain('PATCH')
  })

  test('knows the scopes that can be included, but not the one itself', async () => {
    const text = 'a:\n  label: A\n  endpoints: []\nb:\n  label: B\n  includes:\n    - |\n'
    expect(await complete(text)).toEqual(['a'])
    expect(await complete(text.replace('includes:\n    - |', 'includes: [|]'))).toEqual(['a'])
  })

  test('knows the tools that other scopes list, and what $baseline and keys of several names may have', async () => {
    const text =
      'a:\n  label: A\n  tools: [get_x, get_y]\n  prompts: [p]\nb:\n  label: B\n  tools:\n    - |\n'
    expect(await complete(text)).toEqual(['get_x', 'get_y'])
    for (const key of ['$baseline', '"a b"']) {
      const fields = await complete(`${key}:\n  to|`)
      expect(fields).toEqual(['endpoints', 'tools', 'resources', 'prompts'])
    }
  })

  test('knows the methods that the document declares', async () => {
    const text = '$options:\n  extraMethods: [PURGE]\na:\n  label: A\n  endpoints:\n    - x: |'
    expect(await complete(text)).toContain('PURGE')
  })

  test('knows options and their values', async () => {
    expect(await complete('$options:\n  wi|')).toContain('wildcard')
    expect(await complete('$options:\n  wildcard: |')).toEqual(['any', 'segment'])
    expect(await complete('$options:\n  caseSensitive: |')).toEqual(['true', 'false'])
  })

  test('knows the values of fields', async () => {
    expect(await complete('a:\n  risk: |')).toEqual(['low', 'medium', 'high'])
  })

  test('offers nothing where any text can be', async () => {
    expect(await complete('a:\n  label: |')).toEqual([])
  })
})

describe('rename and references', () => {
  test('rename a scope everywhere, in the quotes it has', async () => {
    const edit = await editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
      textDocument,
      position: at('"search"', 3),
      newName: 'records:search',
    })
    expect(applied(edit)).toBe(TEXT.replaceAll('"search"', '"records:search"'))
  })

  test('put quotes where a plain name needs them', async () => {
    const edit = await editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
      textDocument,
      position: at('profile'),
      newName: 'null',
    })
    expect(applied(edit)).toBe(TEXT.replace('profile:', '"null":').replace('[profile', '["null"'))
  })

  test.each([
    ['everything', 'there is a scope `everything` already'],
    ['two words', 'is not a scope name'],
    ['$options', 'is not a scope name'],
    ['', 'is not a scope name'],
  ])('refuse the name %j', async (newName, message) => {
    const asked = editor.connection.sendRequest('textDocument/rename', {
      textDocument,
      position: at('profile'),
      newName,
    })
    await expect(asked).rejects.toThrow(message)
  })

  test('find references with and without the definition', async () => {
    const ask = (includeDeclaration: boolean): Promise<readonly unknown[]> =>
      editor.connection.sendRequest('textDocument/references', {
        textDocument,
        position: at('[profile', 2),
        context: { includeDeclaration },
      })
    expect(await ask(true)).toHaveLength(2)
    expect(await ask(false)).toHaveLength(1)
  })

  test('lead from a name in includes to its scope', async () => {
    const places = await editor.connection.sendRequest<{ range: { start: { line: number } } }[]>(
      'textDocument/definition',
      { textDocument, position: at('[profile', 2) },
    )
    expect(places.map(({ range }) => range.start.line)).toEqual([0])
  })
})

describe('outline and code lens', () => {
  test('show scopes with their endpoints', async () => {
    const symbols = await editor.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument,
    })
    expect(
      symbols.map(({ name, detail, children }) => [name, detail, children?.map((one) => one.name)]),
    ).toEqual([
      ['profile', 'Access your profile information', ['workers/me']],
      ['search', 'Search records on your behalf', ['records/*/search']],
      ['everything', 'Make any request on your behalf', ['*']],
    ])
  })

  test('say over each scope what it opens', async () => {
    const lenses = await editor.connection.sendRequest<{ command: { title: string } }[]>(
      'textDocument/codeLens',
      {
        textDocument,
      },
    )
    expect(lenses.map(({ command }) => command.title)).toEqual([
      'opens 1 endpoint · GET',
      'opens 1 endpoint · GET',
      'opens 3 endpoints · 2 of them by profile, search · DELETE GET PATCH POST PUT',
    ])
  })
})

describe('code actions', () => {
  const actions = (needle: string, only?: readonly string[]): Promise<CodeAction[]> =>
    editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: { start: at(needle), end: at(needle) },
      context: { diagnostics: [], ...(only !== undefined && { only }) },
    })

  test('offer the fix of a finding', async () => {
    const fix = (await actions('get\n')).find(({ isPreferred }) => isPreferred === true)
    expect(applied(fix?.edit)).toBe(TEXT.replace('get\n', 'GET\n'))
  })

  test('offer a comment that suppresses it', async () => {
    const suppress = (await actions('get\n')).find(({ title }) => title.startsWith('Suppress'))
    expect(applied(suppress?.edit)).toContain(
      '    # scope-policy-disable-next-line method-case -- write the reason here\n    - workers/me: get',
    )
  })

  test('fix everything that changes no decision on saving', async () => {
    const [all] = await actions('profile', ['source.fixAll'])
    expect(applied(all?.edit)).toContain('workers/me: GET')
  })
})
