/**
 * An API in the manner of version 1.1 of Twitter: an application gets a token for itself with its own
 * credentials (RFC 6749, section 4.4), and without a word about scopes one that can only read.
 */
import { URLSearchParams } from 'node:url'
import { sendJson } from './json.js'

export const twitter = {
  name: 'twitter',
  title: 'Twitter-like API',
  about: 'An application acts for itself, with client credentials.',
  prefix: '/1.1',
  tokenPath: '/oauth2/token',
  grantTypes: ['client_credentials'],
  defaultScope: 'tweet.read users.read',
  examples: [
    'GET /1.1/statuses/user_timeline.json?screen_name=demo&count=2',
    'GET /1.1/users/show.json?screen_name=demo',
    'POST /1.1/statuses/update.json',
    'GET /1.1/statuses%2Fuser_timeline.json',
  ],
  createApi,
}

const TEXTS = ['just setting up my demo', 'scopes are a union', 'what is not granted is denied', 'hello']

function createApi() {
  const tweets = TEXTS.map((text, index) => ({ id: index + 1, text }))
  const one = (id) => {
    const tweet = tweets.find((each) => String(each.id) === id)
    return tweet === undefined
      ? [404, { errors: [{ code: 144, message: 'No status found with that ID.' }] }]
      : [200, tweet]
  }
  const timeline = (_, query) => {
    const user = { screen_name: query.get('screen_name') ?? 'demo' }
    const count = Math.min(Number(query.get('count') ?? 20) || 20, 200)
    return [200, tweets.slice(0, count).map((tweet) => ({ ...tweet, user }))]
  }
  const routes = [
    ['GET', /^statuses\/user_timeline$/, timeline],
    ['GET', /^statuses\/show\/(\w+)$/, one],
    ['GET', /^search\/tweets$/, () => [200, { statuses: tweets }]],
    ['GET', /^users\/show$/, (_, query) => [200, { screen_name: query.get('screen_name') ?? 'demo' }]],
    ['POST', /^statuses\/update$/, () => [200, { id: tweets.length + 1, text: 'not kept: this is a demo' }]],
    ['POST', /^statuses\/destroy\/(\w+)$/, one],
  ]

  return (request, response) => {
    const [path, query = ''] = request.url.split('?')
    const resource = path.replace(/^\/|(\.json)+$/g, '')
    for (const [method, pattern, handler] of routes) {
      const match = pattern.exec(resource)
      if (match === null || method !== request.method) continue
      return sendJson(response, ...handler(match[1], new URLSearchParams(query)))
    }
    sendJson(response, 404, { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] })
  }
}
