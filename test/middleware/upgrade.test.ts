import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import { guardUpgrade } from '../../src/middleware/express.ts'
import type { UpgradeRequestLike } from '../../src/middleware/express.ts'
import { fakePolicy } from './fake-policy.ts'
import { raw, start } from './raw-http.ts'

const policy = fakePolicy()
const HANDSHAKE = ['Connection: Upgrade', 'Upgrade: websocket']

class FakeSocket extends EventEmitter {
  destroyed = false
  writable = true
  sent = ''
  end(text: string): void {
    this.sent += text
  }
  destroy(): void {
    this.destroyed = true
  }
}

const request = { method: 'GET', url: '/a', headers: {} }

describe('guardUpgrade', () => {
  test('answers what is denied, and hands over what is allowed with all arguments', () => {
    const listener = vi.fn()
    const scopes = (asked: UpgradeRequestLike): string => asked.headers['x-scope'] as string
    const guard = guardUpgrade(listener, { policy, scopes })
    const denied = new FakeSocket()
    guard(request, denied, Buffer.from(''))
    expect(denied.sent).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\nconnection: close\r\n/)
    expect(listener).not.toHaveBeenCalled()
    const allowed = new FakeSocket()
    const granted = { ...request, headers: { 'x-scope': 'read' } }
    const head = Buffer.from('head')
    guard(granted, allowed, head)
    expect(listener.mock.calls).toEqual([[granted, allowed, head]])
    expect(allowed.sent).toBe('')
    expect(allowed.listenerCount('error')).toBe(0)
  })

  test('survives a socket that fails while it waits, and does not hand it over', async () => {
    const listener = vi.fn()
    let answer: (scopes: string) => void = () => undefined
    const scopes = (): Promise<string> => new Promise((resolve) => (answer = resolve))
    const guard = guardUpgrade(listener, { policy, scopes })
    const socket = new FakeSocket()
    guard(request, socket)
    expect(() => socket.emit('error', new Error('ECONNRESET'))).not.toThrow()
    socket.destroyed = true
    answer('read')
    await new Promise((resolve) => setImmediate(resolve))
    expect(listener).not.toHaveBeenCalled()
  })

  test('ends a socket that cannot be written to', () => {
    const socket = new FakeSocket()
    socket.writable = false
    guardUpgrade(() => undefined, { policy, scopes: () => undefined })(request, socket)
    expect(socket).toMatchObject({ destroyed: true, sent: '' })
  })

  test('is refused at the start without a listener, without scopes, and with unknown options', () => {
    const options = { policy, scopes: () => 'read' }
    expect(() => guardUpgrade({ policy } as never, options)).toThrow('the listener must be a function')
    expect(() => guardUpgrade(() => undefined, { policy } as never)).toThrow('`scopes` must be a function')
    expect(() => guardUpgrade(() => undefined, { ...options, scope: 1 } as never)).toThrow('did you mean')
  })

  test('lets a report-only guard hand over what it would deny', () => {
    const listener = vi.fn()
    guardUpgrade(listener, { policy, scopes: () => undefined, mode: 'report-only' })(
      request,
      new FakeSocket(),
    )
    expect(listener).toHaveBeenCalledOnce()
  })

  test('fits the listener of a server of Node, and lets no client that hangs up end the process', async () => {
    const { port, server, stop } = await start((_request, response) => response.end('in'))
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 20, 'read'))
    server.on(
      'upgrade',
      guardUpgrade((_request: IncomingMessage, socket: Duplex, head: Buffer) => socket.end(String(head)), {
        policy,
        scopes: slow,
      }),
    )
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`GET /a HTTP/1.1\r\nHost: x\r\n${HANDSHAKE.join('\r\n')}\r\n\r\n`, () => {
          socket.resetAndDestroy()
          resolve()
        })
      })
    })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect((await raw(port, 'PUT /a', HANDSHAKE)).status).toBe(403)
    await stop()
  })
})
