/**
 * Everything on one address: the page, the APIs behind their policies, the authorization server.
 */
import http from 'node:http'
import express from 'express'
import { loadApis } from './apis/index.js'
import { tokenEndpoint } from './endpoints.js'
import { interactions } from './interaction.js'
import { home } from './pages/home.js'
import { protect } from './protect.js'
import { createProvider } from './provider.js'
import { forger, pregenerate } from './tokens.js'

/** Listens on the loopback interface; rejects when the port is not to be had. */
export async function start({ port, lifetime, onDecision }) {
  // Longer than clients leave a connection idle: one that is closed just as it is used again fails a request
  // that was right (Node's own 5 s, and 1 s of grace, are what a script that waits 6 s for a token to expire hits).
  const server = http.createServer({ keepAliveTimeout: 75_000 })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const stop = () => {
    server.close()
    // Also where a client keeps its connection open.
    server.closeAllConnections()
  }
  try {
    // Known only now: addresses are part of what tokens say.
    const base = `http://127.0.0.1:${server.address().port}`
    const { app, apis, key } = await assemble(base, lifetime, onDecision)
    server.on('request', app)
    return { base, apis, forge: forger(key, base), stop }
  } catch (error) {
    stop()
    throw error
  }
}

async function assemble(base, lifetime, onDecision) {
  const apis = loadApis(base)
  const { provider, key } = await createProvider(base, apis, lifetime)
  for (const api of apis) Object.assign(api, await pregenerate(provider, api))

  const app = express().disable('x-powered-by')
  for (const api of apis) {
    protect(app, api, { issuer: base, jwks: `${base}/jwks`, onDecision })
    app.post(api.tokenPath, tokenEndpoint(api, '/oauth/access_token', provider.callback()))
  }
  app.use('/interaction', interactions(provider, apis))
  app.use(home(base, apis))
  app.use(provider.callback())
  return { app, apis, key }
}
