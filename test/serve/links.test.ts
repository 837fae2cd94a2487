/** No file that `serve` reads is followed out of its folder by a symbolic link, at the start or at a reload. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { folderWith, GOOD, type Outcome, runCli } from '../cli/run-cli.ts'
import { AUDIENCE, createKey, ISSUER } from './issuer.ts'

const CONFIG = `policies: [{ file: scopes.yaml }]
issuer: ${ISSUER}
audience: ${AUDIENCE}
jwks: keys.json
listen: 127.0.0.1:0
reload: 0.02
tlsCert: cert.pem
tlsKey: key.pem
clientCa: ca.pem
authzen:
  clients: { gateway: { tokenFile: token.txt } }
  subjectsFile: subjects.yaml
`

/** Every file that `serve` reads, and the event by which the log reports that a look at it failed. */
const FILES = [
  ['scopes.yaml', 'policy-not-loaded'],
  ['keys.json', 'keys-not-loaded'],
  ['cert.pem', 'certificate-not-loaded'],
  ['key.pem', 'certificate-not-loaded'],
  ['ca.pem', 'certificate-not-loaded'],
  ['token.txt', 'authzen-not-loaded'],
  ['subjects.yaml', 'authzen-not-loaded'],
] as const
const NAMES: readonly string[] = ['serve.yaml', ...FILES.map(([name]) => name)]

let contents: Readonly<Record<string, string>>

beforeAll(async () => {
  const { jwk } = await createKey()
  const [key, cert] = certificate()
  contents = {
    'serve.yaml': CONFIG,
    'scopes.yaml': GOOD,
    'keys.json': JSON.stringify({ keys: [jwk] }),
    'cert.pem': cert,
    'key.pem': key,
    'ca.pem': cert,
    'token.txt': 'a-token-of-the-gateway\n',
    'subjects.yaml': 'user: { alice: profile }\n',
  }
})

function certificate(): readonly [key: string, cert: string] {
  const folder = mkdtempSync(join(tmpdir(), 'scope-policy-links-'))
  const files = [join(folder, 'key.pem'), join(folder, 'cert.pem')] as const
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const out = ['-keyout', files[0], '-out', files[1], '-days', '2', '-subj', '/CN=localhost']
  try {
    execFileSync('openssl', [...request, ...out], { stdio: 'ignore' })
    return [readFileSync(files[0], 'utf8'), readFileSync(files[1], 'utf8')]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function setUp(): { readonly cwd: string; readonly linkOut: (name: string) => void } {
  const folder = folderWith(
    Object.fromEntries(
      Object.entries(contents).flatMap(([name, text]) => [
        [`served/${name}`, text],
        // One that would be taken as a change.
        [`outside/${name}`, `${text}\n`],
      ]),
    ),
  )
  const cwd = join(folder, 'served')
  const linkOut = (name: string): void => {
    const link = join(folder, 'link')
    symlinkSync(`../outside/${name}`, link)
    renameSync(link, join(cwd, name))
  }
  return { cwd, linkOut }
}

/** Runs until `until` is logged, or the command ends. */
async function serveUntil(
  cwd: string,
  until: string,
  argv: readonly string[] = ['--config', 'serve.yaml'],
  onStarted: () => void = () => undefined,
): Promise<Outcome & { readonly log: readonly Record<string, unknown>[] }> {
  const controller = new AbortController()
  const log: Record<string, unknown>[] = []
  const outcome = await runCli(['serve', ...argv], {
    cwd,
    stopped: controller.signal,
    onOutput: (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      log.push(entry)
      if (entry['event'] === 'started') onStarted()
      if (entry['event'] === until) controller.abort()
    },
  })
  return { ...outcome, log }
}

test.each(NAMES)('%s as a link out of the folder is refused at the start', async (name) => {
  const { cwd, linkOut } = setUp()
  linkOut(name)
  const { code, stderr, log } = await serveUntil(cwd, 'started')
  expect(code).toBe(2)
  expect(log).toEqual([])
  expect(stderr).toMatch(
    new RegExp(
      `^error: \`${name}\` is a symbolic link that leads out of the working folder, to .*--follow-links\n$`,
    ),
  )
})

test.each(FILES)('%s that becomes a link out of the folder is not loaded again', async (name, event) => {
  const { cwd, linkOut } = setUp()
  const { code, log } = await serveUntil(cwd, event, undefined, () => {
    linkOut(name)
  })
  expect(code).toBe(0)
  const failed = log.find((entry) => entry['event'] === event)
  expect(failed?.['problem']).toMatch(/is a symbolic link that leads out of the working folder/)
  expect(failed?.['kept']).toMatch(/^the last good/)
})

test.each(NAMES)('%s as a link is followed with --follow-links', async (name) => {
  const { cwd, linkOut } = setUp()
  linkOut(name)
  const { code, stderr } = await serveUntil(cwd, 'started', ['--config', 'serve.yaml', '--follow-links'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('files as Kubernetes mounts them, by links beside them, are followed from any working folder', async () => {
  const { cwd } = setUp()
  mkdirSync(join(cwd, '..data'))
  for (const name of NAMES) {
    renameSync(join(cwd, name), join(cwd, '..data', name))
    symlinkSync(`..data/${name}`, join(cwd, name))
  }
  const { code, stderr } = await serveUntil(tmpdir(), 'started', ['--config', join(cwd, 'serve.yaml')])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})
