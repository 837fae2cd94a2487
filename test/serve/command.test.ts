import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith, GOOD, runCli, WITH_ERROR } from '../cli/run-cli.ts'
import { AUDIENCE, createKey, ISSUER } from './issuer.ts'

const FLAGS = ['--issuer', ISSUER, '--audience', AUDIENCE, '--jwks', 'keys.json']

async function folder(): Promise<{ cwd: string; token: string }> {
  const key = await createKey()
  const cwd = folderWith({
    'scopes.yaml': GOOD,
    'broken.yaml': WITH_ERROR,
    'keys.json': JSON.stringify({ keys: [key.jwk] }),
    'conf/keys.json': JSON.stringify({ keys: [key.jwk] }),
    'conf/scopes.yaml': GOOD,
    'conf/serve.yaml': `policies: [{ file: scopes.yaml }]\nissuer: ${ISSUER}\naudience: ${AUDIENCE}\njwks: keys.json\nlisten: 127.0.0.1:0\n`,
    'wrong.yaml': 'isuer: x\n',
    'key.pem': '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
    'bad-keys.json': '{"keys": 7}',
  })
  return { cwd, token: await key.sign({ scope: 'profile' }) }
}

/** Runs until it has been asked once. */
async function served(
  argv: readonly string[],
  cwd: string,
  token: string,
): Promise<{ status: number; code: number }> {
  const controller = new AbortController()
  let started: (url: string) => void = () => undefined
  const listening = new Promise<string>((resolve) => (started = resolve))
  const outcome = runCli(['serve', ...argv], {
    cwd,
    stopped: controller.signal,
    onOutput: (text) => {
      const { event, url } = JSON.parse(text) as { event: string; url?: string }
      if (event === 'started') started(url ?? '')
    },
  })
  const url = await Promise.race([listening, outcome.then(({ stderr }) => stderr)])
  const { status } = await fetch(`${url}/decide`, {
    headers: {
      authorization: `Bearer ${token}`,
      'x-forwarded-method': 'GET',
      'x-forwarded-uri': '/workers/me',
    },
  })
  controller.abort()
  return { status, code: (await outcome).code }
}

test('serves one policy by flags, and stops when it is asked to', async () => {
  const { cwd, token } = await folder()
  const argv = ['scopes.yaml', ...FLAGS, '--listen', '127.0.0.1:0']
  expect(await served(argv, cwd, token)).toEqual({ status: 200, code: 0 })
})

test('serves by a configuration file, whose files stand beside it', async () => {
  const { cwd, token } = await folder()
  expect(await served(['--config', 'conf/serve.yaml'], cwd, token)).toEqual({ status: 200, code: 0 })
})

test.each([
  [[], 'error: no policy; name a document\n'],
  [
    ['scopes.yaml'],
    'error: nothing verifies tokens; set `jwks` (URL or file of keys) or `introspection` (URL)\n',
  ],
  [['none.yaml', ...FLAGS], 'cannot be read: it does not exist\n'],
  [['broken.yaml', ...FLAGS], 'has errors and is not served\n'],
  [['scopes.yaml', '--config', 'conf/serve.yaml'], 'name them in one\n'],
  [['scopes.yaml', ...FLAGS.slice(0, 5), 'none.json'], 'cannot be read: it does not exist\n'],
  [['scopes.yaml', ...FLAGS.slice(0, 5), 'bad-keys.json'], 'error: the key set cannot be used: '],
  [['scopes.yaml', ...FLAGS.slice(0, 5), 'scopes.yaml'], 'error: the key set cannot be used: '],
  [
    ['scopes.yaml', ...FLAGS.slice(0, 5), 'key.pem'],
    'error: the key set cannot be used: it is PEM; a JWK set (RFC 7517) is needed',
  ],
  [
    ['scopes.yaml', '--issuer', 'https://a,https://b', ...FLAGS.slice(2)],
    'error: each issuer needs its own keys: `issuer` has 2, `jwks` has 1; write one key set for each issuer',
  ],
  [['scopes.yaml', '--introspection', 'https://login.example/'], 'error: `audience` is missing: '],
  [['scopes.yaml', ...FLAGS, '--listen', '999.999.999.999:1'], 'error: it cannot listen: '],
  [
    ['scopes.yaml', ...FLAGS.slice(0, 5), 'http://login.example/jwks'],
    'error: `jwks` is not protected by TLS: `http://login.example/jwks`; write an https URL, or set `allowHttp`\n',
  ],
  // The flag is known, and the next obstacle is reached.
  [['none.yaml', ...FLAGS.slice(0, 5), 'http://login.example/jwks', '--allow-http'], 'does not exist\n'],
  [['--config', 'wrong.yaml'], 'error: `wrong.yaml` cannot be used\n'],
])('%j does not start', async (argv, message) => {
  const { cwd } = await folder()
  const { code, stdout, stderr } = await runCli(['serve', ...argv], { cwd })
  expect(stderr).toContain(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('shows the place of a mistake in the configuration', async () => {
  const { cwd } = await folder()
  const { stderr } = await runCli(['serve', '--config', 'wrong.yaml'], { cwd })
  expect(stderr).toContain(
    'wrong.yaml:1:1: error: unknown field `isuer` of the configuration [invalid-configuration]',
  )
  expect(stderr).toContain('did you mean `issuer`?')
})

test('as a process: reports where it listens, reloads by SIGHUP, ends by SIGTERM with exit code 0', async () => {
  const { cwd, token } = await folder()
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [main, 'serve', join(cwd, 'scopes.yaml'), ...FLAGS, '--listen', '127.0.0.1:0', '--reload', '0'],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const log: Record<string, unknown>[] = []
  const waiting: (() => void)[] = []
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) log.push(JSON.parse(line) as Record<string, unknown>)
    for (const check of waiting) check()
  })
  const logged = (name: string): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      const check = (): void => {
        const entry = log.find(({ event }) => event === name)
        if (entry !== undefined) resolve(entry)
      }
      waiting.push(check)
      check()
    })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const { url } = await logged('started')
  const headers = {
    'x-forwarded-method': 'GET',
    'x-forwarded-uri': '/workers/all',
    authorization: `Bearer ${token}`,
  }
  expect((await fetch(`${String(url)}/decide`, { headers })).status).toBe(403)
  writeFileSync(join(cwd, 'scopes.yaml'), GOOD.replace('workers/me', 'workers/*'))
  child.kill('SIGHUP')
  await logged('policy-loaded')
  expect((await fetch(`${String(url)}/decide`, { headers })).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(log.map(({ event }) => event)).toEqual([
    'started',
    'decision',
    'reload-requested',
    'policy-loaded',
    'stopped',
  ])
})

test('a document that is half written at the start is not served as its first half', async () => {
  const { cwd, token } = await folder()
  const half = GOOD.replace('- workers/me: GET', '- "*"')
  writeFileSync(join(cwd, 'scopes.yaml'), half)
  setTimeout(() => {
    writeFileSync(join(cwd, 'scopes.yaml'), GOOD.replace('- workers/me: GET', '- "*": [GET]'))
  }, 500)
  const controller = new AbortController()
  let started: (url: string) => void = () => undefined
  const listening = new Promise<string>((resolve) => (started = resolve))
  const outcome = runCli(['serve', 'scopes.yaml', ...FLAGS, '--listen', '127.0.0.1:0'], {
    cwd,
    stopped: controller.signal,
    onOutput: (text) => {
      const { event, url } = JSON.parse(text) as { event: string; url?: string }
      if (event === 'started') started(url ?? '')
    },
  })
  const url = await listening
  const headers = {
    authorization: `Bearer ${token}`,
    'x-forwarded-method': 'DELETE',
    'x-forwarded-uri': '/x',
  }
  expect((await fetch(`${url}/decide`, { headers })).status).toBe(403)
  controller.abort()
  await outcome
})
