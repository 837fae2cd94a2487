/**
 * The page at `/`: what is running, and a form to try requests with each token.
 */
import { fileURLToPath } from 'node:url'
import express from 'express'
import { ownClient } from '../own-client.js'
import { tryRequest } from '../try.js'
import { errorPage } from './error.js'
import { homePage } from './home-page.js'
import { PAGE_HEADERS, sendPage } from './html.js'

const ASSETS = fileURLToPath(new URL('./assets', import.meta.url))

export function home(base, apis) {
  const router = express.Router()
  const login = ownClient(base, apis[0])

  // A name that resolves to this machine is not our name: other sites may have chosen it.
  const isOurs = ({ headers }) => `http://${headers.host}` === base

  router.get('/', (request, response) => {
    if (!isOurs(request)) return response.redirect(303, `${base}/`)
    sendPage(response, 200, 'scope-policy demo', homePage(base, apis, login), { script: '/assets/home.js' })
  })

  router.use('/assets', express.static(ASSETS, { setHeaders: (response) => setHeaders(response) }))

  // JSON is nothing that a form of another site can send.
  router.post('/try', express.json({ limit: '32kb' }), async (request, response) => {
    const { token, method, target } = request.body ?? {}
    if (!isOurs(request)) return response.status(403).json({ error: 'wrong host' })
    if ([token, method, target].some((text) => typeof text !== 'string') || !target.startsWith('/')) {
      return response.status(400).json({ error: 'a request has a method, and a path that begins with /' })
    }
    try {
      response.json(await tryRequest(base, apis, { token: token.trim(), method, target }))
    } catch (error) {
      response.status(400).json({ error: error.message })
    }
  })

  router.get('/callback', async (request, response) => {
    const problem = await login.finish(request.query)
    if (problem !== undefined) return errorPage(response, 400, ...problem)
    response.redirect(303, '/#try')
  })
  return router
}

function setHeaders(response) {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
}
