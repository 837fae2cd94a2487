/**
 * The container image and the chart of the examples. Neither Docker nor Helm is needed: what the image runs is
 * run, and the templates are rendered by the engine that Helm uses.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { loadPolicy } from '../../src/index.ts'
import { readConfig } from '../../src/serve/read-config.ts'
import { folderWith, runCli } from '../cli/run-cli.ts'
import { createKey } from '../serve/issuer.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DEPLOY = join(ROOT, 'examples/deploy')
const dockerfile = readFileSync(join(DEPLOY, 'Dockerfile'), 'utf8')
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly files: readonly string[]
}
const hasGo = spawnSync('go', ['version']).status === 0
if (!hasGo) console.log('Go is not installed: the chart is not rendered')

const hasHelm = spawnSync('helm', ['version']).status === 0
if (!hasHelm) console.log('Helm is not installed: the chart is rendered by its engine only')

test.skipIf(!hasHelm)('Helm accepts the chart, and renders every template', () => {
  const chart = join(DEPLOY, 'chart')
  const lint = spawnSync('helm', ['lint', '--strict', chart], { encoding: 'utf8' })
  expect([lint.status, lint.stdout]).toEqual([0, expect.stringContaining('0 chart(s) failed')])
  const { status, stdout } = spawnSync('helm', ['template', 'demo', chart], { encoding: 'utf8' })
  expect(status).toBe(0)
  const kinds = parseAllDocuments(stdout).map((document) => (document.toJS() as { kind: string }).kind)
  expect(kinds.toSorted()).toEqual(['ConfigMap', 'Deployment', 'Service'])
})

const instruction = (name: string): unknown =>
  JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(dockerfile)?.[1] ?? 'null')

test('the image starts the command line of the package, with a configuration that is read', async () => {
  const [, entry, command] = instruction('ENTRYPOINT') as readonly string[]
  const bin = (manifest.bin['scope-policy'] ?? '').replace(/^\.\//, '')
  expect(entry).toBe(`/app/node_modules/scope-policy/${bin}`)
  expect(manifest.files).toContain(bin.split('/')[0])
  const [flag = '', file = ''] = instruction('CMD') as readonly string[]
  const key = await createKey()
  const cwd = folderWith({
    'serve.yaml':
      'policies: [{ file: scopes.yaml }]\nissuer: https://a.example\naudience: api\njwks: keys.json\n',
    'scopes.yaml': 'a: { label: A, endpoints: [a: GET] }\n',
    'keys.json': JSON.stringify({ keys: [key.jwk] }),
  })
  const controller = new AbortController()
  let ready = 0
  const { code } = await runCli([command ?? '', flag, join(cwd, file.split('/').at(-1) ?? '')], {
    cwd,
    env: { SCOPE_POLICY_LISTEN: '127.0.0.1:0' },
    stopped: controller.signal,
    onOutput: (text) => {
      const { event, url } = JSON.parse(text) as { event: string; url?: string }
      if (event !== 'started') return
      const { pathname } = new URL((instruction('HEALTHCHECK --interval=10s CMD') as string[]).at(-1) ?? '')
      void fetch(`${url ?? ''}${pathname}`).then(({ status }) => {
        ready = status
        controller.abort()
      })
    },
  })
  expect([code, ready]).toEqual([0, 200])
})

interface Resource {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data?: Readonly<Record<string, string>>
  readonly spec?: {
    readonly selector: Readonly<Record<string, unknown>>
    readonly template?: {
      readonly metadata: { readonly labels: object }
      readonly spec: {
        readonly containers: readonly Readonly<Record<string, unknown>>[]
        readonly volumes: readonly { readonly configMap: { readonly name: string } }[]
      }
    }
  }
}

function render(values: unknown): ReadonlyMap<string, Resource> {
  const { status, stdout, stderr } = spawnSync(
    'go',
    ['run', fileURLToPath(new URL('render.go', import.meta.url)), join(DEPLOY, 'chart/templates')],
    { input: JSON.stringify({ release: 'api', values }), encoding: 'utf8' },
  )
  expect([status, stderr]).toEqual([0, ''])
  const documents = parseAllDocuments(stdout)
  for (const { errors, warnings } of documents) expect([...errors, ...warnings]).toEqual([])
  return new Map(
    documents.map((document) => {
      const resource = document.toJS() as Resource
      return [resource.kind, resource]
    }),
  )
}

test.skipIf(!hasGo)(
  'the chart renders to resources that fit together, and a configuration that is read',
  () => {
    const values = parse(readFileSync(join(DEPLOY, 'chart/values.yaml'), 'utf8')) as Record<string, unknown>
    const hostile = {
      ...values,
      secret: 'creds',
      files: { 'a b.yaml': '"\n: {{ x }}\n', 'scopes.yaml': 'é: "' },
    }
    for (const given of [values, hostile]) {
      const resources = render(given)
      expect([...resources.keys()].sort()).toEqual(['ConfigMap', 'Deployment', 'Service'])
      const { data = {} } = resources.get('ConfigMap') ?? {}
      expect(data).toMatchObject(given.files as object)
      const { value: config, diagnostics } = readConfig(Buffer.from(data['serve.yaml'] ?? ''))
      expect(diagnostics).toEqual([])
      expect(config?.policies.map(({ file }) => file)).toEqual(['scopes.yaml'])
      const { template, selector } = resources.get('Deployment')?.spec ?? {}
      expect(selector?.['matchLabels']).toEqual(template?.metadata.labels)
      expect(resources.get('Service')?.spec?.selector).toEqual(template?.metadata.labels)
      expect(template?.spec.volumes[0]?.configMap.name).toBe(resources.get('ConfigMap')?.metadata.name)
      const [container] = template?.spec.containers ?? []
      expect(container?.['image']).toBe(`scope-policy:${manifest.version}`)
      expect(container?.['readinessProbe']).toMatchObject({ httpGet: { path: '/readyz', port: 'http' } })
      expect('envFrom' in (container ?? {})).toBe(given === hostile)
    }
    const files = values['files'] as Readonly<Record<string, string>>
    expect(() => loadPolicy(files['scopes.yaml'] ?? '')).not.toThrow()
  },
)
