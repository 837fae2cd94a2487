/**
 * The playground: everything that the command line says of a document, while one types.
 *
 * It runs the library itself, so that what it shows is what `lint`, `check`, `diff`, `coverage`, `consent` and
 * `build` do. One page without requests: the policy of the page allows none. What is slow (rules, coverage)
 * runs after a pause in typing, and only for the tab that is shown.
 */
import { comparePolicies } from '../../src/analysis/index.ts'
import { decisionText } from '../../src/cli/decision-text.ts'
import { toModule } from '../../src/compiled/index.ts'
import { consent, consentLanguages, renderConsent } from '../../src/consent/index.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { fix, lint } from '../../src/lint/index.ts'
import { type ParseResult, parsePolicy } from '../../src/load.ts'
import { coverage, OpenApiError } from '../../src/openapi/index.ts'
import { coveragePretty } from '../../src/report/coverage/pretty.ts'
import { diffPretty } from '../../src/report/diff/pretty.ts'
import type { Colors } from '../../src/report/findings/report.ts'
import { createEditor } from './editor.ts'
import { type Example, EXAMPLES } from './examples.ts'
import { fromFragment, toFragment, type State } from './state.ts'

/** A pause in typing after which rules run and the tab is drawn anew, in milliseconds. */
const PAUSE = 120

const TABS = [
  ['try', 'Try a request'],
  ['findings', 'Findings'],
  ['diff', 'Diff'],
  ['consent', 'Consent page'],
  ['openapi', 'OpenAPI'],
  ['compiled', 'Compiled'],
] as const
type Tab = (typeof TABS)[number][0]

/** No colors: every style gives the text back. */
const PLAIN = new Proxy({}, { get: () => (text: string) => text }) as Colors

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as `querySelector` has it
function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`there is no element ${id}`)
  return found as E
}

const fields = {
  scopes: byId<HTMLInputElement>('scopes'),
  method: byId<HTMLInputElement>('method'),
  path: byId<HTMLInputElement>('path'),
  before: byId<HTMLTextAreaElement>('before'),
  openapi: byId<HTMLTextAreaElement>('openapi'),
}
const locale = byId<HTMLSelectElement>('locale')
const example = byId<HTMLSelectElement>('example')

let tab: Tab = 'try'
let parsed: ParseResult = parsePolicy('')
let diagnostics: readonly Diagnostic<string>[] = []
let timer: ReturnType<typeof setTimeout> | undefined

const editor = createEditor(byId('editor'), later)

function later(): void {
  clearTimeout(timer)
  timer = setTimeout(update, PAUSE)
}

function update(): void {
  const text = editor.text()
  parsed = parsePolicy(text)
  diagnostics = lint(text)
  editor.show(diagnostics)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const label = diagnostics.length === 0 ? 'Findings' : `Findings (${diagnostics.length})`
  byId('tab-findings').textContent = errors === 0 ? label : `${label}, ${errors} of them errors`
  byId('names').replaceChildren(...[...(parsed.policy?.scopes.keys() ?? [])].map(optionOf))
  draw()
}

function draw(): void {
  DRAW[tab]()
  void remember()
}

const DRAW: Readonly<Record<Tab, () => void>> = {
  try: () => {
    byId('decision').textContent = withPolicy((policy) => {
      const request = {
        scopes: fields.scopes.value,
        method: fields.method.value,
        path: fields.path.value,
      }
      const decision = policy.explain(request.scopes, request.method, request.path)
      return decisionText(decision, request, { policy, path: 'document', text: editor.text() }, PLAIN)
    })
  },
  findings: () => {
    const items = diagnostics.map(findingOf)
    byId('findings').replaceChildren(...(items.length === 0 ? [textItem('No findings.')] : items))
  },
  diff: () => {
    byId('diff').textContent = withPolicy((after) => {
      if (fields.before.value.trim() === '') return 'Write or keep a document to compare with.'
      const { policy: before, diagnostics: found } = parsePolicy(fields.before.value)
      if (before === null) return `The document before has errors: ${found[0]?.message ?? ''}`
      return diffPretty(
        {
          before: 'before',
          after: 'now',
          comparison: comparePolicies(before, after),
          labelOf: (scope) => (after.scopes.get(scope) ?? before.scopes.get(scope))?.label,
        },
        PLAIN,
      )
    })
  },
  consent: () => {
    const { policy } = parsed
    if (policy === null) return
    const view = consent(policy, fields.scopes.value, { locale: locale.value })
    const page = renderConsent(view, { action: '/consent', client: { name: 'Budget' } })
    const frame = byId<HTMLIFrameElement>('consent')
    if (frame.srcdoc !== page) frame.srcdoc = page
  },
  openapi: () => {
    byId('coverage').textContent = withPolicy((policy) => {
      if (fields.openapi.value.trim() === '') return 'Paste the OpenAPI document of your API.'
      try {
        const result = coverage(policy, fields.openapi.value)
        const report = {
          policy: 'document',
          document: 'openapi',
          coverage: result,
          placeOf: () => 'document',
          verbose: false,
        }
        return coveragePretty(report, PLAIN)
      } catch (error) {
        if (error instanceof OpenApiError) return error.message
        throw error
      }
    })
  },
  compiled: () => {
    const text = withPolicy((policy) => toModule(policy))
    byId('module').textContent = text.length > 20_000 ? `${text.slice(0, 20_000)}\n…` : text
    const { note, bytes, packed } = runtimeOf(text)
    void sizeOf(text.replace(note, '')).then((own) => {
      const all = text.length - note.length + bytes
      byId('size').textContent =
        parsed.policy === null
          ? ''
          : `${all.toLocaleString('en')} bytes, about ${(own + packed).toLocaleString('en')} gzipped, of which the runtime is ${packed.toLocaleString('en')}`
    })
  },
}

function withPolicy(show: (policy: NonNullable<ParseResult['policy']>) => string): string {
  if (parsed.policy !== null) return show(parsed.policy)
  return 'The document has errors and decides nothing; see the findings.'
}

/** What the build of this page put in place of a runtime, which is the same for every policy of its kind. */
function runtimeOf(module: string): {
  readonly note: string
  readonly bytes: number
  readonly packed: number
} {
  const [note = '', bytes = '0', packed = '0'] =
    /\/\* runtime: (\d+) bytes, (\d+) gzipped \*\/\n/.exec(module) ?? []
  return { note, bytes: Number(bytes), packed: Number(packed) }
}

async function sizeOf(text: string): Promise<number> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(packed).arrayBuffer()).byteLength
}

function findingOf({ code, severity, message, help, range, span }: Diagnostic<string>): HTMLLIElement {
  const item = document.createElement('li')
  const button = document.createElement('button')
  button.type = 'button'
  button.append(part('span', severity, `${range.start.line}:${range.start.column} ${severity}: `), message)
  button.append(' ', part('span', 'code', code))
  if (help !== undefined) button.append(part('span', 'help', help))
  button.addEventListener('click', () => {
    editor.select(span.start, span.end)
  })
  item.append(button)
  return item
}

function textItem(text: string): HTMLLIElement {
  return part('li', '', text)
}

function part<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  element.className = className
  element.textContent = text
  return element
}

function optionOf(value: string): HTMLOptionElement {
  const option = document.createElement('option')
  option.value = value
  option.textContent = value
  return option
}

function choose(next: Tab, focus = false): void {
  tab = next
  for (const [name] of TABS) {
    const button = byId(`tab-${name}`)
    button.setAttribute('aria-selected', String(name === next))
    button.tabIndex = name === next ? 0 : -1
    if (name === next && focus) button.focus()
    byId(`panel-${name}`).hidden = name !== next
  }
  draw()
}

/** Tabs as the ARIA practices describe them: arrows move, one tab stop. */
function makeTabs(): void {
  const buttons = TABS.map(([name, label], index) => {
    const button = part('button', '', label)
    button.type = 'button'
    button.id = `tab-${name}`
    button.setAttribute('role', 'tab')
    button.setAttribute('aria-controls', `panel-${name}`)
    button.addEventListener('click', () => {
      choose(name)
    })
    button.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
      const next = TABS[(index + step + TABS.length) % TABS.length]
      if (step !== 0 && next !== undefined) choose(next[0], true)
    })
    return button
  })
  byId('tabs').append(...buttons)
}

function stateNow(): State {
  const values = Object.entries(fields).map(([name, field]) => [name, field.value])
  return { ...(Object.fromEntries(values) as Omit<State, 'document' | 'tab'>), document: editor.text(), tab }
}

async function remember(): Promise<void> {
  const fragment = await toFragment(stateNow())
  history.replaceState(null, '', `#${fragment}`)
}

function show(state: State): void {
  for (const [name, field] of Object.entries(fields)) field.value = state[name as keyof typeof fields]
  editor.replace(state.document)
  const known = TABS.find(([name]) => name === state.tab)
  choose(known?.[0] ?? 'try')
  update()
}

function showExample({ document: text, scopes, method, path }: Example): void {
  show({ ...stateNow(), document: text, scopes, method, path, tab })
}

makeTabs()
example.append(...EXAMPLES.map(({ name }) => optionOf(name)))
locale.append(...consentLanguages.map(optionOf))
locale.value = 'en'
example.addEventListener('change', () => {
  const chosen = EXAMPLES.find(({ name }) => name === example.value)
  if (chosen !== undefined) showExample(chosen)
})
for (const field of [...Object.values(fields), locale]) field.addEventListener('input', later)
byId('request').addEventListener('submit', (event) => {
  event.preventDefault()
})
byId('fix').addEventListener('click', () => {
  editor.replace(fix(editor.text()).text)
})
byId('keep').addEventListener('click', () => {
  fields.before.value = editor.text()
  draw()
})
byId('share').addEventListener('click', () => {
  void remember()
    .then(() => navigator.clipboard.writeText(location.href))
    .then(
      () => 'Copied: the link holds everything on this page.',
      () => 'Copy the address of this page: it holds everything.',
    )
    .then((said) => {
      byId('shared').textContent = said
    })
})
void fromFragment(location.hash.slice(1)).then((state) => {
  if (state === undefined) showExample(EXAMPLES[0])
  else show(state)
})
