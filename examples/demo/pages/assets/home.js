/**
 * The form of the page: sends what was typed to `/try`, and shows the answer. Texts go into the page as text,
 * never as HTML.
 */
/* global document */
const form = document.querySelector('#try-form')
const result = document.querySelector('#result')
const field = (id) => document.querySelector(`#${id}`)

const documents = [...document.querySelectorAll('[data-document]')]

/** Beside the request: the document that decides it, with the scopes of the token marked. */
function showDocument() {
  const chosen = field('token').selectedOptions[0]
  const api = chosen.closest('optgroup').dataset.api ?? documents[0].dataset.document
  const scopes = chosen.value.includes('.')
    ? chosen.textContent.replace(' (granted by you)', '').split(' ')
    : []
  for (const section of documents) {
    section.hidden = section.dataset.document !== api
    for (const line of section.querySelectorAll('pre span')) {
      const [, key] = /^"?([^\s"].*?)"?:\s*$/.exec(line.textContent) ?? []
      line.className = scopes.includes(key) ? 'held' : ''
    }
  }
}
field('token').addEventListener('change', showDocument)
showDocument()

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const asked = { token: field('token').value, method: field('method').value, target: field('target').value }
  try {
    const answer = await fetch('/try', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    show(asked, await answer.json())
  } catch {
    result.replaceChildren(element('p', 'The demo does not answer. Is it still running?', 'verdict denied'))
  }
})

for (const button of document.querySelectorAll('[data-example]')) {
  button.addEventListener('click', () => {
    const [method, target] = button.dataset.example.split(' ')
    field('method').value = method
    field('target').value = target
    chooseTokenOf(button.closest('[data-api]').dataset.api)
    showDocument()
    form.requestSubmit()
    result.scrollIntoView({ block: 'nearest' })
  })
}

/** Unless one of that API is chosen already, or none at all. */
function chooseTokenOf(api) {
  const group = field('token').selectedOptions[0].closest('optgroup').dataset.api
  if (group === undefined || group === api) return
  field('token').querySelector(`[data-api="${api}"] option`).selected = true
}

function show({ method, target }, { error, status, statusText, challenge, body, reason, decision }) {
  if (error !== undefined) return result.replaceChildren(element('p', error, 'verdict denied'))
  const passed = ![400, 401, 403].includes(status)
  result.replaceChildren(
    element(
      'p',
      `${passed ? 'Allowed' : 'Denied'}: ${status} ${statusText}`,
      `verdict ${passed ? 'allowed' : 'denied'}`,
    ),
    element('p', `${method} ${target}`, 'request'),
    list([
      ['Reason', decision === undefined ? reason : sentence(decision)],
      ['Scopes of the token', decision?.scopes],
      ['Granted by', decision?.grantedBy.map(({ scope, endpoint }) => `${scope}: ${endpoint}`).join(', ')],
      ['Scopes that would allow it', decision?.allowed === false && decision.scopesThatWouldAllow.join(', ')],
      ['Near miss', decision?.nearest?.hint],
      ['Challenge', challenge],
    ]),
    details('Body', body),
    ...(decision === undefined ? [] : [details('The whole decision', JSON.stringify(decision, null, 2))]),
  )
}

const REASONS = {
  granted: 'a scope of the token grants this method on this path',
  'no-scope-covers-path': 'no scope of the token covers this path',
  'method-not-granted': 'the path is covered, but not for this method',
  'path-refused': 'servers could read this path in different ways, so no scope opens it',
}

function sentence({ reason, refusal }) {
  return `${REASONS[reason] ?? reason}${refusal === undefined ? '' : ` (${refusal})`}`
}

function list(pairs) {
  const shown = pairs.filter(([, text]) => text !== undefined && text !== false && text !== '')
  const items = shown.map(([term, text]) => element('div', [element('dt', term), element('dd', text)]))
  return element('dl', items)
}

function details(summary, text) {
  return element('details', [element('summary', summary), element('pre', text === '' ? '(empty)' : text)])
}

function element(name, content, className = '') {
  const made = document.createElement(name)
  made.className = className
  made.append(...[content].flat())
  return made
}
