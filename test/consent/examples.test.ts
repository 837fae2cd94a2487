/** The recipes of `examples/consent`, run as they are, on this source. */
import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as api from '../../src/consent/index.ts'
import type { ConsentView } from '../../src/consent/index.ts'
import { loadPolicy } from '../../src/index.ts'

/** What a recipe exports; `element` makes the elements of JSX. */
function recipe(file: string, element?: unknown): Readonly<Record<string, unknown>> {
  const source = readFileSync(new URL(`../../examples/consent/${file}`, import.meta.url), 'utf8')
  const { outputText } = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      jsx: ts.JsxEmit.React,
      jsxFactory: 'element',
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      allowJs: true,
    },
  })
  const exports = {}
  const run = compileFunction(outputText, ['exports', 'require', 'element']) as (...args: unknown[]) => void
  run(exports, () => api, element)
  return exports
}

const POLICY = loadPolicy({
  most: { label: 'Most', optional: true, includes: ['part'], endpoints: [{ most: 'GET' }] },
  part: { label: 'A part', optional: true, endpoints: [{ part: 'GET' }] },
  get: { label: 'Read', endpoints: [{ 'files/*': 'GET' }] },
  put: { label: 'Write', endpoints: [{ 'files/*': 'PUT' }] },
  file: { label: 'One file', optional: true, endpoints: [{ 'files/one': ['GET', 'PUT'] }] },
})

test('the screen in React says what is included in what', () => {
  const element = (_: string, __: unknown, ...children: unknown[]): string =>
    children
      .flat(Infinity)
      .filter((child) => typeof child === 'string')
      .join('')
  const { Consent } = recipe('react.jsx', element) as { Consent: (props: { view: ConsentView }) => string }
  const text = Consent({ view: api.consent(POLICY, 'most part get put file') })
  expect(text).toContain('Also allowed as soon as you allow: Most')
  expect(text).toContain('Already included in: Read + Write')
})

test('a scheme without a dot keeps no client of Ory Hydra from its other redirect URIs', async () => {
  const asked = {
    requested_scope: ['get'],
    client: {
      client_id: 'budget',
      redirect_uris: [
        'https://budget.example/cb',
        'myapp://cb',
        'com.example.app:/cb',
        'http://127.0.0.1/cb',
      ],
    },
    subject: 'ada',
  }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(asked)))
  onTestFinished(() => void vi.unstubAllGlobals())
  type App = (...args: readonly unknown[]) => Promise<{ html: string; csp: string }>
  const { consentApp: app } = recipe('hydra.js') as { consentApp: App }
  const hydra = { admin: 'http://127.0.0.1:4445', public: 'https://id.example' }
  const { html, csp } = await app('challenge', {}, { policy: POLICY, hydra })
  expect(html).toContain('<bdi>budget</bdi> asks for access')
  expect(csp).toMatch(
    /form-action [^;]*https:\/\/id\.example https:\/\/budget\.example com\.example\.app: http:/,
  )
  expect(csp).not.toContain('myapp')
})
