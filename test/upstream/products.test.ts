/**
 * The models of nginx and HAProxy against the programs themselves, for every target of a few pieces that they
 * accept. Skipped where they are not installed: `apt-get install -y --no-install-recommends nginx-light haproxy`
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MODELS } from './models/all.ts'
import { targets } from './pieces.ts'

interface Product {
  readonly program: string
  /** Answers every request with the path as it has been read. */
  readonly configure: (folder: string, port: number) => { config: string; arguments: readonly string[] }
  /** The models, on the port and those after it. */
  readonly models: readonly string[]
}

const nginxServer = (port: number, merge: string): string =>
  `server { listen 127.0.0.1:${port}; merge_slashes ${merge}; location / { return 200 $uri; } }`

const PRODUCTS: readonly Product[] = [
  {
    program: 'nginx',
    configure: (folder, port) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
        .join(' ')
      return {
        config: `pid ${join(folder, 'pid')};\ndaemon off;\nerror_log ${join(folder, 'error.log')};\nevents {}\nhttp { access_log off; ${temporary}\n${nginxServer(port, 'on')}\n${nginxServer(port + 1, 'off')}\n}\n`,
        arguments: ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'config')],
      }
    },
    models: ['nginx', 'nginx-unmerged'],
  },
  {
    program: 'haproxy',
    configure: (folder, port) => ({
      config: `global\n  expose-experimental-directives\ndefaults\n  mode http\n  timeout client 5s\n  timeout connect 5s\n  timeout server 5s\n  option accept-invalid-http-request\nfrontend all\n  bind 127.0.0.1:${port}\n${['fragment-strip', 'percent-decode-unreserved', 'path-strip-dot', 'path-strip-dotdot full', 'path-merge-slashes'].map((action) => `  http-request normalize-uri ${action}\n`).join('')}  http-request return status 200 content-type text/plain lf-string %[path]\n`,
      arguments: ['-db', '-f', join(folder, 'config')],
    }),
    models: ['haproxy'],
  },
]

const PIECES: readonly string[] = ['a', '/', '.', '..', '%2e', '%2F', '%25', '%C3%A9', ';', '%3b', '%5c', '#']

/** The path in the answer; null where the program refuses the request. */
function askOne(port: number, target: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
    )
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      resolve(text.startsWith('HTTP/1.1 200') ? (text.split('\r\n\r\n')[1] ?? '') : null)
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.each(PRODUCTS.map((product) => [product.program, product] as const))('%s', (program, product) => {
  describe.skipIf(spawnSync(program, ['-v']).error !== undefined)('reads paths as its model does', () => {
    let folder: string
    let port: number
    let running: ChildProcess

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'scope-policy-product-'))
      port = await freePort()
      const { config, arguments: options } = product.configure(folder, port)
      writeFileSync(join(folder, 'config'), config)
      running = spawn(program, options, { stdio: 'ignore' })
      const until = Date.now() + 20_000
      for (;;) {
        try {
          await askOne(port, '/a')
          return
        } catch (error) {
          if (Date.now() > until) throw error
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
    })
    afterAll(async () => {
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill()
      await ended
      rmSync(folder, { recursive: true })
    })

    test.each(product.models.map((id, index) => [id, index] as const))('%s', async (id, index) => {
      const model = MODELS.find((one) => one.id === id)
      const list = [...targets(PIECES, 3)]
      const different: [target: string, product: string | null, model: string | null | undefined][] = []
      for (let at = 0; at < list.length; at += 50) {
        const some = list.slice(at, at + 50)
        for (const [place, answer] of (
          await Promise.all(some.map((target) => askOne(port + index, target)))
        ).entries()) {
          const target = some[place] ?? ''
          const read = model?.read(target)
          if (answer !== read) different.push([target, answer, read])
        }
      }
      expect(different.slice(0, 30)).toEqual([])
    })
  })
})
